package views

import (
	"testing"

	"pgregory.net/rapid"
)

// TestCursorSettles checks what holds wherever a cursor is, whatever rows come
// and go and however many lines they take.
func TestCursorSettles(t *testing.T) {
	keys := []string{"j", "k", "g", "G", "pgup", "pgdown", "ctrl+u", "ctrl+d"}
	rapid.Check(t, func(t *rapid.T) {
		var c cursor
		c.follow = rapid.Bool().Draw(t, "follow")
		first, next := uint64(0), uint64(rapid.IntRange(0, 30).Draw(t, "rows"))
		for range rapid.IntRange(1, 20).Draw(t, "steps") {
			first += uint64(rapid.IntRange(0, 5).Draw(t, "gone"))
			next = max(first, next) + uint64(rapid.IntRange(0, 5).Draw(t, "new"))
			c.move(testMoveKeys(), keyPress(rapid.SampledFrom(keys).Draw(t, "key")), first, next)
			height := rapid.IntRange(1, 10).Draw(t, "height")
			lines := func(row uint64) int { return min(1+int(row*7%5), height) }
			c.settle(first, next, height, lines)
			c.page = height
			requireSettled(t, &c, first, next, height, lines)
		}
	})
}

func requireSettled(t *rapid.T, c *cursor, first, next uint64, height int, lines func(uint64) int) {
	if first == next {
		return
	}
	if c.pos < first || c.pos >= next {
		t.Fatalf("cursor at %d of [%d, %d)", c.pos, first, next)
	}
	if c.follow && c.pos != next-1 {
		t.Fatalf("following, but at %d of [%d, %d)", c.pos, first, next)
	}
	if c.top.row < first || c.top.row > c.pos || c.top.row == c.pos && c.top.line > 0 {
		t.Fatalf("cursor at %d is above the screen, which begins at %v", c.pos, c.top)
	}
	used := -c.top.line
	for row := c.top.row; row <= c.pos; row++ {
		used += lines(row)
	}
	if used > height {
		t.Fatalf("cursor at %d is below the screen of %d lines, which begins at %v", c.pos, height, c.top)
	}
	for row := c.pos + 1; row < next; row++ {
		used += lines(row)
	}
	if used < height && c.top != (place{row: first}) {
		t.Fatalf("screen of %d lines begins at %v and has only %d", height, c.top, used)
	}
}

func TestCursorFollows(t *testing.T) {
	c := cursor{follow: true, page: 5}
	press := func(name string) {
		c.move(testMoveKeys(), keyPress(name), 0, 20)
		c.settle(0, 20, 5, oneLine)
	}
	for _, step := range []struct {
		key    string
		pos    uint64
		follow bool
	}{
		{"G", 19, true}, {"k", 18, false}, {"j", 19, false}, {"j", 19, true},
		{"pgup", 14, false}, {"ctrl+u", 12, false}, {"ctrl+d", 14, false}, {"pgdown", 19, false}, {"pgdown", 19, true},
		{"g", 0, false}, {"k", 0, false}, {"x", 0, false}, {"end", 19, true},
	} {
		press(step.key)
		if c.pos != step.pos || c.follow != step.follow {
			t.Fatalf("after %s: at %d, following %v; want %d, %v", step.key, c.pos, c.follow, step.pos, step.follow)
		}
	}
}
