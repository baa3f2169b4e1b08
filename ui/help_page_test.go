package ui

import (
	"strings"
	"testing"

	"joltui/internal/feed"
)

// TestHelpAnywhere opens the help over each page, and finds the page as it was
// when the help is closed, by its own key and by esc.
func TestHelpAnywhere(t *testing.T) {
	for _, in := range []string{"one message", "two messages", "details of a row", "watched fields", "wire"} {
		for _, leave := range []string{"?", "esc", "q"} {
			s := watchOrders(t, 120, 40, Options{Recorder: &fakeRecorder{}, Wire: feed.NewWire()})
			situations()[in][0](s)
			before := s.model.top()
			if before == nil && in == "one message" {
				s.press("enter")
				before = s.model.top()
			}
			if before == nil {
				t.Fatalf("%s: no page is open", in)
			}
			s.press("?", "/", "text:wrap", "enter")
			if view := s.model.View(); s.model.top() != page(s.model.helping.page) || !strings.Contains(view, "wrap lines") {
				t.Fatalf("%s: the help is not on top:\n%s", in, view)
			}
			if leave != "?" {
				s.press("esc") // what was found
			}
			if s.press(leave); s.model.top() != before {
				t.Errorf("%s: %q leaves the help for another page:\n%s", in, leave, s.model.View())
			}
			if s.press("?"); !strings.Contains(s.model.View(), "subscribe") {
				t.Errorf("%s: the help is not whole when it is opened again:\n%s", in, s.model.View())
			}
		}
	}
}

// In a text the key of the help is a character.
func TestHelpKeyIsText(t *testing.T) {
	for _, keys := range [][]string{{":"}, {"p"}, {"/"}, {"i", "/"}} {
		s := watchOrders(t, 120, 40, Options{Wire: feed.NewWire()})
		s.press(append(keys, "?")...)
		if s.model.top() == page(s.model.helping.page) || !strings.Contains(s.model.View(), "?") {
			t.Errorf("%q, then ?:\n%s", keys, s.model.View())
		}
	}
}
