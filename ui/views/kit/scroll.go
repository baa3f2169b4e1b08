package kit

// Scroll is how far rows without a cursor are scrolled. The zero value is at the top.
type Scroll struct{ top int }

// Top returns the number of the first row on screen, from 0.
func (s *Scroll) Top() int { return s.top }

// Move scrolls through so many rows, page of which are on screen.
func (s *Scroll) Move(m Move, rows, page int) {
	half := max(page/2, 1)
	switch m {
	case Up:
		s.top--
	case Down:
		s.top++
	case HalfUp:
		s.top -= half
	case HalfDown:
		s.top += half
	case PageUp:
		s.top -= page
	case PageDown:
		s.top += page
	case Top:
		s.top = 0
	case Bottom:
		s.top = rows
	}
	s.Settle(rows, page)
}

// Settle scrolls back where fewer rows than the page has room for would be on screen.
func (s *Scroll) Settle(rows, page int) { s.top = max(min(s.top, rows-page), 0) }
