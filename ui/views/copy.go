package views

import (
	"strings"

	"joltui/internal/feed"
	"joltui/internal/human"
)

// Copy asks to put a text on the clipboard, exactly as it is. What says what it
// is, for the log: "payload of orders.eu".
type Copy struct{ What, Text string }

func (Copy) intent() {}

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

// Copy asks for the payload under the cursor to be copied, as far as it is held.
func (s *Stream) Copy(f *feed.Feed) Intent {
	e := s.Current(f)
	if e == nil {
		return Copy{What: "the payload under the cursor"}
	}
	what := "payload of " + e.Topic
	if len(e.Data) < e.Size {
		what = "the first part of the payload of " + e.Topic + " (" + human.Bytes(uint64(e.Size)) + " in all)"
	}
	return Copy{What: what, Text: e.Data}
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
