package ui

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/muesli/termenv"

	"joltui/internal/clipboard"
	"joltui/internal/human"
	"joltui/jolt"
)

// fakeClipboard keeps what is copied.
type fakeClipboard struct {
	texts []string
	way   clipboard.Way
	local error
	err   error
}

func (c *fakeClipboard) Copy(text string) (clipboard.Copied, error) {
	c.texts = append(c.texts, text)
	return clipboard.Copied{Way: c.way, Local: c.local}, c.err
}

func (c *fakeClipboard) last() string {
	if len(c.texts) == 0 {
		return ""
	}
	return c.texts[len(c.texts)-1]
}

func TestCopyWhatIsUnderTheCursor(t *testing.T) {
	for _, tc := range []struct {
		name, said, text string
		keys             []string
	}{
		{"topic", "copied the name of topic orders.eu, 9 bytes, by OSC 52", "orders.eu", []string{"G"}},
		{"payload", "copied payload of chat.room, 41 bytes, by OSC 52",
			"alice: order 5092 looks wrong, again 🙁", []string{"j", "j", "enter"}},
		{"row of the log", "copied a row of the log, ", "08:49:02.000  ● connected to 10.0.0.7:8080 as alice, 3 topics subscribed",
			[]string{"tab", "tab", "g"}},
		{"value", "copied the last value of .status in orders.eu, 6 bytes, by OSC 52", `"paid"`,
			[]string{"G", "W", "a", "text:.status", "enter"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := &fakeClipboard{way: clipboard.Terminal}
			s := watchOrders(t, 120, 40, Options{Clipboard: c})
			s.press(tc.keys...)
			s.press("y")
			if !strings.Contains(c.last(), tc.text) || len(c.texts) != 1 {
				t.Errorf("copied %q, want %q", c.texts, tc.text)
			}
			s.contains("· " + tc.said)
			s.pass(4 * time.Second)
			s.press("q")
			if footer := s.model.View()[strings.LastIndex(s.model.View(), "\n"):]; strings.Contains(footer, "copied") {
				t.Errorf("the footer still says %q", footer)
			}
		})
	}
}

func TestCopyTheScreen(t *testing.T) {
	for _, keys := range [][]string{nil, {"?"}, {"G", "enter", "enter"}, {"W"}} {
		c := &fakeClipboard{way: clipboard.Local}
		s := watchOrders(t, 120, 40, Options{Clipboard: c, Renderer: renderer(termenv.TrueColor, true)})
		s.press(keys...)
		plain := watchOrders(t, 120, 40, Options{})
		plain.press(keys...)
		var want strings.Builder
		for row := range strings.SplitSeq(plain.model.View(), "\n") {
			want.WriteString(strings.TrimRight(row, " ") + "\n")
		}
		s.press("Y")
		if c.last() != want.String() {
			t.Errorf("after %v it copied\n%s", keys, c.last())
		}
		s.contains(fmt.Sprintf("copied the screen, %s bytes, by the local clipboard", human.Count(uint64(want.Len()))))
	}
}

func TestYIsTextWhereSomethingIsTyped(t *testing.T) {
	c := &fakeClipboard{}
	s := watchOrders(t, 120, 40, Options{Clipboard: c})
	s.press("p", "y", "Y", "esc", "s", "y", "Y", "esc", "W", "a", "y", "Y")
	if len(c.texts) > 0 {
		t.Errorf("copied %q", c.texts)
	}
}

func TestWhatIsNotCopiedIsSaid(t *testing.T) {
	for _, tc := range []struct {
		name, want string
		clipboard  Clipboard
		keys       []string
	}{
		{"no clipboard", "nothing copied: there is no clipboard and no terminal to copy to", nil, []string{"G", "y"}},
		{"all topics", "nothing copied: in Topics it is the name of the selected topic", &fakeClipboard{}, []string{"y"}},
		{"too long", "not copied: the name of topic orders.eu has 9 bytes, and a terminal's clipboard takes 74,994",
			&fakeClipboard{err: fmt.Errorf("x: %w", clipboard.ErrTooLong)}, []string{"G", "y"}},
		{"too long for what is left", "takes 74,994: the local clipboard failed: it hangs",
			&fakeClipboard{err: clipboard.ErrTooLong, local: errors.New("the local clipboard failed: it hangs")}, []string{"G", "y"}},
		{"only by the terminal", "by OSC 52 (if the terminal allows it): the local clipboard failed: it hangs",
			&fakeClipboard{way: clipboard.Terminal, local: errors.New("the local clipboard failed: it hangs")}, []string{"G", "y"}},
		{"broken", `not copied: the name of topic orders.eu: write: \x1b[2J`, &fakeClipboard{err: errors.New("write: \x1b[2J")}, []string{"G", "y"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := watchOrders(t, 160, 40, Options{Clipboard: tc.clipboard})
			s.press(tc.keys...)
			s.contains(tc.want)
			s.lacks("\x1b")
		})
	}
}

// TestUntrustedTextIsCopiedAsItIs, and never shown so.
func TestUntrustedTextIsCopiedAsItIs(t *testing.T) {
	c := &fakeClipboard{way: clipboard.ThroughTmux}
	s := newScreen(t, 120, 40, Options{Clipboard: c})
	data := "\x1b]52;c;aGE=\x07\xff\u202e"
	s.events(up(1), &jolt.Message{At: noon(), Topic: "evil\x1b[2J", Data: data})
	s.press("G", "enter", "y")
	if c.last() != data {
		t.Errorf("copied %q", c.last())
	}
	s.contains(`copied payload of evil\x1b[2J, 16 bytes, by OSC 52 through tmux`)
	s.lacks("\x1b", "\u202e")
}
