package topics

import (
	"joltui/internal/feed"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
)

// Scroll moves the list by so many lines, and the selection no further than to
// stay on screen.
func (t *Pane) Scroll(by int, f *feed.Feed) {
	t.sync(f)
	before := t.cursor.At()
	t.cursor.Scroll(by, kit.Rect{W: t.w, H: t.h}.Inner().H-t.headLines(), kit.OneLine)
	t.land(before)
}

// SelectLine selects what is on a line inside the border, counted from 0, and
// reports whether there is anything.
func (t *Pane) SelectLine(line int, f *feed.Feed) bool {
	t.sync(f)
	row, found := t.cursor.RowAt(line-t.headLines(), kit.OneLine)
	if found {
		before := t.cursor.At()
		t.cursor.GoTo(row)
		t.land(before)
	}
	return found
}

// Copy asks for the name of the selected topic or group to be copied.
func (t *Pane) Copy() kit.Intent {
	switch name := t.selected.name; {
	case name == "":
		return intent.Copy{What: "the selected topic"} // all of them have no name
	case t.selected.group:
		return intent.Copy{What: "group " + name, Text: name}
	default:
		return intent.Copy{What: "topic " + name, Text: name}
	}
}
