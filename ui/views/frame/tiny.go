package frame

import (
	"fmt"

	"joltui/ui/views/kit"
)

// Tiny is drawn in place of everything else in a window that is too small.
type Tiny struct{ styles *kit.Styles }

// NewTiny returns the view.
func NewTiny(s *kit.Styles) *Tiny { return &Tiny{styles: s} }

// View says what size the window has and what size joltui needs, in h rows of w cells.
func (t *Tiny) View(w, h, needWidth, needHeight int) []string {
	lines := []kit.Span{
		t.styles.Strong.Span("a little more room, please"),
		t.styles.Text.Span(fmt.Sprintf("this window is %d×%d", w, h)),
		t.styles.Dim.Span(fmt.Sprintf("joltui needs %d×%d", needWidth, needHeight)),
	}
	if h < len(lines) || w < 20 {
		lines = []kit.Span{t.styles.Text.Span(fmt.Sprintf("%d×%d < %d×%d", w, h, needWidth, needHeight))}
	}
	return centred(w, h, lines)
}

// centred puts lines in the middle of h rows of w cells.
func centred(w, h int, lines []kit.Span) []string {
	rows := kit.Blank(w, h)
	top := max((h-len(lines))/2, 0)
	for i, s := range lines {
		if top+i < len(rows) {
			l := kit.NewLine(w, kit.Paint{}).Space((w - kit.Width(s.Text)) / 2)
			rows[top+i] = l.Put(s.Paint, s.Text).String()
		}
	}
	return rows
}
