package views

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"

	"joltui/internal/feed"
	"joltui/internal/printable"
	"joltui/internal/record"
	"joltui/jolt"
)

// ReplayKeys control how a recording is played.
type ReplayKeys struct {
	Play, Step        key.Binding
	Slower, Faster    key.Binding
	Back, Ahead       key.Binding // ten seconds
	FarBack, FarAhead key.Binding // a minute
	GoTo              key.Binding
}

// Replay is what the header says of a recording in place of a connection.
type Replay struct {
	Name string // of its file
	record.Playing
}

// GoToQuestion asks where to go in a recording that stands as p says.
func GoToQuestion(p record.Playing, accept func(record.Target) Intent) Question {
	return Question{
		Label: "go to ",
		Hint:  "12:03:04, 2026-01-02 12:03:04, 25%, +10m or -30s",
		Check: func(text string) error {
			_, err := seekTarget(text, p)
			return err
		},
		Accept: func(text string) Intent {
			t, err := seekTarget(text, p)
			if err != nil {
				return nil
			}
			return accept(t)
		},
	}
}

// seekTarget reads a place in a recording.
func seekTarget(text string, p record.Playing) (record.Target, error) {
	text = strings.TrimSpace(text)
	if number, percent := strings.CutSuffix(text, "%"); percent {
		share, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
		if err != nil || !(share >= 0 && share <= 100) {
			return record.Target{}, errors.New("from 0% to 100%")
		}
		return record.Target{Share: share / 100}, nil
	}
	if strings.HasPrefix(text, "+") || strings.HasPrefix(text, "-") {
		d, err := time.ParseDuration(text)
		if err != nil {
			return record.Target{}, errors.New("as in +90s, -10m or +1h30m")
		}
		return record.Target{At: p.At.Add(d)}, nil
	}
	at, err := seekTime(text, p)
	if err != nil {
		return record.Target{}, err
	}
	return record.Target{At: at}, nil
}

// seekTime reads a time, with or without a date. One without is of the first day
// of the recording that has it.
func seekTime(text string, p record.Playing) (time.Time, error) {
	zone := p.First.Location()
	for _, layout := range []string{time.DateTime, "2006-01-02 15:04", time.RFC3339Nano} {
		if at, err := time.ParseInLocation(layout, text, zone); err == nil {
			return at, nil
		}
	}
	for _, layout := range []string{time.TimeOnly, "15:04"} {
		clock, err := time.ParseInLocation(layout, text, zone)
		if err != nil {
			continue
		}
		y, m, d := p.First.Date()
		at := time.Date(y, m, d, clock.Hour(), clock.Minute(), clock.Second(), clock.Nanosecond(), zone)
		if next := at.AddDate(0, 0, 1); at.Before(p.First.Truncate(time.Second)) && !next.After(p.Last) {
			at = next
		}
		return at, nil
	}
	return time.Time{}, errors.New("a time, a percentage, or + and how long")
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
