package tour

import (
	"fmt"

	"joltui/ui/views/kit"
)

// Rows is the height of the tour, in rows.
const Rows = 3

// Step is a step of the tour.
type Step uint8

// The steps. The tour begins with the first, and Done is the farewell.
const (
	Open Step = iota // the messages of one topic
	Filter
	Diff // what has changed since the message before
	Publish
	Done
)

// Keys are the keys that the tour teaches, as the help writes them.
type Keys struct {
	Down, Open, Filter, Up, Inspect, Diff, Publish, Back, Help, Palette string
}

// Place is where the user is. The key that goes back ends the tour only on the dashboard:
// elsewhere it leads there.
type Place uint8

// The places.
const (
	Dashboard Place = iota
	Page            // one covers the dashboard
	Typing          // in the publish box, or the prompt
)

// View draws a step, w cells wide.
func View(s *kit.Styles, w int, step Step, k Keys, at Place) []string {
	title := "Tour"
	if step < Done {
		title = fmt.Sprintf("Tour, %d of %d", step+1, uint8(Done))
	}
	head := kit.NewLine(w, kit.Paint{}).Put(s.Border, "── ").Put(s.Accent, title).Space(1)
	end := []kit.Span{s.Key.Span(k.Back), s.Dim.Span(" ends it"), s.Border.Span(" ──")}
	if at != Dashboard {
		end = nil
	}
	head.Fill(s.Border, "─", kit.SpansWidth(end)+1)
	if end != nil {
		head.Space(1)
		kit.PutSpans(head, end)
	}
	head.Fill(s.Border, "─", 0)

	said, pressed := words(step, k)
	if at == Page && step >= Publish {
		pressed = append([]string{k.Back, " back to the dashboard, then "}, pressed...)
	}
	text := kit.NewLine(w, kit.Paint{}).Space(3).Put(s.Text, said)
	press := kit.NewLine(w, kit.Paint{}).Space(3)
	for i, part := range pressed {
		paint := s.Key
		if i%2 == 1 {
			paint = s.Dim
		}
		press.Put(paint, part)
	}
	return []string{head.String(), text.String(), press.String()}
}

// words returns what a step says of the screen, and what to press: keys, and the words after
// each of them, in turn.
func words(step Step, k Keys) (said string, pressed []string) {
	switch step {
	case Open:
		return "You see topics, with how much comes on each, and the messages of all of them.",
			[]string{k.Down, " down to orders.eu, ", k.Open, " its messages alone"}
	case Filter:
		return "You see one topic, live. Some of these orders have failed.",
			[]string{k.Filter, " then type failed, ", k.Open, " only those"}
	case Diff:
		return "You see what matches, and nothing moves while you read further up.",
			[]string{k.Up, " up to a message, ", k.Inspect, " all of it, then ", k.Diff, " what has changed since the one before"}
	case Publish:
		return "You see two messages, field by field. Now one of your own:",
			[]string{k.Publish, " then type a payload, ", k.Open, " sends it; the log says what the broker answered"}
	default:
		return "That was it: the log has your message, with the broker's answer and how long it took.",
			[]string{k.Help, " all keys, ", k.Palette, " every action by its name"}
	}
}
