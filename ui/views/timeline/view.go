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
	p := placeOf(w, shown.Playing)
	slices := shown.Density(p.known)
	panel := kit.Panel{Title: title(s, shown, slices), Note: note(s, shown, slices)}
	if panel.TitleRoom(w) < kit.SpansWidth(panel.Title) {
		panel.Note = nil
	}
	rows := bars(s, p, inner.W, max(inner.H-1, 0), slices, p.cell(shown.At, shown.Playing))
	return panel.View(*s, w, h, append(rows, axis(s, p, inner.W, shown)))
}

// ShareAt returns which share of the recording is at column x of a timeline of w cells.
func ShareAt(w, x int, playing record.Playing) float64 {
	p := placeOf(w, playing)
	if p.known < 2 {
		return 0
	}
	return min(max(float64(x-1-p.left)/float64(p.known-1), 0), 1)
}

// place is where the recording is between the borders, in cells.
type place struct {
	first, last string // times at its ends; empty where there is no room
	left        int    // cells before it
	cells       int    // of the whole recording
	known       int    // of what has been read
}

// placeOf divides a timeline of w cells.
func placeOf(w int, playing record.Playing) place {
	p := place{cells: max(w-2, 0)}
	first, last := ends(playing)
	if around := len(first) + len(last) + 2; 3*around <= w {
		p.first, p.last = first, last
		p.left, p.cells = len(first)+1, p.cells-around
	}
	if playing.Indexed < 1 {
		p.last = "" // it is the last that is known, and not that of the recording
	}
	p.known = min(max(int(math.Ceil(float64(p.cells)*playing.Indexed)), min(p.cells, 1)), p.cells)
	return p
}

// cell returns the cell of a time, counted from that of the beginning.
func (p place) cell(t time.Time, playing record.Playing) int {
	length := playing.Last.Sub(playing.First)
	if length <= 0 || p.known < 2 {
		return 0
	}
	share := min(max(float64(t.Sub(playing.First))/float64(length), 0), 1)
	return int(math.Round(share * float64(p.known-1)))
}

// bars draws the density, h rows high. What has been played is in the accent colour, and where
// messages are missing there is a dashed line.
func bars(s *kit.Styles, p place, w, h int, slices []record.Slice, at int) []string {
	const steps = " ▁▂▃▄▅▆▇█"
	signs := []rune(steps)
	top := highest(slices)
	rows := make([]string, h)
	for row := range h {
		l := kit.NewLine(w, kit.Paint{}).Space(p.left)
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

// axis draws the line below the bars, with the marks and where one is, between the times at
// which the recording begins and ends.
func axis(s *kit.Styles, p place, w int, shown Shown) string {
	signs, paints := make([]string, p.known), make([]kit.Paint, p.known)
	at := p.cell(shown.At, shown.Playing)
	for i := range signs {
		signs[i], paints[i] = "─", s.Dim
		if i < at {
			signs[i], paints[i] = "━", s.Accent
		}
	}
	put := func(t time.Time, sign string, paint kit.Paint) {
		if i := p.cell(t, shown.Playing); i < p.known {
			signs[i], paints[i] = sign, paint
		}
	}
	for _, mark := range shown.Marks {
		put(mark, markSign, s.Warn)
	}
	put(shown.At, hereSign, s.Accent)
	l := kit.NewLine(w, kit.Paint{}).Left(s.Dim, p.first, p.left)
	for i := 0; i < p.known; {
		from := i
		for i < p.known && paints[i] == paints[from] {
			i++
		}
		l.Write(paints[from], strings.Join(signs[from:i], ""), i-from)
	}
	return l.Space(p.cells-p.known+1).Put(s.Dim, p.last).String()
}

// ends words the first and the last time, with the day where there is more than one.
func ends(p record.Playing) (first, last string) {
	if p.First.IsZero() {
		return "", ""
	}
	layout := time.TimeOnly
	if !human.SameDay(p.First, p.Last) {
		layout = "01-02 15:04"
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
