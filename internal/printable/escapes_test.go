package printable

import (
	"testing"

	"pgregory.net/rapid"
)

func TestMapJSON(t *testing.T) {
	for in, want := range map[string]string{
		`"caf\u00e9"`:           `"café"`,
		`"\u0434\u0430"`:        `"да"`,
		`"\ud83d\ude00!"`:       `"😀!"`,
		`"\ud83d x"`:            `"\ud83d x"`,
		`"\\u00e9"`:             `"\\u00e9"`,
		`"\u0041\u0022\u000a"`:  `"\u0041\u0022\u000a"`,
		`"\u202e\u001b\u009b"`:  `"\u202e\u001b\x9b"`,
		`"\u00e`:                `"\u00e`,
		`plain`:                 `plain`,
		"\"\u00e9\x1b\\u00e9\"": `"é\x1bé"`,
	} {
		if in == `"\u202e\u001b\u009b"` {
			want = `"\u202e\u001b` + Line("\u009b") + `"`
		}
		if got, _ := MapJSON(in); got != want {
			t.Errorf("%s is shown as %s, want %s", in, got, want)
		}
	}
}

// Each byte that is shown comes from a place of the text, in order, and what is shown is
// printable.
func TestMapJSONKnowsWhereItComesFrom(t *testing.T) {
	part := rapid.SampledFrom([]string{"a", "é", `\u00e9`, `\ud83d\ude00`, `\ud83d`, `\\`, `\n`, `\u`, "\x1b", "\u202e", `\u202e`, "世"})
	rapid.Check(t, func(t *rapid.T) {
		s := ""
		for _, p := range rapid.SliceOfN(part, 0, 12).Draw(t, "parts") {
			s += p
		}
		text, source := MapJSON(s)
		if Line(text) != text {
			t.Fatalf("%q is shown as %q", s, text)
		}
		if source != nil && len(source) != len(text) || source == nil && text != s {
			t.Fatalf("%q is shown as %q, with %d offsets", s, text, len(source))
		}
		for i, at := range source {
			if at >= len(s) || i > 0 && at < source[i-1] {
				t.Fatalf("%q: byte %d comes from %d", s, i, at)
			}
		}
		for i := range len(s) + 1 {
			end := EscapeEnd(s, i)
			if end < i || end > len(s) || end > i && s[end-6:end-4] != `\u` {
				t.Fatalf("%q: %d is within an escape that ends at %d", s, i, end)
			}
		}
	})
}
