package topics

import (
	"joltui/internal/feed"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
)

// Scroll scrolls the list by so many lines, down or with a negative number up. The
// selection moves only as far as it has to, to stay on screen.
func (t *Pane) Scroll(by int, f *feed.Feed) {
	t.sync(f)
	before := t.cursor.At()
	t.cursor.Scroll(by, kit.Rect{W: t.w, H: t.h}.Inner().H-t.headLines(), kit.OneLine)
	t.selectCursorRow(before)
}

// SelectLine selects the row at a line inside the border, counted from 0, and reports
// whether there is one.
func (t *Pane) SelectLine(line int, f *feed.Feed) bool {
	t.sync(f)
	row, found := t.cursor.RowAt(line-t.headLines(), kit.OneLine)
	if found {
		before := t.cursor.At()
		t.cursor.GoTo(row)
		t.selectCursorRow(before)
	}
	return found
}

// Copy asks to copy the name of the selected topic or group.
func (t *Pane) Copy() kit.Intent {
	switch name := t.selected.name; {
	case name == "":
		return intent.Copy{What: "the selected topic"} // the row of all topics has no name
	case t.selected.group:
		return intent.Copy{What: "group " + name, Text: name}
	default:
		return intent.Copy{What: "topic " + name, Text: name}
	}
}
