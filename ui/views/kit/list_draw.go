package kit

// Draw settles a list whose rows take one line each, and returns the rows on a screen of
// height lines; draw is called for each.
func (l *List) Draw(height int, draw func(row uint64, selected bool) string) []string {
	l.Settle(height, OneLine)
	l.page = height
	lines := make([]string, 0, max(height, 0))
	for row := l.top.row; row < l.next && len(lines) < height; row++ {
		lines = append(lines, draw(row, row == l.at))
	}
	return lines
}

// DrawLines is Draw for rows that take several lines each. draw appends the lines of a row
// to dst, without the first skip of them, and no more than the screen has room for.
func (l *List) DrawLines(height int, lines func(row uint64) int, draw func(dst []string, row uint64, skip int) []string) []string {
	l.Settle(height, lines)
	dst := make([]string, 0, max(height, 0))
	row := l.top.row
	for skip := l.top.line; row < l.next && len(dst) < height; row++ {
		dst = draw(dst, row, skip)
		skip = 0
	}
	l.page = int(row - l.top.row)
	return dst
}

// cursorSign marks the row under the cursor, so that it shows without colours, too.
const cursorSign = "▸"

// StartRow begins a row of a list with its left edge, which is the cursor sign if the row
// is selected. All lists draw their rows with it, so that the selection looks the same
// everywhere.
func StartRow(s *Styles, w int, selected bool) *Line {
	if selected {
		return NewLine(w, s.Selected).Put(s.Accent, cursorSign)
	}
	return NewLine(w, Paint{}).Space(RowEdge)
}

// ContinueRow begins each further line of a row that takes several.
func ContinueRow(s *Styles, w int, selected bool) *Line {
	if selected {
		return NewLine(w, s.Selected).Space(RowEdge)
	}
	return NewLine(w, Paint{}).Space(RowEdge)
}
