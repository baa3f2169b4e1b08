package timeline

import (
	"fmt"
	"math"
	"strings"
	"time"

	"joltui/internal/human"
	"joltui/internal/record"
	"joltui/ui/views/kit"
)

// Shown is what a timeline shows.
type Shown struct {
	record.Playing
	// Density divides what has been read of the recording into n slices; see [record.Index].
	Density func(n int) []record.Slice
	Marks   []time.Time
}

// View draws the timeline: h rows of w cells. What has not been read yet is left open, and the
// title says so: its messages are not counted.
func View(s *kit.Styles, w, h int, shown Shown) []string {
	inner := kit.Rect{W: w, H: h}.Inner()
	known := knownCells(inner.W, shown.Indexed)
	slices := shown.Density(known)
	panel := kit.Panel{Title: title(s, shown, slices), Note: note(s, shown, slices)}
	if panel.TitleRoom(w) < kit.SpansWidth(panel.Title) {
		panel.Note = nil
	}
	at := cellAt(shown.At, shown.Playing, known)
	rows := bars(s, inner.W, max(inner.H-1, 0), slices, at)
	return panel.View(*s, w, h, append(rows, axis(s, inner.W, known, at, shown)))
}

// ShareAt returns which share of the recording is at column x of a timeline of w cells.
func ShareAt(w, x int, p record.Playing) float64 {
	cells := knownCells(w-2, p.Indexed)
	if cells < 2 {
		return 0
	}
	return min(max(float64(x-1)/float64(cells-1), 0), 1)
}

// knownCells returns how many of w cells stand for what has been read.
func knownCells(w int, indexed float64) int {
	return min(max(int(math.Ceil(float64(w)*indexed)), min(w, 1)), max(w, 0))
}

// cellAt returns the cell of a time, of so many.
func cellAt(t time.Time, p record.Playing, cells int) int {
	length := p.Last.Sub(p.First)
	if length <= 0 || cells < 2 {
		return 0
	}
	share := min(max(float64(t.Sub(p.First))/float64(length), 0), 1)
	return int(math.Round(share * float64(cells-1)))
}

// bars draws the density, h rows high. What has been played is in the accent colour, and where
// messages are missing there is a dashed line.
func bars(s *kit.Styles, w, h int, slices []record.Slice, at int) []string {
	const steps = " ▁▂▃▄▅▆▇█"
	signs := []rune(steps)
	top := highest(slices)
	rows := make([]string, h)
	for row := range h {
		l := kit.NewLine(w, kit.Paint{})
		for i, slice := range slices {
			sign, paint := " ", s.Dim
			if i <= at {
				paint = s.Accent
			}
			if slice.Messages > 0 {
				full := int(math.Ceil(float64(slice.Messages) / float64(top) * float64(8*h)))
				sign = string(signs[min(max(full-8*(h-1-row), 0), 8)])
			} else if slice.Lost && row == h-1 {
				sign, paint = lostSign, s.Warn
			}
			l.Put(paint, sign)
		}
		rows[row] = l.String()
	}
	return rows
}

// The signs of the timeline.
const (
	lostSign = "┄"
	markSign = "◆"
	hereSign = "●"
)

// axis draws the line below the bars, with the marks and where one is, and over it the times
// at which the recording begins and ends.
func axis(s *kit.Styles, w, known, at int, shown Shown) string {
	signs := make([]string, w)
	paints := make([]kit.Paint, w)
	for i := range signs {
		switch {
		case i < at:
			signs[i], paints[i] = "━", s.Accent
		case i < known:
			signs[i], paints[i] = "─", s.Dim
		default:
			signs[i], paints[i] = " ", s.Dim
		}
	}
	put := func(from int, text string) {
		for i, r := range []rune(text) {
			if j := from + i; j >= 0 && j < w {
				signs[j], paints[j] = string(r), s.Dim
			}
		}
	}
	first, last := ends(shown.Playing)
	if w > 3*(len(first)+len(last)) && shown.Indexed > 0 {
		put(0, first+" ")
		if shown.Indexed >= 1 {
			put(w-len(last)-1, " "+last)
		}
	}
	for _, mark := range shown.Marks {
		i := cellAt(mark, shown.Playing, known)
		signs[i], paints[i] = markSign, s.Warn
	}
	if w > 0 {
		signs[at], paints[at] = hereSign, s.Accent
	}
	l := kit.NewLine(w, kit.Paint{})
	for i := 0; i < w; {
		from := i
		for i < w && paints[i] == paints[from] {
			i++
		}
		l.Write(paints[from], strings.Join(signs[from:i], ""), i-from)
	}
	return l.String()
}

// ends words the first and the last time, with the day where there are several.
func ends(p record.Playing) (first, last string) {
	layout := time.TimeOnly
	if !human.SameDay(p.First, p.Last) {
		layout = "2006-01-02 15:04"
	}
	return p.First.Format(layout), p.Last.Format(layout)
}

// title says what a bar stands for.
func title(s *kit.Styles, shown Shown, slices []record.Slice) []kit.Span {
	spans := []kit.Span{s.Strong.Span("Timeline")}
	if top := highest(slices); top > 0 {
		each := shown.Last.Sub(shown.First) / time.Duration(max(len(slices), 1))
		spans = append(spans, s.Border.Span(" ─ "),
			s.Dim.Span("at most "+human.Counted(top, "message")+" in "+human.Duration(each)))
	}
	if shown.Indexed < 1 {
		spans = append(spans, s.Border.Span(" ─ "), s.Warn.Span(fmt.Sprintf("read to %.0f %%, the rest is not counted yet", math.Floor(100*shown.Indexed))))
	}
	return spans
}

// note explains the signs that are there.
func note(s *kit.Styles, shown Shown, slices []record.Slice) []kit.Span {
	var spans []kit.Span
	if n := len(shown.Marks); n > 0 {
		spans = append(spans, s.Warn.Span(markSign+" "), s.Dim.Span(human.Counted(uint64(n), "mark")))
	}
	for _, slice := range slices {
		if slice.Lost {
			if len(spans) > 0 {
				spans = append(spans, s.Dim.Span("  "))
			}
			return append(spans, s.Warn.Span(lostSign+" "), s.Dim.Span("messages are missing"))
		}
	}
	return spans
}

func highest(slices []record.Slice) (top uint64) {
	for _, slice := range slices {
		top = max(top, slice.Messages)
	}
	return top
}
