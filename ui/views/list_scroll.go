package views

// scroll moves the screen by so many lines, down or with a negative number up,
// and the cursor no further than to stay on it. The end of the list begins
// following again.
func (c *cursor) scroll(by int, first, next uint64, height int, lines func(row uint64) int) {
	if next <= first || height <= 0 {
		return
	}
	c.settle(first, next, height, lines)
	start, end, up := place{row: first}, ending(next-1, first, height, lines), by < 0
	for ; by < 0 && start.before(c.top); by++ {
		c.follow = false
		if c.top.line--; c.top.line < 0 {
			c.top.row--
			c.top.line = lines(c.top.row) - 1
		}
	}
	for ; by > 0 && c.top.before(end); by-- {
		if c.top.line++; c.top.line == lines(c.top.row) {
			c.top = place{row: c.top.row + 1}
		}
	}
	if !up && !c.top.before(end) {
		c.follow = true
	}
	c.pos = c.onScreen(up, next, height, lines)
}

// onScreen is the row of the cursor, or the nearest one that is on screen as a
// whole. Where there is none, it is the one in the direction of the movement.
func (c *cursor) onScreen(up bool, next uint64, height int, lines func(row uint64) int) uint64 {
	highest := c.top.row
	if c.top.line > 0 {
		highest++
	}
	lowest, room := c.top.row, height+c.top.line
	for row := c.top.row; row < next && lines(row) <= room; row++ {
		lowest = row
		room -= lines(row)
	}
	switch {
	case highest > lowest && up:
		return c.top.row
	case c.pos < highest || highest > lowest:
		return highest
	default:
		return min(c.pos, lowest)
	}
}

// rowAt is the row on a line of the screen, counted from 0.
func (c *cursor) rowAt(line int, next uint64, lines func(row uint64) int) (row uint64, found bool) {
	if line < 0 {
		return 0, false
	}
	line += c.top.line
	for row = c.top.row; row < next; row++ {
		if line -= lines(row); line < 0 {
			return row, true
		}
	}
	return 0, false
}
