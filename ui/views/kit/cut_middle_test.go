package kit

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestCutMiddle(t *testing.T) {
	for _, tc := range []struct {
		name string
		room int
		want string
	}{
		{"orders.eu", 9, "orders.eu"},
		{"joltui.bench.1", 12, "joltu…ench.1"},
		{"joltui.bench.2", 11, "joltu…nch.2"},
		{"注文.東京.一", 8, "注…京.一"},
		{strings.Repeat("a", 1<<20) + "z", 5, "aa…az"},
		{"a\x1b[2Jb", 20, `a\x1b[2Jb`},
	} {
		if got := CutMiddle(tc.name, tc.room); got != tc.want {
			t.Errorf("%.20q in %d cells: %s, want %s", tc.name, tc.room, got, tc.want)
		}
	}
}

// A name that is cut is no wider than its room.
func TestCutMiddleFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name, room := rapid.String().Draw(t, "name"), rapid.IntRange(3, 30).Draw(t, "room")
		if got := CutMiddle(name, room); Width(got) > room {
			t.Errorf("%q has %d cells, not %d", got, Width(got), room)
		}
	})
}
