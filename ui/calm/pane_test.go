package calm

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// Whatever happens, a pane is small only after a calm, at once large when it is needed, and
// shrinks at most once in that time.
func TestPane(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var p Pane
		now := time.Unix(1_000, 0)
		var s Sight
		shrunk, small, owed := time.Time{}, false, false
		for range rapid.IntRange(1, 200).Draw(t, "looks") {
			now = now.Add(time.Duration(rapid.IntRange(0, 4000).Draw(t, "ms")) * time.Millisecond)
			what := rapid.SampledFrom([]string{"nothing", "nothing", "nothing", "nothing", "busy", "free", "change", "trouble", "touch", "reading", "done"}).Draw(t, "what")
			switch what {
			case "busy", "free":
				s.Busy = what == "busy"
			case "change":
				s.Changes++
			case "trouble":
				s.Troubles++
			case "touch":
				s.Touched = now
			case "reading", "done":
				s.Reading = what == "reading"
			}
			was := small
			owed = owed || what == "trouble"
			small = p.See(now, s)
			switch {
			case small && s.Busy:
				t.Fatal("small though it is needed")
			case small && what == "trouble" && !(s.Reading && now.Sub(s.Touched) < still):
				t.Fatal("small though something went wrong")
			case was && !small && !s.Busy && !owed:
				t.Fatal("it grows though nothing went wrong")
			case !was && small && now.Sub(shrunk) < Before:
				t.Fatalf("it flickers: %s after it shrank last", now.Sub(shrunk))
			case !was && small && now.Sub(s.Touched) < Before:
				t.Fatal("it shrinks while somebody works")
			}
			if !was && small {
				shrunk = now
			}
			owed = owed && small
		}
	})
}
