package kit

// Settle puts the cursor on a row that exists, and scrolls a screen of height lines so that
// the cursor is on it. lines returns how many lines a row takes, at least 1; it is called
// for no more rows than fit on two screens.
func (l *List) Settle(height int, lines func(row uint64) int) {
	if l.next <= l.first || height <= 0 {
		l.at, l.top = l.first, linePosition{row: l.first}
		return
	}
	if l.following {
		l.at = l.next - 1
	}
	l.at = min(max(l.at, l.first), l.next-1)
	lowest := l.topEndingAt(l.at, height, lines)
	highest := lowest
	if l.at != l.next-1 {
		highest = l.topEndingAt(l.next-1, height, lines)
	}
	at := linePosition{row: l.at}
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

// topEndingAt returns the top of the screen whose last line is the last line of row.
func (l *List) topEndingAt(row uint64, height int, lines func(row uint64) int) linePosition {
	for {
		n := lines(row)
		if n >= height {
			return linePosition{row, n - height}
		}
		if row == l.first {
			return linePosition{row: l.first}
		}
		height -= n
		row--
	}
}

// EndAt scrolls so that the last line of a row is the last of the height lines of the
// screen.
func (l *List) EndAt(row uint64, height int, lines func(row uint64) int) {
	l.top = l.topEndingAt(row, height, lines)
}

// SetHead sets a function that returns how many lines at the beginning of a row, such as a
// heading, may be scrolled away while the cursor is on the row. Without one there are none.
func (l *List) SetHead(head func(row uint64) int) { l.head = head }

// Scroll moves the screen by so many lines, down or with a negative number up. The cursor
// moves only as far as it has to, to stay on the screen. Scrolling down to the end of the
// list begins following again.
func (l *List) Scroll(by, height int, lines func(row uint64) int) {
	if l.next <= l.first || height <= 0 {
		return
	}
	l.Settle(height, lines)
	start, end, up := linePosition{row: l.first}, l.topEndingAt(l.next-1, height, lines), by < 0
	for ; by < 0 && start.before(l.top); by++ {
		l.following = false
		if l.top.line--; l.top.line < 0 {
			l.top.row--
			l.top.line = lines(l.top.row) - 1
		}
	}
	for ; by > 0 && l.top.before(end); by-- {
		if l.top.line++; l.top.line == lines(l.top.row) {
			l.top = linePosition{row: l.top.row + 1}
		}
	}
	if !up && !l.top.before(end) {
		l.following = l.follows
	}
	l.at = l.onScreen(up, height, lines)
}

// onScreen returns the row nearest to the cursor of those that are on screen as a whole.
// Where there is none, it returns the first row of the screen when scrolling up, and the
// one after it when scrolling down.
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

// RowAt returns the row on a line of the screen, counted from 0.
func (l *List) RowAt(line int, lines func(row uint64) int) (row uint64, found bool) {
	if line < 0 {
		return 0, false
	}
	line += l.top.line
	for row = max(l.top.row, l.first); row < l.next; row++ {
		if line -= lines(row); line < 0 {
			return row, true
		}
	}
	return 0, false
}
