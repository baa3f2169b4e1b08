package repeat

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Plan says how often to do something, and how fast.
type Plan struct {
	Times uint64        // 0: until stopped
	Every time.Duration // 0: as soon as start returns
	// KeepGoing asks not to stop at the first failure. The caller of Run decides what a
	// failure is.
	KeepGoing bool
}

// errGrammar says what a plan looks like.
var errGrammar = errors.New("say how often: 100, every 500ms, 100 every 50ms or 1000 at 200/s, then keep going to go on after a rejection")

// Parse parses a plan in words: 100, every 500ms, 100 every 50ms, 1000 at 200/s. The words
// "keep going" may follow. The error is one line.
func Parse(text string) (Plan, error) {
	var p Plan
	words := strings.Fields(strings.ReplaceAll(text, ",", " ,"))
	if n := len(words); n > 2 && words[n-2] == "keep" && words[n-1] == "going" {
		p.KeepGoing = true
		words = words[:n-2]
		if words[n-3] == "," {
			words = words[:n-3]
		}
	}
	if len(words) == 1 || len(words) == 3 {
		n, err := strconv.ParseUint(words[0], 10, 64)
		if err != nil || n == 0 {
			return Plan{}, fmt.Errorf("%q is not how many times: a number from 1 on, such as 100", words[0])
		}
		p.Times = n
		words = words[1:]
	}
	var err error
	switch {
	case len(words) == 0 && p.Times > 0:
	case len(words) == 2 && words[0] == "every":
		p.Every, err = parseEvery(words[1])
	case len(words) == 2 && words[0] == "at":
		p.Every, err = parseRate(words[1])
	default:
		err = errGrammar
	}
	if err != nil {
		return Plan{}, err
	}
	return p, nil
}

func parseEvery(text string) (time.Duration, error) {
	d, err := time.ParseDuration(text)
	switch {
	case err != nil:
		return 0, fmt.Errorf("%q is no time: give it a unit, such as 500ms, 2s or 1m", text)
	case d < time.Microsecond:
		return 0, fmt.Errorf("every %s is too often: at least 1µs", text)
	}
	return d, nil
}

func parseRate(text string) (time.Duration, error) {
	digits, perSecond := strings.CutSuffix(text, "/s")
	n, err := strconv.ParseFloat(digits, 64)
	const most = float64(time.Second / time.Microsecond)
	if !perSecond || err != nil || !(n >= 0.001) || n > most {
		return 0, fmt.Errorf("%q is no rate: from 0.001/s to 1000000/s, such as 200/s", text)
	}
	return time.Duration(float64(time.Second) / n), nil
}

// String returns the plan in the words that Parse parses.
func (p Plan) String() string {
	var words []string
	if p.Times > 0 {
		words = append(words, strconv.FormatUint(p.Times, 10))
	}
	if p.Every > 0 {
		words = append(words, "every "+p.Every.String())
	}
	if p.KeepGoing {
		words = append(words, "keep going")
	}
	return strings.Join(words, " ")
}

// maxCatchUp is the longest delay that is made up for. After a longer one the plan goes on
// at its pace, without a burst.
const maxCatchUp = 100 * time.Millisecond

// Run calls start with the numbers 1, 2, … when each is due. It returns how often start was
// called without an error and, if that is less than planned, why: the cause of the end of
// ctx, or the error of start.
func (p Plan) Run(ctx context.Context, start func(ctx context.Context, n uint64) error) (started uint64, err error) {
	due := time.Now()
	for ; p.Times == 0 || started < p.Times; started++ {
		if err := sleepUntil(ctx, due); err != nil {
			return started, err
		}
		if err := start(ctx, started+1); err != nil {
			return started, err
		}
		if due = due.Add(p.Every); time.Since(due) > maxCatchUp {
			due = time.Now()
		}
	}
	return started, nil
}

func sleepUntil(ctx context.Context, at time.Time) error {
	if wait := time.Until(at); wait > 0 {
		timer := time.NewTimer(wait)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
		}
	}
	return context.Cause(ctx)
}
