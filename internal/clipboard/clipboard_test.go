package clipboard

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"strings"
	"testing"
)

// hostile is text that a terminal must never see as it is.
const hostile = "{\"a\":1}\x1b]0;title\x07\x1b[2J\xff\x00\u202e"

type environment map[string]string

func (e environment) get(name string) string { return e[name] }

// terminal takes what is written to it, and counts the writes.
type terminal struct {
	bytes.Buffer
	writes int
}

func (t *terminal) Write(p []byte) (int, error) {
	t.writes++
	return t.Buffer.Write(p)
}

func encoded(text string) string {
	return "\x1b]52;c;" + base64.StdEncoding.EncodeToString([]byte(text)) + "\x07"
}

func wrappedForTmux(sequence string) string {
	return "\x1bPtmux;" + strings.ReplaceAll(sequence, "\x1b", "\x1b\x1b") + "\x1b\\"
}

func TestWhereToCopy(t *testing.T) {
	plain := encoded(hostile)
	for _, tc := range []struct {
		name  string
		env   environment
		way   Way
		wrote string
	}{
		{"at this machine", nil, Local, ""},
		{"in tmux at this machine", environment{"TMUX": "x"}, Local, ""},
		{"over ssh", environment{"SSH_TTY": "/dev/pts/1"}, Terminal, plain},
		{"over ssh without a tty of its own", environment{"SSH_CONNECTION": "a 1 b 2"}, Terminal, plain},
		{"in tmux over ssh", environment{"SSH_TTY": "x", "TMUX": "x", "TERM": "screen-256color"},
			ThroughTmux, plain + wrappedForTmux(plain)},
		{"in screen over ssh", environment{"SSH_TTY": "x", "STY": "1.x"}, ThroughScreen, "\x1bP" + plain + "\x1b\\"},
		{"TERM of a screen, over ssh from within it", environment{"SSH_TTY": "x", "TERM": "screen.xterm"},
			ThroughScreen, "\x1bP" + plain + "\x1b\\"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var local string
			var out terminal
			c := New(Options{Getenv: tc.env.get, Local: func(_ context.Context, s string) error { local = s; return nil }, Terminal: &out})
			got, err := c.Copy(hostile)
			way := got.Way
			if err != nil || way != tc.way || out.String() != tc.wrote {
				t.Errorf("by %v, error %v, wrote %q, want %q", way, err, out.String(), tc.wrote)
			}
			if tc.way == Local && local != hostile {
				t.Errorf("the clipboard has %q", local)
			}
			if tc.way != Local && (local != "" || out.writes != 1) {
				t.Errorf("%d writes; the local clipboard has %q", out.writes, local)
			}
		})
	}
}

func TestTheTerminalStandsInForABrokenClipboard(t *testing.T) {
	var out terminal
	broken := errors.New("cannot open display")
	c := New(Options{Local: func(context.Context, string) error { return broken }, Terminal: &out})
	if got, err := c.Copy("x"); got.Way != Terminal || err != nil || !errors.Is(got.Local, broken) || out.String() != encoded("x") {
		t.Errorf("%v, error %v, wrote %q", got, err, out.String())
	}
	c = New(Options{Local: func(context.Context, string) error { return broken }})
	if _, err := c.Copy("x"); !errors.Is(err, broken) || !errors.Is(err, ErrNowhere) {
		t.Errorf("without a terminal either, the error is %v", err)
	}
}

func TestWhatIsTooLongIsRefusedWhole(t *testing.T) {
	var out terminal
	c := New(Options{Terminal: &out})
	if got, err := c.Copy(strings.Repeat("x", MaxTerminal)); err != nil || got.Way != Terminal {
		t.Errorf("the longest text: %v, error %v", got, err)
	}
	if n := out.Len(); n > 100_000 {
		t.Errorf("the longest sequence has %d bytes: xterm takes 100,000", n)
	}
	out.Reset()
	if _, err := c.Copy(strings.Repeat("x", MaxTerminal+1)); !errors.Is(err, ErrTooLong) || out.Len() > 0 {
		t.Errorf("a longer one: error %v, %d bytes written", err, out.Len())
	}
}

func TestAnEmptyTextEmptiesTheClipboard(t *testing.T) {
	var out terminal
	if _, err := New(Options{Terminal: &out}).Copy(""); err != nil || out.String() != "\x1b]52;c;\x07" {
		t.Errorf("error %v, wrote %q", err, out.String())
	}
}

func TestAClipboardOfAnySizeIsLocal(t *testing.T) {
	var local int
	c := New(Options{Local: func(_ context.Context, s string) error { local = len(s); return nil }})
	if got, err := c.Copy(strings.Repeat("x", 4<<20)); got.Way != Local || err != nil || local != 4<<20 {
		t.Errorf("%v, error %v, %d bytes", got, err, local)
	}
}
