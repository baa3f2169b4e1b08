package views

import (
	"fmt"
	"math"
	"strings"
	"time"

	"joltui/internal/feed"
	"joltui/internal/printable"
	"joltui/internal/record"
	"joltui/jolt"
)

// Replay is what the header says of a recording in place of a connection.
type Replay struct {
	Name string // of its file
	record.Playing
}

// replay says where a recording is, and how it is played.
func (s *Status) replay(b *bar, r Replay, c feed.Connection) {
	b.left(60, 2, Span{s.styles.Text, printable.Prefix(r.Name, 40)})
	b.left(100, 2, s.playing(r)...)
	b.left(90, 2, Span{s.styles.Text, r.At.Format(time.TimeOnly)})
	if r.Indexed < 1 {
		b.left(50, 2, Span{s.styles.Dim, fmt.Sprintf("reading %.0f %%", math.Floor(100*r.Indexed))})
	} else {
		s.position(b, r)
	}
	if c.State == jolt.Down {
		b.left(65, 2, Span{s.styles.Error, "✗ was disconnected"})
	}
}

// playing says how fast it is played, if it is.
func (s *Status) playing(r Replay) []Span {
	speed := Span{s.styles.Text, " " + r.Speed.String()}
	switch {
	case r.Seeking:
		return []Span{{s.styles.Warn, "» seeking"}}
	case r.Ended:
		return []Span{{s.styles.Warn, "■"}, {s.styles.Text, " end"}}
	case r.Paused:
		return []Span{{s.styles.Warn, "‖ stopped"}, speed}
	default:
		return []Span{{s.styles.OK, "▶ playing"}, speed}
	}
}

// position says how much of it lies behind.
func (s *Status) position(b *bar, r Replay) {
	const cells = 20
	share := 1.0
	if length := r.Last.Sub(r.First); length > 0 {
		share = min(max(float64(r.At.Sub(r.First))/float64(length), 0), 1)
	}
	done := int(share * cells)
	b.left(45, 2, Span{s.styles.Accent, strings.Repeat("━", done)}, Span{s.styles.Dim, strings.Repeat("─", cells-done)})
	b.left(80, 1, Span{s.styles.Text, fmt.Sprintf("%.0f %%", math.Floor(100*share+1e-6))})
	b.left(40, 2, Span{s.styles.Dim, stopwatch(r.At.Sub(r.First)) + " of " + stopwatch(r.Last.Sub(r.First))})
}

// stopwatch writes how long something went on: 3:04, 1:02:03.
func stopwatch(d time.Duration) string {
	s := int64(max(d, 0) / time.Second)
	if s < 3600 {
		return fmt.Sprintf("%d:%02d", s/60, s%60)
	}
	return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
}
