package ui

import (
	"errors"
	"strings"
	"testing"

	"joltui/internal/feed"
	"joltui/internal/record"
	"joltui/internal/repeat"
	"joltui/internal/template"
	"joltui/internal/trace"
	"joltui/ui/views/frame"
	"joltui/ui/views/help"
)

// TestHelpAnywhere opens the help over each page, and finds the page as it was
// when the help is closed, by its own key and by esc.
func TestHelpAnywhere(t *testing.T) {
	for _, in := range []string{"one message", "two messages", "details of a row", "watched fields", "wire"} {
		for _, leave := range []string{"?", "esc", "q"} {
			s := watchOrders(t, 120, 40, Options{Recorder: &fakeRecorder{}, Wire: trace.New()})
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
		s := watchOrders(t, 120, 40, Options{Wire: trace.New()})
		s.press(append(keys, "?")...)
		if s.model.top() == page(s.model.helping.page) || !strings.Contains(s.model.View(), "?") {
			t.Errorf("%q, then ?:\n%s", keys, s.model.View())
		}
	}
}

// The help begins with the keys of the place that the user is in, and has the signs and the
// languages, with examples that are valid.
func TestHelpBeginsHere(t *testing.T) {
	for keys, want := range map[string]string{"1": "Topics", "2": "Messages", "3": "Log", "W": "Watched fields", "i": "Wire"} {
		s := watchOrders(t, 80, 24, Options{})
		s.press(keys, "?")
		rows := strings.Split(s.model.View(), "\n")
		if len(rows) < 4 || !strings.HasPrefix(rows[3], "┃  "+want) {
			t.Errorf("in %s the help begins with %q", want, rows[3])
		}
	}
	s := watchOrders(t, 120, 40, Options{})
	s.press("?", "/", "text:signs", "enter")
	s.contains("heard since you looked", "alert, alert over", "group, folded group")
	for _, k := range help.Languages().Keys {
		var err error
		switch k.Key {
		case "regexp", "not regexp":
			_, err = feed.ParseFilter(k.Does)
		case "jq":
			_, err = feed.ParseFilter("jq " + k.Does)
		case "field":
			_, err = feed.ParseField(k.Does, "")
		case "threshold":
			for _, one := range strings.Split(k.Does, "   ") {
				_, wrong := feed.ParseThreshold(one)
				err = errors.Join(err, wrong)
			}
		case "template":
			_, err = template.Parse(k.Does)
		case "repeat":
			_, err = repeat.Parse(k.Does)
		case "time":
			for _, one := range strings.Split(k.Does, "   ") {
				err = errors.Join(err, frame.GoToQuestion(record.Playing{}, nil).Check(one))
			}
		case "export":
			for _, one := range strings.Split(k.Does, "   ") {
				e, wrong := frame.ParseExport(one, record.Playing{})
				if err = errors.Join(err, wrong); e.File != "a.csv" {
					t.Errorf("%s is exported to %q", one, e.File)
				}
			}
		case "record":
			err = frame.RecordWhatQuestion("", nil).Check(k.Does)
		default:
			t.Errorf("nobody checks %q", k.Key)
		}
		if err != nil {
			t.Errorf("%s %s: %v", k.Key, k.Does, err)
		}
	}
}
