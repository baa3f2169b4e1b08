package frame

import (
	"fmt"
	"math"
	"strings"
	"time"

	"joltui/internal/feed"
	"joltui/internal/printable"
	"joltui/internal/record"
	"joltui/jolt"
	"joltui/ui/views/kit"
)

// Replay is what the header shows of a recording that is played in place of a connection.
type Replay struct {
	Name string // of its file
	record.Playing
}

// replay shows where in the recording the dashboard is, and how it is played.
func (s *Status) replay(b *kit.Bar, r Replay, c feed.Connection) {
	b.Left(60, 2, s.styles.Text.Span(printable.Prefix(r.Name, 40)))
	b.Left(100, 2, s.playing(r)...)
	b.Left(90, 2, s.styles.Text.Span(r.At.Format(time.TimeOnly)))
	if r.Indexed < 1 {
		b.Left(50, 2, s.styles.Dim.Span(fmt.Sprintf("reading %.0f %%", math.Floor(100*r.Indexed))))
	} else {
		s.position(b, r)
	}
	if c.State == jolt.Down {
		b.Left(65, 2, s.styles.Error.Span("✗ was disconnected"))
	}
}

// playing says whether the recording is played, and how fast.
func (s *Status) playing(r Replay) []kit.Span {
	speed := s.styles.Text.Span(" " + r.Speed.String())
	switch {
	case r.Seeking:
		return []kit.Span{s.styles.Warn.Span("» seeking")}
	case r.Ended:
		return []kit.Span{s.styles.Warn.Span("■"), s.styles.Text.Span(" end")}
	case r.Paused:
		return []kit.Span{s.styles.Warn.Span("‖ paused"), speed}
	default:
		return []kit.Span{s.styles.OK.Span("▶ playing"), speed}
	}
}

// position shows how much of the recording has been played.
func (s *Status) position(b *kit.Bar, r Replay) {
	const cells = 20
	share := 1.0
	if length := r.Last.Sub(r.First); length > 0 {
		share = min(max(float64(r.At.Sub(r.First))/float64(length), 0), 1)
	}
	done := int(share * cells)
	b.Left(45, 2, s.styles.Accent.Span(strings.Repeat("━", done)), s.styles.Dim.Span(strings.Repeat("─", cells-done)))
	b.Left(80, 1, s.styles.Text.Span(fmt.Sprintf("%.0f %%", math.Floor(100*share+1e-6))))
	b.Left(40, 2, s.styles.Dim.Span(stopwatch(r.At.Sub(r.First))+" of "+stopwatch(r.Last.Sub(r.First))))
}

// stopwatch writes a duration as 3:04 or 1:02:03.
func stopwatch(d time.Duration) string {
	s := int64(max(d, 0) / time.Second)
	if s < 3600 {
		return fmt.Sprintf("%d:%02d", s/60, s%60)
	}
	return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
}
