package bench

import (
	"fmt"
	"strings"

	"joltui/internal/cli/figures"
	"joltui/internal/cli/process"
	"joltui/internal/human"
	"joltui/internal/load"
	"joltui/internal/printable"
)

// newProgressLine shows progress on stderr if that is a terminal.
func newProgressLine(env process.Env, b flags) *process.ProgressLine {
	p := process.NewProgressLine(env, b.silent || b.quiet)
	p.Say("connecting to " + printable.Line(b.load.Client.Addr))
	return p
}

func progressText(now load.Progress) string {
	stage := [...]string{load.Warmup: "warming up", load.Measuring: "measuring", load.Draining: "draining"}[now.Stage]
	parts := []string{fmt.Sprintf("%s %.1f s", stage, now.Elapsed.Seconds())}
	if now.Stage == load.Draining {
		parts = append(parts, figures.Count(now.Owed)+" messages still to come")
	} else {
		parts = append(parts, figures.Whole(now.Rate)+"/s", "p50 "+human.Duration(now.P50), "p99 "+human.Duration(now.P99))
	}
	parts = append(parts, "✓ "+figures.Count(now.Outcomes.Acknowledged))
	for _, bad := range []struct {
		mark string
		n    int64
	}{{"✗ ", now.Outcomes.Rejected}, {"? ", now.Outcomes.Unknown}} {
		if bad.n > 0 {
			parts = append(parts, bad.mark+figures.Count(bad.n))
		}
	}
	if now.Down > 0 {
		parts = append(parts, human.Counted(uint64(now.Down), "connection")+" lost")
	}
	return strings.Join(parts, "  ")
}
