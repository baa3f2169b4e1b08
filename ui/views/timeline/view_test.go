package timeline

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"joltui/internal/record"
	"joltui/ui/views/kit"
	"joltui/ui/views/kit/kittest"
)

// shown returns a timeline of an hour, with n columns of which each has as many messages as its
// number, and of which the third quarter is lost.
func shown(indexed, at float64) Shown {
	first := kittest.Start()
	return Shown{
		Playing: record.Playing{First: first, Last: first.Add(time.Hour), At: first.Add(time.Duration(at * float64(time.Hour))), Indexed: indexed},
		Marks:   []time.Time{first, first.Add(30 * time.Minute), first.Add(99 * time.Hour)},
		Density: func(n int) []record.Slice {
			all := make([]record.Slice, n)
			for i := range all {
				if all[i].Messages = uint64(i); 4*i >= 2*n && 4*i < 3*n {
					all[i] = record.Slice{Lost: true}
				}
			}
			return all
		},
	}
}

// However small it is and however little is known, each row is as wide as asked.
func TestEveryRowIsAsWideAsAsked(t *testing.T) {
	for _, s := range []*kit.Styles{{}, kittest.Coloured()} {
		for w := range 121 {
			measured := kittest.Sizes{}
			for h := range 7 {
				for _, indexed := range []float64{0, 0.001, 0.42, 1} {
					one := shown(indexed, float64(w)/100)
					measured.Require(t, View(s, w, h, one), w, h)
					one.Playing = record.Playing{Indexed: indexed}
					one.Density = func(int) []record.Slice { return nil }
					measured.Require(t, View(s, w, h, one), w, h)
				}
			}
		}
	}
}

// A click on the sign of where one is goes where one is.
func TestAClickGoesWhereItPoints(t *testing.T) {
	for _, w := range []int{30, 80, 160} {
		for _, at := range []float64{0, 0.25, 0.5, 0.9, 1} {
			one := shown(1, at)
			rows := View(&kit.Styles{}, w, 5, one)
			x := strings.Index(rows[3], hereSign)
			if x < 0 {
				t.Fatalf("no sign in %s", rows[3])
			}
			x = kit.Width(rows[3][:x])
			if got := ShareAt(w, x, one.Playing); got < at-0.03 || got > at+0.03 {
				t.Errorf("%d columns: column %d is at %v, want %v", w, x, got, at)
			}
		}
	}
}

func TestTimeline(t *testing.T) {
	text := fmt.Sprint(strings.Join(View(&kit.Styles{}, 100, 6, shown(1, 0.25)), "\n"))
	for _, want := range []string{"Timeline ─ at most 79 messages in 45 s", "◆ 3 marks  ┄ messages are missing", "┄┄┄", "█", "━●─"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}
