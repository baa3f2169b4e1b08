package printable

import (
	"strings"
	"testing"
)

func TestLine(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"empty", "", ""},
		{"ascii", `{"id":1,"name":"a~ b"}`, `{"id":1,"name":"a~ b"}`},
		{"backslash stays", `C:\new`, `C:\new`},
		{"letters", "äß Ωж 漢字 한국어 ไทย कमरा عربي עברית", "äß Ωж 漢字 한국어 ไทย कमर\\u093e عربي עברית"},
		{"symbols", "€ ✓ ▁▇ 🚀 🇨🇭 ½ ①", "€ ✓ ▁▇ 🚀 🇨🇭 ½ ①"},
		{"marks with a width, on ASCII", "a\u0903 \u0e33b\U0001f3fdc\uff9e", `a\u0903 \u0e33b\U0001f3fdc\uff9e`},
		{"and where they belong", "क\u0903 ท\u0e33 👍\U0001f3fd ｶ\uff9e", `क\u0903 ท\u0e33 👍\U0001f3fd ｶ\uff9e`},
		{"marks without one", "हैं कु कृ க் ไทยที่ ກໍ", "हैं कु कृ க் ไทยที่ ກໍ"},
		{"consonants that join", "स्ते क्ष क़् ত্ত", `स\u094dते क\u094dष क़् ত\u09cdত`},
		{"across two marks", "क\u094d\u093cष", "क\u094d" + `\u093c` + "ष"},
		{"flags, and half of one", "🇨🇭🇫🇷 🇨 🇨🇭🇫", "🇨🇭🇫🇷 " + `\U0001f1e8` + " 🇨🇭" + `\U0001f1eb`},
		{"Hangul in parts, and in disorder", "각가\u11a8 ᄀᄀ ᄀ가 \u1161", "각가\u11a8 ᄀ" + `\u1100 ` + "ᄀ" + `\uac00 \u1161`},
		{"wide in new terminals alone", "☰ ⚋ \U0001d306 ㉈", `\u2630 \u268b \U0001d306 \u3248`},
		{"decomposed", "e\u0301 한", "e\u0301 한"},
		{"replacement character", "\ufffd", "\ufffd"},

		{"line break, tab", "a\nb\tc\r\n", `a\nb\tc\r\n`},
		{"C0", "\x00\x07\x08\x1b\x1f\x7f", `\x00\a\b\x1b\x1f\x7f`},
		{"C1", "\u0080\u0085\u009b\u009f", `\u0080\u0085\u009b\u009f`},
		{"C1 as raw bytes", "\x85\x9b31m\x9d0;t\x9c", `\x85\x9b31m\x9d0;t\x9c`},
		{"invalid UTF-8", "a\xff\xc3(\xe2\x82", `a\xff\xc3(\xe2\x82`},
		{"surrogate", "\xed\xa0\x80", `\xed\xa0\x80`},
		{"overlong", "\xc0\x9b", `\xc0\x9b`},

		{"CSI", "\x1b[2J\x1b[31mred", `\x1b[2J\x1b[31mred`},
		{"OSC 0", "\x1b]0;title\x07", `\x1b]0;title\a`},
		{"OSC 8", "\x1b]8;;http://evil\x1b\\link", `\x1b]8;;http://evil\x1b\link`},
		{"OSC 52", "\x1b]52;c;cm0gLXJm\x07", `\x1b]52;c;cm0gLXJm\a`},
		{"DCS", "\x1bP$q\"p\x1b\\", `\x1bP$q"p\x1b\`},
		{"APC", "\x1b_Gf=24;AAAA\x1b\\", `\x1b_Gf=24;AAAA\x1b\`},
		{"unterminated", "ok\x1b", `ok\x1b`},
		{"overwrite by CR", "safe\rEVIL", `safe\rEVIL`},
		{"overwrite by BS", "safe\b\b\b\bEVIL", `safe\b\b\b\bEVIL`},

		{"bidi", "\u202e\u2066\u2069\u200f\u061c", `\u202e\u2066\u2069\u200f\u061c`},
		{"zero width", "a\u200bb\u200cc\u200dd\ufeffe\u2060", `a\u200bb\u200cc\u200dd\ufeffe\u2060`},
		{"soft hyphen", "co\u00adop", `co\u00adop`},
		{"tags", "\U000e0001\U000e0041", `\U000e0001\U000e0041`},
		{"line and paragraph separator", "\u2028\u2029", `\u2028\u2029`},
		{"spaces", "\u00a0\u1680\u2003\u202f\u3000", `\u00a0\u1680\u2003\u202f\u3000`},
		{"variation selectors", "❤\ufe0f\U000e0100\u180b\u180f", `❤\ufe0f\U000e0100\u180b\u180f`},
		{"fillers", "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800", `\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800`},
		{"private use", "\ue000\U000f0000\U0010fffd", `\ue000\U000f0000\U0010fffd`},
		{"unassigned", "\u0378\ufdd0\uffff", `\u0378\ufdd0\uffff`},

		{"mark without a base", "\u0301a", `\u0301a`},
		{"mark after an escape", "\n\u0301\u0301", `\n\u0301\u0301`},
		{"as many marks as there may be", "a\u0301\u0302\u0303\u0304", "a\u0301\u0302\u0303\u0304"},
		{"Zalgo", "a\u0301\u0302\u0303\u0304\u0305\u0306b\u0301", "a\u0301\u0302\u0303\u0304" + `\u0305\u0306` + "b\u0301"},
		{"jamo that never end", "ᄀ" + strings.Repeat("\u1161", 6), "ᄀ" + strings.Repeat("\u1161", 4) + `\u1161\u1161`},
		{"skin tones that never end", "👍" + strings.Repeat("\U0001f3fb", 5), "👍" + strings.Repeat(`\U0001f3fb`, 5)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := Line(tt.in)
			if got != tt.want {
				t.Errorf("Line(%+q)\n got %+q\nwant %+q", tt.in, got, tt.want)
			}
			checkSafe(t, got)
		})
	}
}

func TestBlock(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"empty", "", ""},
		{"clean", "one\ntwo\n\nfour\n", "one\ntwo\n\nfour\n"},
		{"CRLF", "one\r\ntwo\r\n", "one\ntwo\n"},
		{"CR alone", "one\rtwo\r", `one\rtwo\r`},
		{"two CR", "one\r\r\n", `one\r` + "\n"},
		{"tab stops", "\ta\n1\tb\n123\tc\n1234\td\t\te", "    a\n1   b\n123 c\n1234    d       e"},
		{"tab after wide characters", "漢字\tx\n漢\tx", "漢字    x\n漢  x"},
		{"tab after an escape", "\x1b\tx", `\x1b` + "    x"},
		{"mark at the beginning of a line", "a\n\u0301", "a\n" + `\u0301`},
		{"mark after a tab", "a\t\u0301", "a   " + `\u0301`},
		{"escapes on each line", "\x1b[2J\n\u202e\n", `\x1b[2J` + "\n" + `\u202e` + "\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := Block(tt.in)
			if got != tt.want {
				t.Errorf("Block(%+q)\n got %+q\nwant %+q", tt.in, got, tt.want)
			}
			for line := range strings.SplitSeq(got, "\n") {
				checkSafe(t, line)
			}
		})
	}
}

func TestPrefix(t *testing.T) {
	tests := []struct {
		name  string
		in    string
		cells int
		want  string
	}{
		{"none", "abc", 0, "a"},
		{"negative", "abc", -5, ""},
		{"fits", "abc", 3, "abc"},
		{"one more than fits", "abcdef", 3, "abcd"},
		{"escapes count in full", "\x1b\x1b\x1b\x1b", 8, `\x1b\x1b\x1b`},
		{"marks take no cell", "e\u0301e\u0301e\u0301", 1, "e\u0301e"},
		{"not within a character", "漢字漢字", 2, "漢字漢"},
		{"marks without end", "a" + strings.Repeat("\u0301", 1000), 9, "a\u0301\u0301\u0301\u0301" + `\u0301\u0301`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Prefix(tt.in, tt.cells); got != tt.want {
				t.Errorf("Prefix(%+q, %d)\n got %+q\nwant %+q", tt.in, tt.cells, got, tt.want)
			}
		})
	}
}

func TestCleanTextCostsNothing(t *testing.T) {
	clean := strings.Repeat(`{"städte":["Zürich","東京"],"n":1}`, 50)
	lines := clean + "\n" + clean
	long := strings.Repeat("x", 16<<20)
	for name, f := range map[string]func(){
		"Line":   func() { Line(clean) },
		"Block":  func() { Block(lines) },
		"Prefix": func() { Prefix(long, 200) },
	} {
		if n := testing.AllocsPerRun(10, f); n != 0 {
			t.Errorf("%s: %v allocations for clean text", name, n)
		}
	}
}
