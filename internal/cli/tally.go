package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/jolt"
)

// tally counts how published messages ended, and shows it while they do.
type tally struct {
	json, quiet bool
	topic       string
	total       int // messages there will be; 0 is not known
	errs        io.Writer
	line        *progressLine

	mu       sync.Mutex
	begun    time.Time
	shown    time.Time
	latency  time.Duration // of the latest reply
	started  int
	outcomes [jolt.NotSent + 1]int
	refusal  error // the first
	fault    error // the first that is no refusal
	idle     chan struct{}
}

func newTally(p pubFlags, env Env, topic string, total int) *tally {
	t := &tally{json: p.json, quiet: p.quiet, topic: printable.Line(topic), total: total, errs: env.Stderr,
		begun: time.Now(), idle: make(chan struct{}, 1)}
	t.line = stderrLine(env, p.silent || p.quiet || total == 1)
	return t
}

// begin counts a message that is about to be published.
func (t *tally) begin() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.started++
}

// ended takes the outcome of a message, on the client's goroutine.
func (t *tally) ended(r *jolt.Reply) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.latency = r.Latency()
	t.settle(r.Outcome, r.Err)
}

// notSent takes the error of a message that the client did not take.
func (t *tally) notSent(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.settle(jolt.NotSent, err)
}

func (t *tally) settle(outcome jolt.Outcome, err error) {
	t.outcomes[outcome]++
	var rejected *jolt.RejectedError
	switch {
	case err == nil:
	case errors.As(err, &rejected):
		if t.refusal == nil {
			t.refusal = refusal(rejected)
		}
	case t.fault == nil:
		t.fault = err
	}
	if t.settled() == t.started {
		select {
		case t.idle <- struct{}{}:
		default:
		}
	}
	t.show()
}

// settled is how many messages have their outcome.
func (t *tally) settled() int {
	sum := 0
	for _, n := range t.outcomes {
		sum += n
	}
	return sum
}

// wait returns when every message has its outcome. The client sees to it that
// each gets one.
func (t *tally) wait(ctx context.Context) error {
	for {
		t.mu.Lock()
		done := t.settled() == t.started
		t.mu.Unlock()
		if done {
			return nil
		}
		select {
		case <-t.idle:
		case <-ctx.Done():
			return nil
		}
	}
}

// show writes the progress, ten times a second.
func (t *tally) show() {
	const often = 100 * time.Millisecond
	now := time.Now()
	if t.line.w == nil || now.Sub(t.shown) < often {
		return
	}
	t.shown = now
	settled := t.settled()
	text := human.Count(uint64(settled))
	if t.total > 0 {
		text += fmt.Sprintf(" of %s  %3d %%", human.Count(uint64(t.total)), 100*settled/t.total)
	}
	rate := float64(settled) / max(now.Sub(t.begun).Seconds(), 0.001)
	t.line.write(fmt.Sprintf("%s  %s/s  %s", text, whole(rate), strings.Join(t.words(), "  ")))
}

// words are the outcomes that there were.
func (t *tally) words() []string {
	var words []string
	for _, o := range []jolt.Outcome{jolt.Acknowledged, jolt.Rejected, jolt.Unknown, jolt.NotSent} {
		if n := t.outcomes[o]; n > 0 || o == jolt.Acknowledged {
			words = append(words, fmt.Sprintf("%s %s %s", human.Sign(o), human.Count(uint64(n)), o))
		}
	}
	return words
}

// verdict is the error of the whole: the broker's refusal before all else.
func (t *tally) verdict(ctx context.Context, addr string, err error) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.line.clear()
	switch {
	case t.refusal != nil:
		return &exitError{exitRejected, t.refusal}
	case err != nil:
		return err
	case ctx.Err() != nil:
		return errInterrupted
	case errors.Is(t.fault, jolt.ErrInvalidUTF8):
		return usageError("%s of the messages are not valid UTF-8, which the protocol needs", human.Count(uint64(t.outcomes[jolt.NotSent])))
	case t.fault != nil:
		return &exitError{exitNoConnection, fmt.Errorf("the connection to %s was lost: %s", addr, human.Cause(t.fault))}
	}
	return nil
}

// pubReport is the JSON of how the messages ended.
type pubReport struct {
	Topic        string  `json:"topic"`
	Acknowledged int     `json:"acknowledged"`
	Rejected     int     `json:"rejected"`
	Unknown      int     `json:"unknown"`
	NotSent      int     `json:"not_sent"`
	Seconds      float64 `json:"seconds"`
}

// print says how the messages ended: on stdout as JSON, else on stderr.
func (t *tally) print(env Env) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	took := time.Since(t.begun)
	switch {
	case t.json:
		return json.NewEncoder(env.Stdout).Encode(pubReport{t.topic, t.outcomes[jolt.Acknowledged], t.outcomes[jolt.Rejected],
			t.outcomes[jolt.Unknown], t.outcomes[jolt.NotSent], took.Seconds()})
	case t.quiet:
		return nil
	case t.started == 1 && t.outcomes[jolt.Acknowledged] == 1:
		fmt.Fprintf(t.errs, "✓ acknowledged by the broker in %s\n", human.Duration(t.latency))
	default:
		fmt.Fprintf(t.errs, "%s in %s\n", strings.Join(t.words(), "  "), human.Duration(took))
	}
	return nil
}
