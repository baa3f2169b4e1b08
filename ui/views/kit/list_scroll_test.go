package kit

import (
	"testing"

	"pgregory.net/rapid"
)

// drawRows draws a list of rows and a screen.
func drawRows(t *rapid.T, most func(height int) int) (heights []int, height int, lines func(uint64) int) {
	height = rapid.IntRange(1, 12).Draw(t, "height")
	heights = rapid.SliceOfN(rapid.IntRange(1, most(height)), 1, 40).Draw(t, "rows")
	return heights, height, func(row uint64) int { return heights[row] }
}

// above returns how many lines are above a position.
func above(p linePosition, heights []int) int {
	n := p.line
	for _, h := range heights[:p.row] {
		n += h
	}
	return n
}

func TestScrollMovesByAsManyLinesAsAsked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		heights, height, lines := drawRows(t, func(height int) int { return max(height/2, 1) })
		next := uint64(len(heights))
		c := List{follows: true}
		c.SetRows(0, next)
		last := above(c.topEndingAt(next-1, height, lines), heights)
		for range rapid.IntRange(1, 20).Draw(t, "steps") {
			by := rapid.IntRange(-15, 15).Draw(t, "by")
			before := above(c.top, heights)
			c.Scroll(by, height, lines)
			want := min(max(before+by, 0), last)
			top := c.top
			if got := above(top, heights); got != want {
				t.Fatalf("from line %d by %d: at %d, want %d", before, by, got, want)
			}
			if c.Settle(height, lines); c.top != top {
				t.Fatalf("at %+v, the cursor on %d pulls the screen to %+v", top, c.at, c.top)
			}
			if c.following && above(c.top, heights) != last {
				t.Fatal("it follows, but is not at the end")
			}
		}
	})
}

func TestScrollGetsPastRowsAsHighAsTheScreen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		heights, height, lines := drawRows(t, func(height int) int { return height })
		next := uint64(len(heights))
		by := rapid.IntRange(1, 5).Draw(t, "by")
		c := List{follows: true}
		c.SetRows(0, next)
		scroll := func(by int) {
			c.Scroll(by, height, lines)
			c.Settle(height, lines)
		}
		for range above(linePosition{row: next}, heights) {
			scroll(by)
		}
		if end := c.topEndingAt(next-1, height, lines); c.top != end {
			t.Fatalf("down: stuck at %+v, the end is %+v", c.top, end)
		}
		for range above(linePosition{row: next}, heights) {
			scroll(-by)
		}
		if c.top != (linePosition{}) {
			t.Fatalf("up: stuck at %+v", c.top)
		}
	})
}

func TestRowAtIsTheRowThatIsDrawnThere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		heights, height, lines := drawRows(t, func(height int) int { return height })
		next := uint64(len(heights))
		var c List
		c.SetRows(0, next)
		c.GoTo(uint64(rapid.IntRange(0, len(heights)-1).Draw(t, "pos")))
		c.Settle(height, lines)
		line := rapid.IntRange(-2, height+2).Draw(t, "line")
		row, found := c.RowAt(line, lines)
		at := above(c.top, heights) + line
		switch total := above(linePosition{row: next}, heights); {
		case line < 0 || at >= total:
			if found {
				t.Fatalf("line %d is row %d", line, row)
			}
		case !found || at < above(linePosition{row: row}, heights) || at >= above(linePosition{row: row + 1}, heights):
			t.Fatalf("line %d is row %d, %v", line, row, found)
		}
	})
}
