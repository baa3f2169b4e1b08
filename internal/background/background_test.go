package background

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// parts is a terminal that sends what it sends in parts.
type parts []string

func (p *parts) Read(buf []byte) (int, error) {
	if len(*p) == 0 {
		return 0, io.EOF
	}
	n := copy(buf, (*p)[0])
	if (*p)[0] = (*p)[0][n:]; (*p)[0] == "" {
		*p = (*p)[1:]
	}
	return n, nil
}

// Keys that are typed while an answer comes all arrive, in order, and nothing else does.
func TestKeysKeepsWhatIsTyped(t *testing.T) {
	tests := []struct {
		name   string
		sent   parts
		want   string
		answer string
	}{
		{"no answer", parts{"abc", "\x1b[A"}, "abc\x1b[A", ""},
		{"dark", parts{"\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\"}, "", "dark"},
		{"light", parts{"\x1b]11;rgb:ffff/ffff/ffff\a"}, "", "light"},
		{"amid keys", parts{"ab\x1b]11;rgb:00/00/00\x1b\\cd"}, "abcd", "dark"},
		{"in parts", parts{"a\x1b]1", "1;rgb:ffff/ff", "ff/ffff\x1b", "\\b"}, "ab", "light"},
		{"alpha", parts{"\x1b]11;rgba:ffff/ffff/ffff/8000\a"}, "", "light"},
		{"two", parts{"\x1b]11;rgb:0/0/0\ax\x1b]11;rgb:f/f/f\a"}, "x", "dark light"},
		{"escape is a key", parts{"\x1b", "]"}, "\x1b]", ""},
		{"alt+] too", parts{"\x1b]", "1"}, "\x1b]1", ""},
		{"another report", parts{"\x1b]10;rgb:0/0/0\a"}, "\x1b]10;rgb:0/0/0\a", ""},
		{"it never ends", parts{"\x1b]11;" + strings.Repeat("x", 100)}, "\x1b]11;" + strings.Repeat("x", 100), ""},
		{"no colour", parts{"\x1b]11;what\a!"}, "!", ""},
		{"cut off by another sequence", parts{"\x1b]11;rgb:\x1b[A"}, "\x1b]11;rgb:\x1b[A", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var answers []string
			k := &Keys{From: &tt.sent, Answer: func(dark bool) {
				answers = append(answers, map[bool]string{true: "dark", false: "light"}[dark])
			}}
			got, err := io.ReadAll(k)
			if string(got) != tt.want || strings.Join(answers, " ") != tt.answer || err != nil {
				t.Errorf("%+q, %q, %v; want %+q, %q", got, answers, err, tt.want, tt.answer)
			}
		})
	}
}

// Whatever is sent, in parts of whatever length, only whole answers are missing.
func FuzzKeys(f *testing.F) {
	f.Add([]byte("ab\x1b]11;rgb:00/00/00\x1b\\cd"), 3)
	f.Fuzz(func(t *testing.T, sent []byte, size int) {
		whole, _ := io.ReadAll(&Keys{From: bytes.NewReader(sent)})
		if again, _ := io.ReadAll(&Keys{From: bytes.NewReader(sent)}); !bytes.Equal(again, whole) {
			t.Errorf("%+q, then %+q", whole, again)
		}
		if !bytes.Contains(sent, []byte(prefix)) && !bytes.Equal(whole, sent) {
			t.Errorf("%+q became %+q", sent, whole)
		}
		// One byte at a time a lone ESC is a key, so answers arrive as they are.
		if slow, err := io.ReadAll(&Keys{From: iotest.OneByteReader(bytes.NewReader(sent))}); err != nil || !bytes.Equal(slow, sent) {
			t.Errorf("%+q became %+q, %v", sent, slow, err)
		}
	})
}

func TestGuess(t *testing.T) {
	for value, dark := range map[string]bool{"": true, "15;0": true, "0;15": false, "0;default;15": false, "12;8": true, "0;7": false, "x": true, "0;": true} {
		if got := Guess(func(string) string { return value }); got != dark {
			t.Errorf("COLORFGBG=%s: dark %v", value, got)
		}
	}
}

func TestAsks(t *testing.T) {
	for term, asks := range map[string]bool{"xterm-256color": true, "linux": true, "screen-256color": false, "tmux": false, "dumb": false, "": false} {
		if got := Asks(func(string) string { return term }); got != asks {
			t.Errorf("TERM=%s: asks %v", term, got)
		}
	}
}
