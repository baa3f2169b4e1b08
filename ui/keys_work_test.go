package ui

import (
	"fmt"
	"strings"
	"testing"

	"joltui/internal/feed"
	"joltui/jolt"
	"joltui/ui/views/kit"
)

// situations are where a user may be when pressing a key of a scope.
func situations() map[scope][]func(*screen) {
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
	return map[scope][]func(*screen){
		scopeAlways:    dashboard,
		scopeAnywhere:  dashboard,
		scopeDashboard: dashboard,
		scopeTopics:    append(dashboard, tree("z", "G"), tree("z", "G", "h", "h")),
		scopeStream:    dashboard,
		scopeLog:       dashboard,
		scopePublish: {
			after("G", "p", "text:one", "alt+enter", "text:two"),
			after("G", "p", "text:one", "enter", "text:two"),
			after("G", "p", "text:one", "enter", "text:two", "up"),
		},
		scopeConfirm: {func(s *screen) {
			s.model.options.ConfirmPublish = true
			s.press("G", "p", "text:one", "enter")
		}},
		scopePrompt: {func(s *screen) {
			s.model.prompt.Ask(kit.Question{Label: "topic ", Text: "o", Suggest: s.model.knownTopics})
		}},
		scopeInspector: {
			after("G", "enter", "k", "k", "k", "enter"),
			func(s *screen) {
				s.events(&jolt.Message{At: s.now, Topic: "orders.eu", Data: `{"order":{"lines":[1,2]},"note":"e"}`})
				s.press("G", "enter", "enter", "/", "text:e", "enter")
			},
		},
		scopeDiff: {after("G", "enter", "k", "k", "k", "d"), after("G", "enter", "k", "k", "k", "d", "a")},
		scopeLogDetails: {func(s *screen) {
			s.press("tab", "tab", "k", "k", "enter")
		}},
		scopeWatch: {func(s *screen) {
			s.press("W", "a", "text:.amount in *", "enter", "a", "text:.id in *", "enter")
			s.events(orders(s.now, 400, 5)...)
		}},
		scopeWire: {
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
		scopeHelp:     {after("?")},
		scopePalette:  {after(":"), after(":", "text:th")},
		scopeProfiles: {after("C"), after("C", "G"), after("C", "j")},
	}
}

// TestEveryKeyDoesSomething presses each key of the help where it works, and
// wants to see that something comes of it.
func TestEveryKeyDoesSomething(t *testing.T) {
	begin := func(enter func(*screen)) *screen {
		s := watchingFor(t, 80, 24, Options{Editor: "true", Recorder: &fakeRecorder{}, Wire: feed.NewWire(), Profiles: someProfiles()}, 4)
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
	all, keys := situations(), DefaultKeyMap()
	for _, a := range keys.table() {
		if a.group == "Recording" {
			continue // TestPlay presses them
		}
		if len(all[a.scope]) == 0 {
			t.Errorf("%s: nobody knows how to get where it works", a.name)
			continue
		}
		for _, pressed := range append(a.key.Keys(), keyOf(a.name).String()) {
			works := false
			for _, enter := range all[a.scope] {
				s := begin(enter)
				before, messages := state(s), len(s.script)
				if name, called := strings.CutPrefix(pressed, ":"); called && name != "" {
					s.script = append(s.script, timed{s.now, keyOf(name)})
					s.run(s.model.key(keyOf(name)))
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
				t.Errorf("%s: %q does nothing", a.name, pressed)
			}
		}
	}
}
