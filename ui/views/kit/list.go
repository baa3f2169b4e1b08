package kit

// List is a cursor in rows, and the viewport: the part of the rows that is on screen. Rows
// have absolute positions, as in a feed.Window, so that the viewport stays where it is
// while rows come at the end and go at the start. A row may take several lines.
//
// The cursor of the zero value stays on its row while rows come; that of a list made by
// [NewFollowing] stays on the last row.
type List struct {
	first, next uint64               // the rows are those from first on, before next
	at          uint64               // the row under the cursor
	top         linePosition         // of the first line of the screen
	page        int                  // rows on screen when it was last drawn
	follows     bool                 // the list can follow its end
	following   bool                 // it does so now
	head        func(row uint64) int // see SetHead
}

// NewFollowing returns a list that follows its end: the cursor stays on the last row while
// rows come, until it is moved up, and again once it is moved to the end.
func NewFollowing() List { return List{follows: true, following: true} }

// linePosition is a line of a row.
type linePosition struct {
	row  uint64
	line int // from 0
}

func (p linePosition) before(q linePosition) bool {
	return p.row < q.row || p.row == q.row && p.line < q.line
}

// SetRows sets which rows there are: those from first on, before next.
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

// Following reports whether the cursor stays on the last row while rows come.
func (l *List) Following() bool { return l.following }

// Follow puts the cursor on the last row, and begins following it if the list was made by
// [NewFollowing].
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

// GoToAt is GoTo, and scrolls so that the row is on a line of the screen, counted from 0.
// It takes all rows before it for one line each.
func (l *List) GoToAt(row uint64, line int) {
	l.GoTo(row)
	l.top = linePosition{row: row - min(uint64(max(line, 0)), row-min(row, l.first))}
}

// Renumber sets the cursor and the top of the screen after rows got other positions, and
// leaves following as it is.
func (l *List) Renumber(cursor, top uint64) { l.at, l.top.row = cursor, top }

// Move moves the cursor. Moving up ends following; [Bottom], or moving down from the last
// row, begins it again.
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

// Turn moves the cursor by so many rows, from the last row on to the first and back. by
// may be negative, but no further than the number of rows.
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

// OneLine returns 1: it is the lines argument of lists whose rows take one line each.
func OneLine(uint64) int { return 1 }
