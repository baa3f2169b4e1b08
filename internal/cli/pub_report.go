package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/internal/publisher"
	"joltui/jolt"
)

// tally tells how published messages end, and shows it while they do.
type tally struct {
	*publisher.Publisher
	env         Env
	json, quiet bool
	topic       string
	total       int // messages there will be; 0 is not known
	line        *progressLine
	begun       time.Time
}

func newTally(p pubFlags, env Env, topic string, total int) *tally {
	return &tally{Publisher: publisher.New(), env: env, json: p.json, quiet: p.quiet, topic: printable.Line(topic),
		total: total, begun: time.Now(), line: stderrLine(env, p.silent || p.quiet || total == 1)}
}

// progress is the line that shows how far publishing is.
func (t *tally) progress() string {
	o := t.Progress()
	text := human.Count(uint64(o.Sum()))
	if t.total > 0 {
		text += fmt.Sprintf(" of %s  %3d %%", human.Count(uint64(t.total)), 100*o.Sum()/int64(t.total))
	}
	rate := float64(o.Sum()) / max(time.Since(t.begun).Seconds(), 0.001)
	return fmt.Sprintf("%s  %s/s  %s", text, whole(rate), outcomeWords(o.Outcomes))
}

// outcomeWords are the outcomes that there were.
func outcomeWords(all publisher.Outcomes) string {
	var words []string
	for _, o := range []jolt.Outcome{jolt.Acknowledged, jolt.Rejected, jolt.Unknown, jolt.NotSent} {
		if n := all.Of(o); n > 0 || o == jolt.Acknowledged {
			words = append(words, fmt.Sprintf("%s %s %s", human.Sign(o), human.Count(uint64(n)), o))
		}
	}
	return strings.Join(words, "  ")
}

// verdict is the error of the whole: the broker's refusal before all else.
func (t *tally) verdict(ctx context.Context, addr string, err error) error {
	o := t.Progress()
	var rejected *jolt.RejectedError
	switch {
	case errors.As(o.Refusal, &rejected):
		return &exitError{exitRejected, refusal(rejected)}
	case err != nil:
		return err
	case ctx.Err() != nil:
		return errInterrupted
	case o.Fault != nil:
		return &exitError{exitNoConnection, fmt.Errorf("the connection to %s was lost: %s", addr, human.Cause(o.Fault))}
	case o.Bad != nil:
		return usageError("%s of the messages are not valid UTF-8, which the protocol needs", human.Count(uint64(o.NotSent)))
	}
	return nil
}

// pubReport is the JSON of how the messages ended.
type pubReport struct {
	Topic        string  `json:"topic"`
	Acknowledged int64   `json:"acknowledged"`
	Rejected     int64   `json:"rejected"`
	Unknown      int64   `json:"unknown"`
	NotSent      int64   `json:"not_sent"`
	Seconds      float64 `json:"seconds"`
}

// print says how the messages ended: on stdout as JSON, else on stderr.
func (t *tally) print() error {
	o, took := t.Progress(), time.Since(t.begun)
	switch {
	case t.json:
		return json.NewEncoder(t.env.Stdout).Encode(pubReport{t.topic, o.Acknowledged, o.Rejected, o.Unknown, o.NotSent, took.Seconds()})
	case t.quiet:
		return nil
	case o.Sum() == 1 && o.Acknowledged == 1:
		fmt.Fprintf(t.env.Stderr, "✓ acknowledged by the broker in %s\n", human.Duration(o.Latency))
	default:
		fmt.Fprintf(t.env.Stderr, "%s in %s\n", outcomeWords(o.Outcomes), human.Duration(took))
	}
	return nil
}
