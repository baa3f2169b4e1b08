package topics

import (
	"strings"

	"joltui/internal/feed"
	"joltui/internal/human"
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

// Copy asks to copy the name of the selected topic or group, or the names of all topics that
// the filter shows, a line each.
func (t *Pane) Copy() kit.Intent {
	switch name := t.selected.name; {
	case name == "" && t.list.filter.on() && t.list.shown.sum.topics > 0:
		names := t.list.shown.topicNames()
		return intent.Copy{What: "the names of " + human.Counted(uint64(len(names)), "topic"), Text: strings.Join(names, "\n") + "\n"}
	case name == "":
		return intent.Copy{Why: "in Topics it is the name of the selected topic, and all topics have none; payloads are copied in Messages"}
	case t.selected.group:
		return intent.Copy{What: "the name of group " + name, Text: name}
	default:
		return intent.Copy{What: "the name of topic " + name, Text: name}
	}
}
