package frame

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"joltui/internal/record"
	"joltui/ui/views/kit"
)

// GoToQuestion asks where to go in a recording that is played as p says.
func GoToQuestion(p record.Playing, accept func(record.Target) kit.Intent) kit.Question {
	return kit.Question{
		Label: "go to ",
		Hint:  "12:03:04, 2026-01-02 12:03:04, 25%, +10m or -30s",
		Check: func(text string) error {
			_, err := ParseTarget(text, p)
			return err
		},
		Accept: func(text string) kit.Intent {
			t, err := ParseTarget(text, p)
			if err != nil {
				return nil
			}
			return accept(t)
		},
	}
}

// ParseTarget parses a position in a recording: a time, a percentage, or a duration from
// the current position.
func ParseTarget(text string, p record.Playing) (record.Target, error) {
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

// seekTime parses a time, with or without a date. One without a date is on the first day
// of the recording that includes it.
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
