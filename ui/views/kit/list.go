package kit

// List is a cursor in rows, and the part of the rows that is on screen. Rows have
// absolute positions, as in a feed.Window, so that what is on screen stays there
// while rows come at the end and go at the start. A row may take several lines.
//
// The zero value is a list whose end is a row like any other. That of
// [NewFollowing] stays on its last row while rows come.
type List struct {
	first, next uint64 // the rows are those from first on, before next
	at          uint64 // the row under the cursor
	top         place  // what is on the first line of the screen
	page        int    // rows on screen when it was last drawn
	follows     bool   // the end of the list is followed
	following   bool
	// head tells how many lines at the beginning of a row need not be on screen
	// for the cursor to be there; nil is none.
	head func(row uint64) int
}

// NewFollowing returns a list that follows its end: it stays on the last row while
// rows come, until the cursor is moved up, and again when it is moved to the end.
func NewFollowing() List { return List{follows: true, following: true} }

// place is a line of a row.
type place struct {
	row  uint64
	line int
}

func (p place) before(q place) bool {
	return p.row < q.row || p.row == q.row && p.line < q.line
}

// SetRows says which rows there are: those from first on, before next.
func (l *List) SetRows(first, next uint64) {
	l.first, l.next = first, next
	switch {
	case next <= first:
	case l.following:
		l.at = next - 1
	default:
		l.at = min(l.at, next-1)
	}
}

// At returns the row under the cursor.
func (l *List) At() uint64 { return l.at }

// Top returns the row on the first line of the screen.
func (l *List) Top() uint64 { return l.top.row }

// Following reports whether the list stays on its last row while rows come.
func (l *List) Following() bool { return l.following }

// Follow goes to the end, and begins following it if the list does so at all.
func (l *List) Follow() {
	l.following = l.follows
	if l.next > l.first {
		l.at = l.next - 1
	}
}

// Hold ends following.
func (l *List) Hold() { l.following = false }

// GoTo puts the cursor on a row, and ends following.
func (l *List) GoTo(row uint64) { l.at, l.following = row, false }

// GoToAt is GoTo, with the row on a line of the screen, as far as rows of one line
// before it reach.
func (l *List) GoToAt(row uint64, line int) {
	l.GoTo(row)
	l.top = place{row: row - min(uint64(max(line, 0)), row-min(row, l.first))}
}

// Renumber gives the rows under the cursor and at the top of the screen other
// positions.
func (l *List) Renumber(cursor, top uint64) { l.at, l.top.row = cursor, top }

// Move moves the cursor. Moving up ends following; the end of the list, or a step past
// it, begins it again.
func (l *List) Move(m Move) {
	page := max(l.page, 1)
	switch m {
	case Up:
		l.up(1)
	case HalfUp:
		l.up(max(page/2, 1))
	case PageUp:
		l.up(page)
	case Down:
		l.down(1)
	case HalfDown:
		l.down(max(page/2, 1))
	case PageDown:
		l.down(page)
	case Top:
		l.GoTo(l.first)
	case Bottom:
		l.Follow()
	}
}

// Turn moves the cursor by so many rows, around at the ends.
func (l *List) Turn(by int) {
	if n := int(l.next - l.first); n > 0 {
		l.GoTo(l.first + uint64((int(l.at-l.first)+by+n)%n))
	}
}

func (l *List) up(n int) { l.GoTo(l.at - min(uint64(n), l.at-min(l.first, l.at))) }

func (l *List) down(n int) {
	switch {
	case l.at+uint64(n) < l.next:
		l.at += uint64(n)
	case l.at+1 < l.next:
		l.at = l.next - 1
	default:
		l.Follow()
	}
}

// OneLine is the lines of a list whose rows take one each.
func OneLine(uint64) int { return 1 }
