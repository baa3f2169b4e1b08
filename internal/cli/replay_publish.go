package cli

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"joltui/internal/human"
	"joltui/internal/load"
	"joltui/internal/record"
	"joltui/jolt"
)

// runReplayPublish publishes a recording, once all of it was found to be right.
func runReplayPublish(ctx context.Context, env Env, r replayFlags, set *record.Set) error {
	ctx, stop := interruptible(ctx)
	defer stop()
	line := stderrLine(env, r.silent)
	line.say("reading " + filesOf(set))
	all, err := r.plan(ctx, set)
	line.clear()
	if err != nil {
		return err
	}
	if all.cut {
		fmt.Fprintf(env.Stderr, "joltui: %s ends within a line, which is left out\n", filesOf(set))
	}
	if all.messages == 0 {
		return errors.New("there is nothing to publish: no message of the recording is selected")
	}
	if r.dryRun {
		return printPlan(env.Stdout, r, set, all)
	}
	cfg, err := r.conn.config(env)
	if err != nil {
		return err
	}
	p := &republisher{pace: r.pace(all), all: all, set: set, flags: r.publishFlags, gone: make(chan struct{})}
	cfg.Window, cfg.NoReconnect, cfg.Handler = r.window, true, p.handle
	client, err := dial(ctx, cfg)
	if err != nil {
		return err
	}
	defer client.Close()
	p.client = client
	err = p.run(ctx, line)
	return errors.Join(err, printPublished(env.Stdout, r, p, err))
}

// republisher publishes a recording.
type republisher struct {
	client *jolt.Client
	set    *record.Set
	flags  publishFlags
	all    *plan
	pace   pace
	took   time.Duration

	pending sync.WaitGroup
	gone    chan struct{} // closed when there is no connection any more

	mu       sync.Mutex
	outcomes load.Outcomes // without those that were not sent
	bad      error         // the first that could not be sent
	refusal  error         // the first rejection
	lost     error         // why the connection ended
}

// handle learns why the connection ended.
func (p *republisher) handle(batch []jolt.Event) {
	for _, e := range batch {
		if s, ok := e.(*jolt.StateChange); ok && s.State == jolt.Closed {
			p.mu.Lock()
			p.lost = s.Cause
			p.mu.Unlock()
			close(p.gone)
		}
	}
}

// run publishes, and returns when each outcome is known.
func (p *republisher) run(ctx context.Context, line *progressLine) error {
	begun := time.Now()
	p.pace.begun = begun
	stop := p.showProgress(line, begun)
	_, err := p.flags.selected(ctx, p.set, func(m *jolt.Message) error { return p.publish(ctx, m) })
	p.pending.Wait()
	p.took = time.Since(begun)
	stop()
	if errors.Is(err, jolt.ErrNotConnected) || p.count().Unknown > 0 {
		<-p.gone // by itself, and says why
	}
	return p.verdict(err)
}

func (p *republisher) publish(ctx context.Context, m *jolt.Message) error {
	if err := until(ctx, p.pace.due(m.At)); err != nil {
		return errInterrupted
	}
	p.pending.Add(1)
	err := p.client.Start(ctx, jolt.Request{Op: jolt.OpPublish, Topic: m.Topic, Data: m.Data}, p.answered)
	if err != nil {
		p.pending.Done()
	}
	switch {
	case errors.Is(err, jolt.ErrBadTopic), errors.Is(err, jolt.ErrInvalidUTF8):
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.bad == nil {
			p.bad = err
		}
		return nil // the others can be sent
	case ctx.Err() != nil:
		return errInterrupted
	}
	return err
}

func (p *republisher) answered(r *jolt.Reply) {
	defer p.pending.Done()
	p.mu.Lock()
	defer p.mu.Unlock()
	switch r.Outcome {
	case jolt.Acknowledged:
		p.outcomes.Acknowledged++
	case jolt.Rejected:
		p.outcomes.Rejected++
		if p.refusal == nil {
			p.refusal = r.Err
		}
	case jolt.Unknown:
		p.outcomes.Unknown++
	}
}

// count returns the outcomes so far, as if nothing more were sent.
func (p *republisher) count() load.Outcomes {
	p.mu.Lock()
	defer p.mu.Unlock()
	o := p.outcomes
	o.NotSent = p.all.messages - o.Published()
	return o
}

// verdict words what went wrong, and gives it its exit code.
func (p *republisher) verdict(err error) error {
	o := p.count()
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case errors.Is(err, errInterrupted):
		return err
	case p.lost != nil && o.Unknown+o.NotSent > 0:
		return &exitError{exitNoConnection, fmt.Errorf("the connection to %s was lost: %s; %s unknown, %s not sent",
			p.client.Addr(), human.Cause(p.lost), count(o.Unknown), count(o.NotSent))}
	case err != nil:
		return err
	case o.Rejected > 0:
		return &exitError{exitRejected, fmt.Errorf("the broker rejected %s of %s messages: %s",
			count(o.Rejected), count(p.all.messages), human.Cause(p.refusal))}
	case p.bad != nil:
		return fmt.Errorf("%s of %s messages cannot be sent: %s", count(o.NotSent), count(p.all.messages), human.Cause(p.bad))
	}
	return nil
}

// showProgress writes the line anew ten times a second, until stop is called.
func (p *republisher) showProgress(line *progressLine, begun time.Time) (stop func()) {
	quit, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(100 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-quit:
				line.clear()
				return
			case <-tick.C:
				line.say(p.progress(time.Since(begun)))
			}
		}
	}()
	return func() {
		close(quit)
		<-done
	}
}
