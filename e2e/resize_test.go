package e2e

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// A thousand resizes at a hundred a second, through every window from 1×1 to
// 30×12 and larger ones, end with the right screen.
func TestResizeStorm(t *testing.T) {
	t.Parallel()
	x := open(t, 100, 30, "demo")
	x.see("● orders.eu")
	x.expect(prior[:1]) // the rest has no place in a window of one column
	ticks := time.NewTicker(10 * time.Millisecond)
	defer ticks.Stop()
	for i := range 1000 {
		<-ticks.C
		w, h := 1+i%30, 1+i/30%12
		if i%3 == 2 {
			w, h = 31+i%170, 13+i%50
		}
		x.resize(w, h)
	}
	for _, size := range [][2]int{{160, 50}, {71, 19}, {40, 12}, {39, 12}, {30, 12}, {1, 1}, {100, 30}} {
		x.resize(size[0], size[1])
		x.until(func(string) bool { return fits(x.grid(), size[0], size[1]) }, "a whole screen")
	}
	x.see("● orders.eu", "received", "┌ Log")
	x.press("q")
	if code := x.exit(); code != 0 {
		t.Errorf("exit code %d on\n%s", code, x.text())
	}
	x.restored()
	checkBytes(t, x.bytes())
}

// fits reports whether the screen is the dashboard's, drawn for this size and
// whole: no row of it is wrapped, cut or left from before.
func fits(g grid, w, h int) bool {
	first, last := strings.Join(g[0], ""), strings.Join(g[h-1], "")
	switch {
	case w < 5:
		return len(g) == h && first != ""
	case w < 40 || h < 12:
		return len(g) == h && strings.Contains(g.String(), fmt.Sprintf("%d×%d", w, h))
	}
	return len(g) == h && strings.Contains(first, "● connected") && strings.Contains(last, "? help") && g.broken() == ""
}
