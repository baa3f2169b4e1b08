package e2e

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// question is what the dashboard asks the terminal, once and for the automatic theme
// alone: the colour of its background.
const question = "\x1b]11;?\x1b\\"

// meant are the sequences that the dashboard writes, but for colours and
// attributes.
var meant = map[string]bool{
	"\x1b[?1049h": true, "\x1b[?1049l": true, // alternate screen
	"\x1b[?25h": true, "\x1b[?25l": true, // cursor
	"\x1b[?2004h": true, "\x1b[?2004l": true, // bracketed paste
	"\x1b[?1002l": true, "\x1b[?1003l": true, "\x1b[?1006l": true, // no mouse
	"\x1b[H": true, "\x1b[K": true, "\x1b[2K": true, "\x1b[J": true, "\x1b[2J": true,
}

// checkBytes fails the test on every byte that joltui did not mean to write.
func checkBytes(t *testing.T, raw string) {
	t.Helper()
	for i, fault := range faults(raw) {
		if i == 5 {
			t.Error("and more")
			return
		}
		t.Error(fault)
	}
}

// faults names what in raw is neither printable text, nor a sequence that is
// meant.
func faults(raw string) []string {
	var found []string
	raw = strings.Replace(raw, question, "", 1)
	fault := func(at int, what, seq string) {
		found = append(found, fmt.Sprintf("%s %+q in %+q", what, seq, raw[max(at-40, 0):min(at+len(seq)+40, len(raw))]))
	}
	parser := ansi.NewParser()
	var state byte
	for at := 0; at < len(raw); {
		seq, width, n, next := ansi.DecodeSequence(raw[at:], state, parser)
		switch {
		case n == 0:
			fault(at, "unreadable", raw[at:])
			return found
		case seq == "\r", seq == "\n":
		case width > 0 || !strings.ContainsRune("\x1b", rune(seq[0])):
			if bad := unprintable(seq); bad != "" {
				fault(at, bad, seq)
			}
		case !meant[seq] && !plainCSI(seq):
			fault(at, "sequence", seq)
		}
		state = next
		at += n
	}
	if state != ansi.NormalState {
		found = append(found, "it ends within a sequence")
	}
	return found
}

// plainCSI reports whether seq sets colours and attributes, or moves the cursor.
func plainCSI(seq string) bool {
	body, isCSI := strings.CutPrefix(seq, "\x1b[")
	if !isCSI || body == "" {
		return false
	}
	params, final := body[:len(body)-1], body[len(body)-1]
	return strings.ContainsRune("mHA", rune(final)) && strings.Trim(params, "0123456789;") == ""
}

// unprintable names what should have been escaped in text.
func unprintable(text string) string {
	if !utf8.ValidString(text) {
		return "invalid UTF-8"
	}
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Cc, r):
			return "control character"
		case unicode.Is(unicode.Bidi_Control, r):
			return "bidi control"
		case unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector):
			return "invisible character"
		}
	}
	return ""
}

// The check sees each kind of what it is for.
func TestFaults(t *testing.T) {
	const ok = "\x1b[?1049h\x1b]11;?\x1b\\\x1b[2J\x1b[H\x1b[1;38;5;75mjoltui\x1b[0m \x1b[4;0H漢字 👍🏽 e\u0301\r\n"
	if found := faults(ok); len(found) != 0 {
		t.Errorf("%+q: %q", ok, found)
	}
	for _, bad := range []string{
		"\x1b]0;title\a", "\x1b]11;?\x1b\\\x1b]11;?\x1b\\", "\x1b[6n", "\x1b]8;;http://x\x1b\\", "\x1b]52;c;eA==\a", "\x1bPq\x1b\\", "\x1b_a\x1b\\",
		"\x1b^a\x1b\\", "\x1bXa\x1b\\", "\x1b[?1002h", "\x1b[?1049$p", "\x1b[3q", "\x1b[5n", "\x1bc", "\x1b7", "\x1b]0;never ended", "\x1b[",
		"\a", "\b", "\t", "\x7f", "\x00", "\x85", "\x9b31m", "\u0085", "\u009b31m", "\x9d0;x\x9c", "\xff", "\xc3(",
		"\u202e", "\u2066", "\u200b", "a\u200d", "\ufeff", "\U000e0041", "\u00ad", "❤\ufe0f", "\u2028", "\ue000", "\u115f",
	} {
		if len(faults(ok+bad+"and on")) == 0 {
			t.Errorf("%+q is not seen", bad)
		}
	}
}
