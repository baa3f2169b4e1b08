package views

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// cursor is a place in a list that grows at its end and loses rows at its
// start. Rows have absolute positions, as in a feed.Window, so that what is on
// screen stays there while others come and go.
type cursor struct {
	pos    uint64 // the row under the cursor
	top    place  // what is on the first line of the screen
	page   int    // rows on screen when it was last drawn
	follow bool   // stays on the last row while rows come
	// head tells how many lines at the beginning of a row need not be on screen
	// for the cursor to be there; nil is none.
	head func(row uint64) int
}

// place is a line of a row: rows may take several.
type place struct {
	row  uint64
	line int
}

func (p place) before(q place) bool {
	return p.row < q.row || p.row == q.row && p.line < q.line
}

// move does what msg asks for and reports whether it was a key of k. Moving up
// ends following; the end of the list, or a step past it, begins it again.
func (c *cursor) move(k MoveKeys, msg tea.KeyMsg, first, next uint64) bool {
	page := max(c.page, 1)
	switch {
	case key.Matches(msg, k.Up):
		c.up(1, first)
	case key.Matches(msg, k.HalfUp):
		c.up(max(page/2, 1), first)
	case key.Matches(msg, k.PageUp):
		c.up(page, first)
	case key.Matches(msg, k.Down):
		c.down(1, next)
	case key.Matches(msg, k.HalfDown):
		c.down(max(page/2, 1), next)
	case key.Matches(msg, k.PageDown):
		c.down(page, next)
	case key.Matches(msg, k.Top):
		c.follow, c.pos = false, first
	case key.Matches(msg, k.Bottom):
		c.follow = true
	default:
		return false
	}
	return true
}

func (c *cursor) up(n int, first uint64) {
	c.follow = false
	c.pos -= min(uint64(n), c.pos-min(first, c.pos))
}

func (c *cursor) down(n int, next uint64) {
	if c.pos+uint64(n) < next {
		c.pos += uint64(n)
		return
	}
	if c.pos+1 < next {
		c.pos = next - 1
		return
	}
	c.follow = true
}

// settle brings the cursor inside [first, next) and the screen of so many
// lines around it. lines tells how many lines a row takes, at least 1; it is
// asked for no more rows than fit on two screens.
func (c *cursor) settle(first, next uint64, height int, lines func(row uint64) int) {
	if next <= first || height <= 0 {
		c.pos, c.top = first, place{row: first}
		return
	}
	if c.follow {
		c.pos = next - 1
	}
	c.pos = min(max(c.pos, first), next-1)
	lowest := ending(c.pos, first, height, lines)
	highest := lowest
	if c.pos != next-1 {
		highest = ending(next-1, first, height, lines)
	}
	at := place{row: c.pos}
	if c.head != nil {
		at.line = c.head(c.pos)
	}
	if at.before(c.top) {
		c.top = at
	}
	if c.top.before(lowest) {
		c.top = lowest
	}
	if highest.before(c.top) {
		c.top = highest
	}
}

// ending is the top of the screen whose last line is the last line of row.
func ending(row, first uint64, height int, lines func(row uint64) int) place {
	for {
		n := lines(row)
		if n >= height {
			return place{row, n - height}
		}
		if row == first {
			return place{row: first}
		}
		height -= n
		row--
	}
}

// oneLine is the lines of a list without wrapping.
func oneLine(uint64) int { return 1 }
