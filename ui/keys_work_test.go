package ui

import (
	"fmt"
	"strings"
	"testing"

	"joltui/internal/feed"
	"joltui/jolt"
	"joltui/ui/views/kit"
)

// situations returns, by place, ways to get there before a key of the place is pressed.
func situations() map[string][]func(*screen) {
	after := func(keys ...string) func(*screen) { return func(s *screen) { s.press(keys...) } }
	tree := func(keys ...string) func(*screen) {
		return func(s *screen) {
			s.events(subscribed("orders.us")...)
			s.press(keys...)
		}
	}
	dashboard := []func(*screen){
		after("G"),                          // in the topics
		after("g"),                          //
		after("G", "enter"),                 // in a stream
		after("G", "enter", "pgup", "pgup"), // further up in it
		after("tab", "tab", "k", "k"),       // in the log
		after("G", "enter", "/", "text:fail", "enter"), // with a filter
	}
	return map[string][]func(*screen){
		"always":    dashboard,
		"anywhere":  dashboard,
		"dashboard": dashboard,
		"topics":    append(dashboard, tree("z", "G"), tree("z", "G", "h", "h"), after("G", "v")),
		"messages":  dashboard,
		"log":       dashboard,
		"publish box": {
			after("G", "p", "text:one", "alt+enter", "text:two"),
			after("G", "p", "text:one", "enter", "text:two"),
			after("G", "p", "text:one", "enter", "text:two", "up"),
		},
		"question": {func(s *screen) {
			s.model.options.ConfirmPublish = true
			s.press("G", "p", "text:one", "enter")
		}},
		"prompt": {func(s *screen) {
			s.model.prompt.Ask(kit.Question{Label: "topic ", Text: "o", Suggest: s.model.knownTopics})
		}},
		"one message": {
			after("G", "enter", "k", "k", "k", "enter"),
			func(s *screen) {
				s.events(&jolt.Message{At: s.now, Topic: "orders.eu", Data: `{"order":{"lines":[1,2]},"note":"e"}`})
				s.press("G", "enter", "enter", "/", "text:e", "enter")
			},
		},
		"two messages": {after("G", "enter", "k", "k", "k", "d"), after("G", "enter", "k", "k", "k", "d", "a")},
		"details of a row": {
			func(s *screen) { s.press("tab", "tab", "k", "k", "enter") },
			func(s *screen) { // an alert
				s.press("W", "a", "text:.amount in *", "enter", "t", "text:> 7", "enter")
				s.events(orders(s.now, 400, 5)...)
				s.press("esc", "tab", "tab", "G", "enter")
			},
			func(s *screen) { // a connection that was lost
				s.events(down(s.now, 1, 5e9, refused()))
				s.press("tab", "tab", "G", "enter")
			},
		},
		"watched fields": {func(s *screen) {
			s.press("W", "a", "text:.amount in *", "enter", "a", "text:.id in *", "enter")
			s.events(orders(s.now, 400, 5)...)
		}},
		"wire": {
			func(s *screen) {
				s.press("i")
				for n := range 3 {
					traceOrder(s.model.options.Wire, n)
				}
				long := fmt.Sprintf(`{"error":%q}`, strings.Repeat("too long ", 30))
				s.model.options.Wire.Trace(jolt.TraceLine{At: noon(), Line: long, Size: len(long), Frame: jolt.Frame{Kind: jolt.FrameUnknown}})
				s.press("k")
			},
		},
		"broker": {func(s *screen) {
			s.press("B")
			s.send(aBroker(s.now))
			s.press("j", " ")
		}},
		"overview": {after("A", "j"), after("A", "G")},
		"help":     {after("?")},
		"commands": {after(":"), after(":", "text:th")},
		"profiles": {after("C"), after("C", "G"), after("C", "j")},
	}
}

// TestEveryKeyDoesSomething presses each key of the help where it works, and runs each
// action there as the palette does. It fails if nothing changes.
func TestEveryKeyDoesSomething(t *testing.T) {
	begin := func(enter func(*screen)) *screen {
		s := watchingFor(t, 80, 24, Options{Editor: "true", Recorder: &fakeRecorder{}, Wire: feed.NewWire(), Profiles: someProfiles(), Profile: "prod", Monitor: &fakeMonitor{}, OwnBroker: &fakeOwn{}}, 4)
		for i := range 30 {
			s.model.note(fmt.Sprintf("row %d of the log", i))
		}
		enter(s)
		s.pass(sayTime)
		return s
	}
	state := func(s *screen) string {
		return fmt.Sprint(s.model.View(), s.quit, s.suspended, len(s.client.requests))
	}
	t.Setenv("TMPDIR", t.TempDir()) // for the editor's file
	all := situations()
	for _, e := range New(Options{Recorder: &fakeRecorder{}, Profiles: someProfiles(), Profile: "prod", Monitor: &fakeMonitor{}, OwnBroker: &fakeOwn{}}).table {
		if e.Group == "Recording" {
			continue // TestPlay presses them
		}
		if len(all[e.Where.String()]) == 0 {
			t.Errorf("%s: nobody knows how to get where it works", e.Name)
			continue
		}
		key := e.Key()
		for _, pressed := range append(key.Keys(), "") {
			works := false
			for _, enter := range all[e.Where.String()] {
				s := begin(enter)
				before, messages := state(s), len(s.script)
				if pressed == "" { // as the palette does
					s.script = append(s.script, timed{s.now, nil})
					s.run(s.model.do(s.model.table.Named(e.Name).Run(s.model.feed)))
					s.model.arrange()
				} else {
					s.press(pressed)
				}
				outcomes := len(s.script) - messages - 1 // beside the key itself
				if works = state(s) != before || outcomes > 0; works {
					break
				}
			}
			if !works {
				t.Errorf("%s: %q does nothing", e.Name, pressed)
			}
		}
	}
}
