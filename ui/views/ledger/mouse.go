package ledger

import (
	"strings"

	"joltui/internal/feed"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
)

// Scroll scrolls the log by so many lines, down or with a negative number up.
func (v *Pane) Scroll(by int, f *feed.Feed) {
	log, following := f.Log(), v.cursor.Following()
	v.sync(log)
	height := kit.Rect{W: v.w, H: v.h}.Inner().H
	v.cursor.Scroll(by, height, v.lines(log, height))
	v.rememberEnd(following, log)
}

// SelectLine puts the cursor on the row at a line inside the border, counted from 0, and
// reports whether there is one.
func (v *Pane) SelectLine(line int, f *feed.Feed) bool {
	log, following := f.Log(), v.cursor.Following()
	v.sync(log)
	row, found := v.cursor.RowAt(line, v.lines(log, kit.Rect{W: v.w, H: v.h}.Inner().H))
	if found {
		v.cursor.GoTo(row)
		v.rememberEnd(following, log)
	}
	return found
}

// Copy asks to copy the row under the cursor, in the words that it has on screen.
func (v *Pane) Copy(f *feed.Feed) kit.Intent {
	log := f.Log()
	v.sync(log)
	row := log.At(v.rows.position(v.cursor.At()))
	if row == nil {
		return intent.Copy{What: "the row under the cursor"}
	}
	const whole = 4096 // cells: more than a row has text
	plain := Pane{styles: &kit.Styles{}, hints: v.hints, topicWidth: kit.Width(about(row, whole))}
	text := strings.TrimRight(plain.line(f, row, whole, false), " ")
	return intent.Copy{What: "a row of the log", Text: strings.TrimLeft(text, " ")}
}
