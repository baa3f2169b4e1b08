package views

import "joltui/internal/feed"

// Scroll moves the list by so many lines, and the selection no further than to
// stay on screen.
func (t *Topics) Scroll(by int, f *feed.Feed) {
	t.sync(f)
	before := t.cursor.At()
	t.cursor.Scroll(by, Rect{W: t.w, H: t.h}.Inner().H-t.headLines(), oneLine)
	t.land(before)
}

// SelectLine selects what is on a line inside the border, counted from 0, and
// reports whether there is anything.
func (t *Topics) SelectLine(line int, f *feed.Feed) bool {
	t.sync(f)
	row, found := t.cursor.RowAt(line-t.headLines(), oneLine)
	if found {
		before := t.cursor.At()
		t.cursor.GoTo(row)
		t.land(before)
	}
	return found
}

// Copy asks for the name of the selected topic or group to be copied.
func (t *Topics) Copy() Intent {
	switch name := t.selected.name; {
	case name == "":
		return Copy{What: "the selected topic"} // all of them have no name
	case t.selected.group:
		return Copy{What: "group " + name, Text: name}
	default:
		return Copy{What: "topic " + name, Text: name}
	}
}
