package printable

import "testing"

func TestName(t *testing.T) {
	for _, tc := range []struct {
		name  string
		cells int
		want  string
	}{
		{"a/b", 10, "a/b"}, {"a/b ", 10, "a/b␣"}, {"  a b ", 10, "␣␣a b␣"}, {" ", 3, "␣"}, {"", 3, ""},
		{"a b c", 2, "a b"}, {"ab   c ", 3, "ab  "}, // cut, not ended
		{"a\x1b ", 10, `a\x1b␣`},
	} {
		if got := Name(tc.name, tc.cells); got != tc.want {
			t.Errorf("%q in %d cells is %q, want %q", tc.name, tc.cells, got, tc.want)
		}
	}
}
