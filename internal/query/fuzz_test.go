package query

import (
	"testing"

	"joltui/internal/printable"
)

// FuzzQuery: no expression and no payload makes it panic or run away, errors are
// fit for a terminal, and Match agrees with Values.
func FuzzQuery(f *testing.F) {
	for _, text := range []string{
		`.status == "failed" and .amount > 100`, `.a["b c"][3]?`, `.. | numbers`, `[range(1e9)]`,
		`"x" * 1e9`, `def f: 1 + f; f`, `reduce .[] as [$a, {b: $c}] (0; . + $a)`, `"\(.a)" | @base64`,
		`label $out | foreach .[] as $x (0; . + $x; ., break $out)`, `try error("x") catch .`,
		`.[1:3] | sort_by(.a) | group_by(.b)`, `.a as $x ?// [$x] | $x`, `input`, `.a |= 1`, "\x1b[31m",
	} {
		f.Add(text, `{"a":[1,2.5,12345678901234567890],"b":"\u001b[31m"}`)
	}
	f.Fuzz(func(t *testing.T, text, data string) {
		q, err := Parse(text)
		if err != nil {
			checkPlain(t, err)
			return
		}
		values, err := q.Values(data, 1)
		if err != nil {
			checkPlain(t, err)
		}
		want := err == nil && len(values) == 1 && values[0] != nil && values[0] != false
		if len(values) == 1 {
			Text(values[0])
		}
		// What is only too large to be returned may still be a match.
		if got := q.Match(data); got != want && err != errTooLarge {
			t.Errorf("%q matches %q: %v, but the values are %v, %v", text, data, got, values, err)
		}
	})
}

func checkPlain(t *testing.T, err error) {
	t.Helper()
	if text := err.Error(); text == "" || printable.Line(text) != text {
		t.Errorf("not fit for a terminal: %q", text)
	}
}
