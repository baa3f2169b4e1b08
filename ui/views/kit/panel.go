package kit

// Span is text with a paint.
type Span struct {
	Paint Paint
	Text  string
}

// Span returns text with this paint.
func (p Paint) Span(text string) Span { return Span{p, text} }

// Rect is a region of the screen in cells.
type Rect struct{ X, Y, W, H int }

// Inner returns the region inside a panel's border.
func (r Rect) Inner() Rect {
	return Rect{r.X + 1, r.Y + 1, max(r.W-2, 0), max(r.H-2, 0)}
}

// Panel is a border with a title on the left of its top edge, a note on the
// right of it, and rows inside. A focused panel has a heavy border, so that
// focus shows without colour too.
type Panel struct {
	Title   []Span
	Note    []Span
	Focused bool
}

type edges struct{ topLeft, topRight, bottomLeft, bottomRight, horizontal, vertical string }

// View draws the panel: h rows of exactly w cells. Each of rows must be w-2 cells wide.
// If there are fewer than h-2, the rest is blank; if there are more, the last are left out.
func (p Panel) View(s Styles, w, h int, rows []string) []string {
	if w < 2 || h < 2 {
		return Blank(w, h)
	}
	e, paint := edges{"┌", "┐", "└", "┘", "─", "│"}, s.Border
	if p.Focused {
		e, paint = edges{"┏", "┓", "┗", "┛", "━", "┃"}, s.Focus
	}
	out := make([]string, 0, h)
	out = append(out, p.top(e, paint, w))
	side := paint.String(e.vertical)
	for i := range h - 2 {
		row := ""
		if i < len(rows) {
			row = rows[i]
		} else {
			row = NewLine(w-2, Paint{}).String()
		}
		out = append(out, side+row+side)
	}
	bottom := NewLine(w, Paint{}).Put(paint, e.bottomLeft).Fill(paint, e.horizontal, 1).Put(paint, e.bottomRight)
	return append(out, bottom.String())
}

// TitleRoom returns how many cells the title may take to leave room for the note, in a
// panel w cells wide.
func (p Panel) TitleRoom(w int) int {
	const corners, around = 4, 4
	if note := SpansWidth(p.Note); note > 0 {
		return max(w-corners-around-note, 0)
	}
	return max(w-corners, 0)
}

// top draws the upper edge. The note gives way to the title when both do not fit.
func (p Panel) top(e edges, paint Paint, w int) string {
	l := NewLine(w, Paint{}).Put(paint, e.topLeft)
	title, note := SpansWidth(p.Title), SpansWidth(p.Note)
	if title > 0 && w > 4 {
		l.Put(Paint{}, " ")
		room := w - 4
		for _, s := range p.Title {
			text, cells := Cut(s.Text, room)
			l.Put(s.Paint, text)
			room -= cells
		}
		l.Put(Paint{}, " ")
	}
	if note > 0 && l.Rest() >= note+5 {
		l.Fill(paint, e.horizontal, note+4).Put(Paint{}, " ")
		for _, s := range p.Note {
			l.Put(s.Paint, s.Text)
		}
		l.Put(Paint{}, " ")
	}
	return l.Fill(paint, e.horizontal, 1).Put(paint, e.topRight).String()
}

// SpansWidth returns how many cells spans take together.
func SpansWidth(spans []Span) int {
	n := 0
	for _, s := range spans {
		n += Width(s.Text)
	}
	return n
}

// Blank returns h rows of w blank cells.
func Blank(w, h int) []string {
	out := make([]string, max(h, 0))
	for i := range out {
		out[i] = NewLine(w, Paint{}).String()
	}
	return out
}

// stripLabel is how wide the name of a pane is in a strip, in cells.
const stripLabel = len("Publish")

// Strip begins a row of a pane that is small and has no border: with the name of the pane, or
// with nothing in the rows below its first.
func Strip(s *Styles, w int, name string) *Line {
	return NewLine(w, Paint{}).Space(RowEdge).Left(s.Strong, name, stripLabel).Space(1)
}
