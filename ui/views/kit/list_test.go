package kit

import (
	"testing"

	"pgregory.net/rapid"
)

// TestCursorSettles checks invariants of a list, wherever its cursor is, whatever rows come
// and go, and however many lines they take.
func TestCursorSettles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var c List
		if rapid.Bool().Draw(t, "follow") {
			c = NewFollowing()
		}
		first, next := uint64(0), uint64(rapid.IntRange(0, 30).Draw(t, "rows"))
		for range rapid.IntRange(1, 20).Draw(t, "steps") {
			first += uint64(rapid.IntRange(0, 5).Draw(t, "gone"))
			next = max(first, next) + uint64(rapid.IntRange(0, 5).Draw(t, "new"))
			c.SetRows(first, next)
			c.Move(Move(rapid.IntRange(0, int(moves)-1).Draw(t, "move")))
			height := rapid.IntRange(1, 10).Draw(t, "height")
			lines := func(row uint64) int { return min(1+int(row*7%5), height) }
			c.Settle(height, lines)
			c.page = height
			requireSettled(t, &c, first, next, height, lines)
		}
	})
}

// The end of a list that does not follow is a row like any other.
func TestListThatDoesNotFollow(t *testing.T) {
	var c List
	c.SetRows(0, 5)
	for _, move := range []Move{Bottom, Down, PageDown} {
		c.Move(move)
		c.Scroll(+9, 2, OneLine)
		if c.SetRows(0, 9); c.Following() || c.At() != 4 {
			t.Fatalf("after move %d it is at %d, following %v", move, c.At(), c.Following())
		}
		c.SetRows(0, 5)
	}
}

func requireSettled(t *rapid.T, c *List, first, next uint64, height int, lines func(uint64) int) {
	if first == next {
		return
	}
	if c.at < first || c.at >= next {
		t.Fatalf("cursor at %d of [%d, %d)", c.at, first, next)
	}
	if c.following && c.at != next-1 {
		t.Fatalf("following, but at %d of [%d, %d)", c.at, first, next)
	}
	if c.top.row < first || c.top.row > c.at || c.top.row == c.at && c.top.line > 0 {
		t.Fatalf("cursor at %d is above the screen, which begins at %v", c.at, c.top)
	}
	used := -c.top.line
	for row := c.top.row; row <= c.at; row++ {
		used += lines(row)
	}
	if used > height {
		t.Fatalf("cursor at %d is below the screen of %d lines, which begins at %v", c.at, height, c.top)
	}
	for row := c.at + 1; row < next; row++ {
		used += lines(row)
	}
	if used < height && c.top != (linePosition{row: first}) {
		t.Fatalf("screen of %d lines begins at %v and has only %d", height, c.top, used)
	}
}

func TestCursorFollows(t *testing.T) {
	c := NewFollowing()
	c.SetRows(0, 20)
	draw := func() { c.Draw(5, func(uint64, bool) string { return "" }) }
	draw()
	move := func(m Move) {
		c.Move(m)
		draw()
	}
	for _, step := range []struct {
		move   Move
		pos    uint64
		follow bool
	}{
		{Bottom, 19, true}, {Up, 18, false}, {Down, 19, false}, {Down, 19, true},
		{PageUp, 14, false}, {HalfUp, 12, false}, {HalfDown, 14, false}, {PageDown, 19, false}, {PageDown, 19, true},
		{Top, 0, false}, {Up, 0, false}, {Bottom, 19, true},
	} {
		move(step.move)
		if c.at != step.pos || c.Following() != step.follow {
			t.Fatalf("after move %d: at %d, following %v; want %d, %v", step.move, c.At(), c.Following(), step.pos, step.follow)
		}
	}
}
