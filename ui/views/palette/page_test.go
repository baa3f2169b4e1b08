package palette

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"joltui/ui/views/kit"
	"joltui/ui/views/kit/kittest"
)

// testArguments suggests topics for a command and refuses one of them.
type testArguments []string

func (a testArguments) Suggest(_, args string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return !strings.Contains(s, args) })
}

func (a testArguments) Asks(name string) bool { return name == "filter" }

func (a testArguments) Check(_, args string) error {
	if args == "bad\x1b[2J" || args == "none" {
		return errors.New("no such topic: " + args)
	}
	return nil
}

func testPalette(s *kit.Styles) *Page {
	p := New(s, Actions())
	p.Open([]Command{
		{Name: "quit.now", Does: "quit at once", Key: "ctrl+c", Where: "always"},
		{Name: "quit", Aliases: []string{"q"}, Does: "back, then quit", Key: "q", Where: "dashboard"},
		{Name: "open", Does: "go to the messages of a topic", Usage: "TOPIC"},
		{Name: "theme", Does: "other colours", Key: "ctrl+t", Where: "anywhere", Usage: "[NAME]"},
		{Name: "inspector.next", Does: "next message", Key: "l →", Where: "one message", Why: "in One message (enter)"},
		{Name: "topics.unsubscribeall", Does: "unsubscribe tiles", Loses: true},
		{Name: "filter", Usage: "[EXPRESSION]", Does: "show only what matches"},
	}, testArguments{"orders.eu", "orders.us", "\x1b]0;title\x07世界", strings.Repeat("🇩🇪", 200)})
	return p
}

func pressedIn(p *Page, keys ...string) kit.Intent {
	var last kit.Intent
	for _, k := range keys {
		last = p.Update(kittest.Press(k), nil)
	}
	return last
}

func TestPaletteRanks(t *testing.T) {
	for text, want := range map[string]string{
		"q": "quit", "quit": "quit", "qui": "quit", "quit.": "quit.now", "colour": "theme", ":theme": "theme",
	} {
		p := testPalette(&kit.Styles{})
		if got := pressedIn(p, text, "enter"); got != (RunCommand{Name: want}) {
			t.Errorf("%q runs %+v, want %s", text, got, want)
		}
	}
}

func TestPaletteArguments(t *testing.T) {
	for _, tc := range []struct {
		keys []string
		want kit.Intent
	}{
		{[]string{"open"}, nil}, // needs a topic: there is room for it now
		{[]string{"open", "enter"}, RunCommand{Name: "open", Args: "orders.eu"}},
		{[]string{"open", "enter", "down"}, RunCommand{Name: "open", Args: "orders.us"}},
		{[]string{"open", "enter", "up", "up"}, RunCommand{Name: "open", Args: "\x1b]0;title\x07世界"}},
		{[]string{"open ", "orders.us"}, RunCommand{Name: "open", Args: "orders.us"}},
		{[]string{"open  other "}, RunCommand{Name: "open", Args: "other"}},
		{[]string{"op ", "tab", "tab"}, RunCommand{Name: "open", Args: "orders.us"}},
		{[]string{"th", "tab"}, RunCommand{Name: "theme"}},
		{[]string{"theme"}, RunCommand{Name: "theme"}},
		{[]string{"theme none"}, nil},
		{[]string{"quit now"}, nil},
		{[]string{"nothing at all"}, nil},
		{[]string{"zzz"}, nil},
	} {
		p := testPalette(&kit.Styles{})
		if got := pressedIn(p, append(tc.keys, "enter")...); got != tc.want {
			t.Errorf("%q gives %+v, want %+v", tc.keys, got, tc.want)
		}
	}
}

func TestPaletteCursorGoesAround(t *testing.T) {
	p := testPalette(&kit.Styles{})
	if got := pressedIn(p, "up", "enter"); got != (RunCommand{Name: "filter"}) {
		t.Errorf("up runs %+v", got)
	}
	if got := pressedIn(p, "down", "down", "enter"); got != (RunCommand{Name: "quit"}) {
		t.Errorf("two down run %+v", got)
	}
	if got := pressedIn(p, "esc"); got != (kit.Leave{}) {
		t.Errorf("esc gives %+v", got)
	}
}

func TestPaletteIsAsWideAsTold(t *testing.T) {
	for _, s := range []*kit.Styles{{}, kittest.Coloured()} {
		for _, keys := range [][]string{{}, {"q"}, {"open "}, {"open bad\x1b[2J"}, {"open bad\x1b[2J", "enter"}, {"open 世", "tab"}} {
			p := testPalette(s)
			pressedIn(p, keys...)
			for w := range 121 {
				for _, h := range []int{w % 3, 4, 12} {
					p.SetSize(w, h)
					kittest.RequireSize(t, p.View(nil, kittest.Start()), w, h)
				}
			}
		}
	}
}

// What can do nothing from here is last, says why, and is not run.
func TestWhatCanDoNothingSaysWhy(t *testing.T) {
	p := testPalette(&kit.Styles{})
	if got := pressedIn(p, "nxt", "enter"); got != nil {
		t.Errorf("nxt runs %+v", got)
	}
	p.SetSize(80, 8)
	if rows := strings.Join(p.View(nil, kittest.Start()), "\n"); !strings.Contains(rows, "✗ inspector.next: in One message (enter)") {
		t.Errorf("it does not say why:\n%s", rows)
	}
}

// What ends or loses something runs only where its name is typed in full.
func TestWhatLosesSomethingIsTypedInFull(t *testing.T) {
	p := testPalette(&kit.Styles{})
	if got := pressedIn(p, "tua", "enter"); got != nil {
		t.Fatalf("tua runs %+v", got)
	}
	p.SetSize(80, 8)
	if rows := strings.Join(p.View(nil, kittest.Start()), "\n"); !strings.Contains(rows, "enter runs it: unsubscribe tiles") {
		t.Errorf("it does not say what comes:\n%s", rows)
	}
	if got := pressedIn(p, "enter"); got != (RunCommand{Name: "topics.unsubscribeall"}) {
		t.Errorf("enter again runs %+v", got)
	}
}

// A command with a question of its own gets it as soon as arguments begin.
func TestACommandAsksForItsArguments(t *testing.T) {
	p := testPalette(&kit.Styles{})
	if got := pressedIn(p, "filter"); got != nil {
		t.Errorf("its name alone asks %+v", got)
	}
	if got := pressedIn(p, " "); got != (RunCommand{Name: "filter", Ask: true}) {
		t.Errorf("a blank after it gives %+v", got)
	}
}

// The commands of the place that the user is in come first among those that fit as well.
func TestTheCommandsOfThePlaceComeFirst(t *testing.T) {
	p := New(&kit.Styles{}, Actions())
	p.Open([]Command{
		{Name: "watch.leave", Does: "close", Why: "in Watched fields (W)"}, {Name: "watch.add", Does: "add"},
		{Name: "watch.anew", Does: "count anew", Here: true},
	}, testArguments{})
	pressedIn(p, "watch")
	var names []string
	for _, r := range p.rows {
		names = append(names, r.command.Name)
	}
	if !slices.Equal(names, []string{"watch.anew", "watch.add", "watch.leave"}) {
		t.Errorf("they are %q", names)
	}
}
