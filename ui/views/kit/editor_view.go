package kit

import (
	"unicode/utf8"

	"joltui/internal/printable"
)

// View draws the text in at most h rows of w cells, scrolled so that the line with the
// cursor is among them. The first line of the text has a > before it.
func (e *Editor) View(s *Styles, w, h int, focused bool) []string {
	at := e.line()
	e.top = min(e.top, at, max(e.Lines()-h, 0))
	e.top = max(e.top, at-h+1, 0)
	rows := make([]string, 0, max(h, 0))
	start := 0
	for i := 0; i < e.top; i++ {
		start = e.lineEnd(start) + 1
	}
	for i := e.top; len(rows) < h && start <= len(e.Text); i++ {
		end := e.lineEnd(start)
		mark := " "
		if i == 0 {
			mark = ">"
		}
		l := NewLine(w, Paint{}).Space(1).Left(s.Accent, mark, 2)
		for _, span := range e.Spans(s, start, end, w-4, focused && i == at) {
			l.Put(span.Paint, span.Text)
		}
		rows = append(rows, l.String())
		start = end + 1
	}
	return rows
}

// Spans draws the line Text[start:end] in at most width cells. If cursor is true, the
// line is scrolled sideways so that the cursor shows.
func (e *Editor) Spans(s *Styles, start, end, width int, cursor bool) []Span {
	if width <= 0 {
		return nil
	}
	if !cursor {
		return Fitted(Span{s.Text, printable.Prefix(e.slice(start, end, width), width+1)}, width)
	}
	from, scrolled := e.scrolled(start, width), Span{}
	if from > start {
		scrolled = Span{s.Dim, Ellipsis}
	}
	left, cell, right := e.around(from, end, width)
	spans := []Span{scrolled, {s.Text, left}}
	if s.Cursor == (Paint{}) {
		spans = append(spans, Span{s.Text, "▏"})
	}
	if cell == "" {
		cell = " "
	}
	spans = append(spans, Span{s.Cursor, cell})
	return append(spans, Fitted(Span{s.Text, right}, width-SpansWidth(spans))...)
}

// Fitted returns a span cut to width cells, as a list of one.
func Fitted(span Span, width int) []Span {
	span.Text, _ = Cut(span.Text, width)
	return []Span{span}
}

// slice returns the text from start to end, as far as width cells can show it: package
// printable lets no more than four marks stay on a character.
func (e *Editor) slice(start, end, width int) string {
	const marked = 5
	return string(e.Text[start:min(end, start+(width+1)*marked)])
}

// scrolled returns where a line begins on screen: at its start if the cursor fits in the
// width from there, else so far in that the cursor is near the right edge.
func (e *Editor) scrolled(start, width int) int {
	const spare = 4 // the ellipsis, the cursor, and a wide character in it
	room := width - spare
	from := e.at
	for from > start {
		room -= Width(printable.Line(string(e.Text[from-1])))
		if room < 0 {
			return from
		}
		from--
	}
	return from
}

// around splits the text between from and end into what is left of the cursor, the
// grapheme cluster under it, and what is right of it. All three parts are printable.
func (e *Editor) around(from, end, width int) (left, cell, right string) {
	text := e.slice(from, end, 2*width)
	before := e.at - from
	i := 0
	for i < len(text) {
		n, _ := cluster(text[i:])
		if runes := utf8.RuneCountInString(text[i : i+n]); runes <= before {
			before -= runes
			i += n
			continue
		}
		cell = printable.Line(text[i : i+n])
		right = printable.Prefix(text[i+n:], width+1)
		break
	}
	return printable.Line(text[:i]), cell, right
}
