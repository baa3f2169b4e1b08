package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"joltui/internal/human"
	"joltui/internal/publisher"
	"joltui/internal/record"
	"joltui/jolt"
)

// runReplayPublish publishes a recording, once all of it was found to be right.
func runReplayPublish(ctx context.Context, env Env, r replayFlags, set *record.Set) error {
	ctx, stop := interruptible(ctx)
	defer stop()
	line := stderrLine(env, r.silent || r.quiet)
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
	p := &republisher{Publisher: publisher.New(ctx), addr: cfg.Addr, pace: r.pace(all), all: all, set: set, flags: r.publishFlags}
	cfg.Window, cfg.NoReconnect, cfg.Handler = r.window, true, p.Handle
	client, err := r.conn.dial(ctx, quietly(r.quiet, env.Stderr), cfg)
	if err != nil {
		return err
	}
	defer client.Close()
	p.Use(client)
	err = p.run(ctx, client, line)
	return errors.Join(err, printPublished(env, r, p, err))
}

// republisher publishes a recording.
type republisher struct {
	*publisher.Publisher
	addr  string
	set   *record.Set
	flags publishFlags
	all   *plan
	pace  pace
	took  time.Duration
}

// run publishes, and returns when each outcome is known.
func (p *republisher) run(ctx context.Context, client *jolt.Client, line *progressLine) error {
	begun := time.Now()
	p.pace.begun = begun
	stop := line.keep(func() string { return p.progress(time.Since(begun)) })
	_, err := p.flags.selected(ctx, p.set, func(m *jolt.Message) error { return p.publish(ctx, m) })
	p.Wait(ctx)
	if ctx.Err() != nil {
		client.Close() // what has no outcome by now has none
	}
	p.took = time.Since(begun)
	stop()
	if errors.Is(err, jolt.ErrNotConnected) || p.count().Unknown > 0 {
		<-p.Gone() // by itself, and says why
	}
	return p.verdict(err)
}

func (p *republisher) publish(ctx context.Context, m *jolt.Message) error {
	if err := until(ctx, p.pace.due(m.At)); err != nil {
		return errInterrupted
	}
	err := p.Publish(ctx, publisher.Message{Topic: m.Topic, Data: m.Data})
	if ctx.Err() != nil {
		return errInterrupted
	}
	return err
}

// count returns the outcomes so far, as if nothing more were sent.
func (p *republisher) count() publisher.Outcomes {
	o := p.Progress().Outcomes
	o.NotSent = p.all.messages - o.Published()
	return o
}

// verdict words what went wrong, and gives it its exit code.
func (p *republisher) verdict(err error) error {
	o, known, lost := p.count(), p.Progress(), p.Lost()
	switch {
	case errors.Is(err, errInterrupted):
		return err
	case o.Rejected > 0: // before a connection that was lost because of it
		text := fmt.Sprintf("the broker rejected %s of %s messages: %s", count(o.Rejected), count(p.all.messages), human.Cause(known.Refusal))
		if lost != nil && o.Unknown+o.NotSent > 0 {
			text += fmt.Sprintf("; then the connection was lost: %s unknown, %s not sent", count(o.Unknown), count(o.NotSent))
		}
		return &exitError{exitRejected, errors.New(text)}
	case lost != nil && o.Unknown+o.NotSent > 0:
		return &exitError{exitNoConnection, fmt.Errorf("the connection to %s was lost: %s; %s unknown, %s not sent",
			p.addr, human.Cause(lost), count(o.Unknown), count(o.NotSent))}
	case err != nil:
		return err
	case known.Bad != nil:
		return fmt.Errorf("%s of %s messages cannot be sent: %s", count(o.NotSent), count(p.all.messages), human.Cause(known.Bad))
	}
	return nil
}
