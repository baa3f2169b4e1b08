package kit

// Settle brings the cursor among the rows, and a screen of so many lines around
// it. lines tells how many lines a row takes, at least 1; it is asked for no more
// rows than fit on two screens.
func (l *List) Settle(height int, lines func(row uint64) int) {
	if l.next <= l.first || height <= 0 {
		l.at, l.top = l.first, place{row: l.first}
		return
	}
	if l.following {
		l.at = l.next - 1
	}
	l.at = min(max(l.at, l.first), l.next-1)
	lowest := l.ending(l.at, height, lines)
	highest := lowest
	if l.at != l.next-1 {
		highest = l.ending(l.next-1, height, lines)
	}
	at := place{row: l.at}
	if l.head != nil {
		at.line = l.head(l.at)
	}
	if at.before(l.top) {
		l.top = at
	}
	if l.top.before(lowest) {
		l.top = lowest
	}
	if highest.before(l.top) {
		l.top = highest
	}
}

// ending is the top of the screen whose last line is the last line of row.
func (l *List) ending(row uint64, height int, lines func(row uint64) int) place {
	for {
		n := lines(row)
		if n >= height {
			return place{row, n - height}
		}
		if row == l.first {
			return place{row: l.first}
		}
		height -= n
		row--
	}
}

// EndAt puts the last line of a row on the last of so many lines of the screen.
func (l *List) EndAt(row uint64, height int, lines func(row uint64) int) {
	l.top = l.ending(row, height, lines)
}

// SetHead says how many lines at the beginning of a row need not be on screen for
// the cursor to be there.
func (l *List) SetHead(head func(row uint64) int) { l.head = head }

// Scroll moves the screen by so many lines, down or with a negative number up,
// and the cursor no further than to stay on it. The end of the list begins
// following again.
func (l *List) Scroll(by, height int, lines func(row uint64) int) {
	if l.next <= l.first || height <= 0 {
		return
	}
	l.Settle(height, lines)
	start, end, up := place{row: l.first}, l.ending(l.next-1, height, lines), by < 0
	for ; by < 0 && start.before(l.top); by++ {
		l.following = false
		if l.top.line--; l.top.line < 0 {
			l.top.row--
			l.top.line = lines(l.top.row) - 1
		}
	}
	for ; by > 0 && l.top.before(end); by-- {
		if l.top.line++; l.top.line == lines(l.top.row) {
			l.top = place{row: l.top.row + 1}
		}
	}
	if !up && !l.top.before(end) {
		l.following = l.follows
	}
	l.at = l.onScreen(up, height, lines)
}

// onScreen is the row of the cursor, or the nearest one that is on screen as a
// whole. Where there is none, it is the one in the direction of the movement.
func (l *List) onScreen(up bool, height int, lines func(row uint64) int) uint64 {
	highest := l.top.row
	if l.top.line > 0 {
		highest++
	}
	lowest, room := l.top.row, height+l.top.line
	for row := l.top.row; row < l.next && lines(row) <= room; row++ {
		lowest = row
		room -= lines(row)
	}
	switch {
	case highest > lowest && up:
		return l.top.row
	case l.at < highest || highest > lowest:
		return highest
	default:
		return min(l.at, lowest)
	}
}

// RowAt is the row on a line of the screen, counted from 0.
func (l *List) RowAt(line int, lines func(row uint64) int) (row uint64, found bool) {
	if line < 0 {
		return 0, false
	}
	line += l.top.line
	for row = l.top.row; row < l.next; row++ {
		if line -= lines(row); line < 0 {
			return row, true
		}
	}
	return 0, false
}
