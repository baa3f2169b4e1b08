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

	said, pressed := words(step, k, at)
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
func words(step Step, k Keys, at Place) (said string, pressed []string) {
	switch step {
	case Open:
		said = "You see topics, with how much comes on each, and the messages of all."
		pressed = []string{k.Down, " goes down to orders.eu, ", k.Open, " shows its messages alone"}
	case Filter:
		said = "You see one topic, live. Some of these orders have failed."
		pressed = []string{k.Filter, " then type failed, ", k.Open, " shows only those"}
		if at == Typing {
			pressed = []string{"", "type failed, ", k.Open, " shows only those"}
		}
	case Diff:
		said = "You see what matches. Nothing moves while you read further up."
		pressed = []string{k.Up, " goes up to a message, ", k.Inspect, " shows all of it, ", k.Diff, " what has changed since"}
		if at == Page {
			said, pressed = "You see all of one message.", []string{k.Diff, " shows what has changed since the message before"}
		}
	case Publish:
		said = "Now a message of your own. The log shows what the broker answers to it."
		pressed = []string{k.Publish, " then type a payload, ", k.Open, " sends it"}
		if at == Typing {
			pressed = []string{"", "type a payload, ", k.Open, " sends it"}
		}
	default:
		said = "That was it: the log has your message, the answer, and how long that took."
		pressed = []string{k.Help, " shows all keys, ", k.Palette, " finds each action by its name"}
	}
	if at == Page && step == Publish {
		pressed = append([]string{k.Back, " goes back to the dashboard, then "}, pressed...)
	}
	return said, pressed
}
