package views

import (
	"strings"

	"joltui/internal/feed"
)

// Scroll moves the log by so many lines.
func (v *Log) Scroll(by int, f *feed.Feed) {
	log, following := f.Log(), v.cursor.Following()
	v.sync(log)
	v.cursor.Scroll(by, Rect{W: v.w, H: v.h}.Inner().H, oneLine)
	v.left(following, log)
}

// SelectLine puts the cursor on a line inside the border, counted from 0, and
// reports whether there is anything.
func (v *Log) SelectLine(line int, f *feed.Feed) bool {
	log, following := f.Log(), v.cursor.Following()
	v.sync(log)
	row, found := v.cursor.RowAt(line, oneLine)
	if found {
		v.cursor.GoTo(row)
		v.left(following, log)
	}
	return found
}

// Copy asks for the row under the cursor to be copied, in the words it has on
// screen.
func (v *Log) Copy(f *feed.Feed) Intent {
	log := f.Log()
	v.sync(log)
	row := log.At(v.rows.position(v.cursor.At()))
	if row == nil {
		return Copy{What: "the row under the cursor"}
	}
	const whole = 4096 // cells: more than a row has text
	plain := Log{styles: &Styles{}, hints: v.hints, topicWidth: Width(about(row, whole))}
	text := strings.TrimRight(plain.line(f, row, whole, false), " ")
	return Copy{What: "a row of the log", Text: strings.TrimLeft(text, " ")}
}
