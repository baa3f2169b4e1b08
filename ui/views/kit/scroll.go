package kit

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// Scroll is how far rows without a cursor are scrolled. The zero value is not at all.
type Scroll struct{ top int }

// Top returns the number of the first row on screen, from 0.
func (s *Scroll) Top() int { return s.top }

// Move scrolls by a key, within so many rows on pages of so many.
func (s *Scroll) Move(k MoveKeys, msg tea.KeyMsg, rows, page int) {
	half := max(page/2, 1)
	switch {
	case key.Matches(msg, k.Up):
		s.top--
	case key.Matches(msg, k.Down):
		s.top++
	case key.Matches(msg, k.HalfUp):
		s.top -= half
	case key.Matches(msg, k.HalfDown):
		s.top += half
	case key.Matches(msg, k.PageUp):
		s.top -= page
	case key.Matches(msg, k.PageDown):
		s.top += page
	case key.Matches(msg, k.Top):
		s.top = 0
	case key.Matches(msg, k.Bottom):
		s.top = rows
	}
	s.Settle(rows, page)
}

// Settle keeps the page filled as far as there are rows.
func (s *Scroll) Settle(rows, page int) { s.top = max(min(s.top, rows-page), 0) }
