package wire

import (
	"math"
	"strconv"

	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/internal/trace"
	"joltui/ui/views/kit"
)

// wireLine is the line that is shown whole, in as many rows as it needs.
type wireLine struct {
	line   *trace.Line // nil: no line is shown whole
	scroll kit.Scroll
}

// scrollWhole scrolls the line.
func (v *Page) scrollWhole(by kit.Move) {
	_, ends := v.foldWhole()
	v.whole.scroll.Move(by, len(ends), max(v.h-2, 1))
}

// foldWhole returns the line, printable, and where its rows end. The feed keeps no line
// longer than 16 KiB.
func (v *Page) foldWhole() (text string, ends []int) {
	text = printable.Line(v.whole.line.Text)
	return text, kit.Fold(text, max(v.w-2-2*kit.RowEdge, 1), math.MaxInt, 0)
}

func (v *Page) viewWhole() []string {
	text, ends := v.foldWhole()
	inner := kit.Rect{W: v.w, H: v.h}.Inner()
	v.whole.scroll.Settle(len(ends), max(inner.H, 1))
	rows := make([]string, 0, inner.H)
	start := 0
	for i, end := range ends {
		if i >= v.whole.scroll.Top() && len(rows) < inner.H {
			rows = append(rows, kit.NewLine(inner.W, kit.Paint{}).Space(kit.RowEdge).Put(v.styles.Text, text[start:end]).String())
		}
		start = end
	}
	panel := kit.Panel{Note: v.wholeNote(len(ends), inner.H), Focused: true}
	panel.Title = v.wholeTitle(panel.TitleRoom(v.w))
	return panel.View(*v.styles, v.w, v.h, rows)
}

// wholeTitle shows the direction, the size, the meaning and the time of the line.
func (v *Page) wholeTitle(width int) []kit.Span {
	s, line := v.styles, v.whole.line
	t := wireTitle{separator: s.Border, width: width}
	paint, way := arrow(s, line)
	t.add(paint, way+" "+human.Bytes(uint64(line.Size)))
	if line.Cut > 0 {
		t.add(s.Warn, human.Bytes(uint64(line.Cut))+" not kept")
	}
	words, paint := wireWords(s, line, max(v.w, 0))
	t.add(paint, words)
	t.add(s.Text, line.At.Format("2006-01-02 "+wireClock))
	return t.spans
}

// wholeNote says how far the line is scrolled.
func (v *Page) wholeNote(rows, page int) []kit.Span {
	last := min(v.whole.scroll.Top()+page, rows)
	if last-v.whole.scroll.Top() >= rows {
		return nil
	}
	return []kit.Span{v.styles.Dim.Span(strconv.Itoa(100*last/rows) + " %")}
}
