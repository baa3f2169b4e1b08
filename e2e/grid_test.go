package e2e

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// grid is what the screen shows, a cell at a time: "" is the second half of a
// wide character.
type grid [][]string

func (x *terminal) grid() grid {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.cells()
}

// frames holds every frame of the dashboard against the rule that no border is
// broken. The size of the window must not change.
type frames struct {
	on    bool
	count int
	fault string // the first one
}

// frameEnd is how Bubble Tea ends a frame: with the cursor in the last row.
var frameEnd = regexp.MustCompile(`\x1b\[\d+;?\d*H$`)

// drawn takes note of what was written last.
func (f *frames) drawn(x *terminal, wrote []byte) {
	if !f.on || f.fault != "" || !frameEnd.Match(wrote) {
		return
	}
	f.count++
	g := x.cells()
	if fault := g.broken(); fault != "" {
		f.fault = fault + " in\n" + g.String()
	}
}

func (x *terminal) checkFrames() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.frames.on = true
}

// framesWhole fails the test if a frame since checkFrames had a broken border.
func (x *terminal) framesWhole() {
	x.t.Helper()
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.frames.fault != "" {
		x.t.Error(x.frames.fault)
	}
	if x.frames.count < 50 {
		x.t.Errorf("%d frames were checked", x.frames.count)
	}
	x.t.Logf("%d frames", x.frames.count)
}

// cells is grid for those that have locked.
func (x *terminal) cells() grid {
	g := make(grid, x.screen.Height())
	for y := range g {
		g[y] = make([]string, x.screen.Width())
		for col := range g[y] {
			if c := x.screen.CellAt(col, y); c == nil {
				g[y][col] = " "
			} else if g[y][col] = c.Content; c.Content == "" && c.Width == 1 {
				g[y][col] = " "
			}
		}
	}
	return g
}

func (g grid) String() string {
	var b strings.Builder
	for _, row := range g {
		b.WriteString(strings.Join(row, "") + "\n")
	}
	return b.String()
}

// broken says which border is not where it belongs; "" is none. Text on the
// screen must not have box drawing characters of its own.
func (g grid) broken() string {
	panels, corners := 0, 0
	for y, row := range g {
		for x, cell := range row {
			switch cell {
			case "┌", "┏":
				panels++
				if fault := g.panel(x, y); fault != "" {
					return fault
				}
			case "└", "┗", "┐", "┓", "┘", "┛":
				corners++
			}
		}
	}
	switch {
	case panels == 0:
		return "there is no panel"
	case corners != 3*panels:
		return fmt.Sprintf("%d panels have %d other corners", panels, corners)
	}
	return ""
}

// panel follows the border of the panel whose upper left corner is at x, y.
func (g grid) panel(x, y int) string {
	at := slices.IndexFunc(g[y][x:], func(cell string) bool { return cell == "┐" || cell == "┓" })
	if at < 0 {
		return fmt.Sprintf("the panel at %d,%d has no upper right corner", x, y)
	}
	right := x + at
	for below := y + 1; below < len(g); below++ {
		switch ends := g[below][x] + g[below][right]; ends {
		case "││", "┃┃":
		case "└┘", "┗┛":
			return ""
		default:
			return fmt.Sprintf("row %d of the panel at %d,%d, up to %d, has the border %q", below-y, x, y, right, ends)
		}
	}
	return fmt.Sprintf("the panel at %d,%d has no lower edge", x, y)
}

// The check sees a border that is out of its column.
func TestBroken(t *testing.T) {
	draw := func(rows ...string) grid {
		var g grid
		for _, row := range rows {
			g = append(g, strings.Split(row, ""))
		}
		return g
	}
	if fault := draw("┌a┐┏━┓", "│x│┃ ┃", "└─┘┗━┛").broken(); fault != "" {
		t.Error(fault)
	}
	for _, g := range []grid{
		draw("   "), draw("┌─┐ ", "│x │", "└─┘ "), draw("┌─┐", "│xy", "└─┘"), draw("┌─ ", "│ │", "└─┘"),
		draw("┌─┐", "│ │"), draw("┌─┐", "│ │", "└─┘", "  ┘"), draw("┌─┐", "x │", "└─┘"),
	} {
		if g.broken() == "" {
			t.Errorf("not seen:\n%s", g)
		}
	}
}
