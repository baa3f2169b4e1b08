package watches

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/jolt"
	"joltui/ui/views/kit"
	"joltui/ui/views/kit/kittest"
)

// BenchmarkPlot draws ten minutes of numbers.
func BenchmarkPlot(b *testing.B) {
	f := feed.New(feed.Limits{})
	w, err := f.Watch(feed.Field{Path: "."})
	if err != nil {
		b.Fatal(err)
	}
	for i := range 600 {
		at := kittest.Start().Add(time.Duration(i) * time.Second)
		f.Apply([]jolt.Event{kittest.Message(at, "t", human.Number(50+40*math.Sin(float64(i))))})
	}
	p := newWatchPage(kittest.Coloured(), 140, 36)
	b.ReportAllocs()
	for b.Loop() {
		p.plot(w, 140, 36, kittest.Start().Add(10*time.Minute))
	}
}

// TestPlotHoldsEveryNumber: whatever the numbers are, the largest is at the top, the
// smallest at the bottom, and all are inside.
func TestPlotHoldsEveryNumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := plot{cols: rapid.IntRange(4, 50).Draw(t, "cols"), rows: rapid.IntRange(2, 20).Draw(t, "rows")}
		g.dots = make([]uint8, g.cols*g.rows)
		at := kittest.Start()
		var points []feed.Point
		for range rapid.IntRange(1, 30).Draw(t, "n") {
			at = at.Add(time.Duration(rapid.IntRange(1, 5000).Draw(t, "seconds")) * time.Second)
			points = append(points, feed.Point{At: at, Numbers: 1, Mean: rapid.Float64().Draw(t, "mean")})
		}
		limit, _ := feed.ParseThreshold("> 100")
		g.span(points, at)
		g.scale(points, limit)
		g.draw(points)
		for _, p := range points {
			x, y := g.x(p.At), g.y(p.Mean)
			if g.dots[y/4*g.cols+x/2] == 0 {
				t.Fatalf("no dot for %+v at %d, %d", p, x, y)
			}
		}
		if top, bottom := g.y(g.high), g.y(g.low); top != 0 || bottom != 4*g.rows-1 {
			t.Fatalf("from %d to %d of %d", top, bottom, 4*g.rows)
		}
	})
}

func TestPlotLeavesOutTimesWithoutValues(t *testing.T) {
	f := feed.New(feed.Limits{})
	w := kittest.Watch(t, f, ".", "")
	for _, second := range []int{0, 1, 2, 40, 41} {
		f.Apply([]jolt.Event{kittest.Message(kittest.Start().Add(time.Duration(second)*time.Second), "t", "1")})
	}
	p := newWatchPage(&kit.Styles{}, 72, 10)
	rows := p.plot(w, 72, 8, kittest.Start().Add(60*time.Second))
	var dots []string
	for _, row := range rows {
		if fields := strings.Fields(row[strings.IndexAny(row, "│┤└1")+len("│"):]); strings.ContainsFunc(row, isBraille) {
			dots = append(dots, fields...)
		}
	}
	if len(dots) != 2 || len([]rune(dots[0])) < 2 { // two stretches in one row
		t.Errorf("values and silence are drawn as %q:\n%s", dots, kittest.Text(rows))
	}
}

func isBraille(r rune) bool { return '⠀' <= r && r <= '⣿' }

// Values that differ have labels that differ, also where they differ in their last digit.
func TestLabelsAreToldApart(t *testing.T) {
	f := feed.New(feed.Limits{})
	f.Tick(kittest.Start())
	w := kittest.Watch(t, f, ".x", "")
	for i, x := range []int64{1234567893, 1234567896, 1234567899} {
		at := kittest.Start().Add(time.Duration(i) * time.Second)
		f.Tick(at)
		f.Apply([]jolt.Event{kittest.Message(at, "t", fmt.Sprintf(`{"x":%d}`, x))})
	}
	p := newWatchPage(&kit.Styles{}, 120, 30)
	p.Select(w, f)
	shown := kittest.Text(p.View(f, kittest.Start().Add(3*time.Second)))
	for _, want := range []string{" 1234567893 1234567899 1234567896 ", "│1234567899┤", "│1234567893┤"} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is nowhere:\n%s", want, shown)
		}
	}
}
