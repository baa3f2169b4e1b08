package watches

import (
	"errors"
	"math"
	"strings"
	"time"

	"joltui/internal/feed"
	"joltui/internal/printable"
	"joltui/ui/views/kit"
)

// lastMinute returns the heights of a sparkline of the last minute, at most so many, each
// for equally many seconds: the mean of the numbers, scaled from the lowest of these means
// up; if there are no numbers, how many values there were.
func lastMinute(w *feed.Watch, now time.Time, cells int) []float64 {
	const minute = 60 * time.Second
	cells = wholeCells(cells)
	first := now.Truncate(time.Second).Add(time.Second - minute)
	sums := make([]feed.Point, cells)
	for _, p := range w.Points() {
		if at := p.At.Sub(first); at >= 0 && at < minute {
			sum := &sums[int(at)*cells/int(minute)]
			sum.Values += p.Values
			sum.Numbers += p.Numbers
			if p.Numbers > 0 {
				sum.Mean += (p.Mean - sum.Mean) * (float64(p.Numbers) / float64(sum.Numbers))
			}
		}
	}
	return heights(sums)
}

// heights returns the heights of a sparkline, as lastMinute has them. A height above 0
// shows.
func heights(sums []feed.Point) []float64 {
	low, high := math.Inf(1), math.Inf(-1)
	for _, p := range sums {
		if p.Numbers > 0 {
			low, high = min(low, p.Mean), max(high, p.Mean)
		}
	}
	values := make([]float64, len(sums))
	for i, p := range sums {
		switch {
		case p.Numbers == 0 && low > high:
			values[i] = float64(p.Values)
		case p.Numbers > 0 && low == high:
			values[i] = 1
		case p.Numbers > 0:
			values[i] = 0.1 + 0.9*(p.Mean-low)/(high-low)
		}
	}
	return values
}

// Question asks for a field of the messages on topic, "" for all topics. It completes to
// paths. accept is called with the answer.
func Question(topic string, paths []string, accept func(feed.Field) kit.Intent) kit.Question {
	label := "watch in all topics: "
	if topic != "" {
		label = "watch in " + printable.Name(topic, 30) + ": "
	}
	return kit.Question{
		Label: label,
		Hint:  ".order.amount, or .order.amount in orders.*",
		Check: func(text string) error {
			_, err := feed.ParseField(text, topic)
			return err
		},
		Accept: func(text string) kit.Intent {
			field, err := feed.ParseField(text, topic)
			if err != nil {
				return nil
			}
			return accept(field)
		},
		Suggest: func(text string) []string {
			var found []string
			for _, path := range paths {
				if strings.HasPrefix(path, text) {
					found = append(found, path)
				}
			}
			return found
		},
	}
}

// ParseAlert reads a field and a threshold for it: .amount > 100, or .status in orders.* ==
// "failed". topic is that of a field that names none, "" for all. The error is one line.
func ParseAlert(text, topic string) (field feed.Field, when feed.Threshold, err error) {
	err = errors.New(`after the field comes what is to be told, as in .amount > 100`)
	for i := range text {
		rest := strings.TrimSpace(text[i:])
		if i == 0 || !begins(rest) {
			continue
		}
		if field, err = feed.ParseField(text[:i], topic); err != nil {
			continue
		}
		if when, err = feed.ParseThreshold(rest); err == nil {
			return field, when, nil
		}
		return field, when, err
	}
	return field, when, err
}

// begins reports whether a text begins as a threshold does.
func begins(text string) bool {
	for _, sign := range []string{">", "<", "==", "!=", "=", "absent"} {
		if strings.HasPrefix(text, sign) {
			return true
		}
	}
	return false
}

// SuggestAlerts completes the field of an alert to one of paths. The rest is for the user to
// say.
func SuggestAlerts(text string, paths []string) (all []string) {
	for _, path := range paths {
		if strings.HasPrefix(path, text) {
			all = append(all, path+" ")
		}
	}
	return all
}

// thresholdQuestion asks for the threshold of a watch, beginning with its current one.
func thresholdQuestion(w *feed.Watch) kit.Question {
	return kit.Question{
		Label: "alert when " + printable.Prefix(w.Field().Path, 30) + " is ",
		Hint:  `> 100, == "failed", absent for 30s; nothing for no alert`,
		Text:  w.Threshold().String(),
		Check: func(text string) error {
			_, err := feed.ParseThreshold(text)
			return err
		},
		Advise: func(text string) string {
			t, err := feed.ParseThreshold(text)
			if err != nil {
				return ""
			}
			return w.Doubt(t)
		},
		Accept: func(text string) kit.Intent {
			t, err := feed.ParseThreshold(text)
			if err != nil {
				return nil
			}
			return SetThreshold{w, t}
		},
	}
}
