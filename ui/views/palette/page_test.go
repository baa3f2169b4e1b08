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
		{Name: "inspector.next", Does: "next message", Key: "l →", Where: "one message", Away: true},
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
		"q": "quit", "quit": "quit", "qui": "quit.now", "quit.": "quit.now", "nxt": "inspector.next", "colour": "theme",
		"mess": "inspector.next", ":theme": "theme",
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
		{[]string{"open", "enter"}, RunCommand{"open", "orders.eu"}},
		{[]string{"open", "enter", "down"}, RunCommand{"open", "orders.us"}},
		{[]string{"open", "enter", "up", "up"}, RunCommand{"open", "\x1b]0;title\x07世界"}},
		{[]string{"open ", "orders.us"}, RunCommand{"open", "orders.us"}},
		{[]string{"open  other "}, RunCommand{"open", "other"}},
		{[]string{"op ", "tab", "tab"}, RunCommand{"open", "orders.us"}},
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
	if got := pressedIn(p, "up", "enter"); got != (RunCommand{Name: "inspector.next"}) {
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
