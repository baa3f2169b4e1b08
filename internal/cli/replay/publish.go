package replay

import (
	"context"
	"errors"
	"fmt"
	"time"

	"joltui/internal/cli/connect"
	"joltui/internal/cli/exit"
	"joltui/internal/cli/figures"
	"joltui/internal/cli/process"
	"joltui/internal/human"
	"joltui/internal/publisher"
	"joltui/internal/record"
	"joltui/jolt"
)

// runPublish publishes a recording, once all of it was found to be right.
func runPublish(ctx context.Context, env process.Env, r flags, set *record.Set) error {
	ctx, stop := process.Interruptible(ctx)
	defer stop()
	line := process.NewProgressLine(env, r.silent || r.quiet)
	line.Say("reading " + filesOf(set))
	all, err := r.plan(ctx, set)
	line.Clear()
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
	cfg, err := r.conn.Config(env)
	if err != nil {
		return err
	}
	p := &republisher{Publisher: publisher.New(ctx), addr: cfg.Addr, pace: r.pace(all), all: all, set: set, flags: r.publishFlags}
	cfg.Window, cfg.NoReconnect, cfg.Handler = r.window, true, p.Handle
	client, err := r.conn.Dial(ctx, connect.Quietly(r.quiet, env.Stderr), cfg)
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
func (p *republisher) run(ctx context.Context, client *jolt.Client, line *process.ProgressLine) error {
	begun := time.Now()
	p.pace.begun = begun
	stop := line.Keep(func() string { return p.progress(time.Since(begun)) })
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
	if err := process.Until(ctx, p.pace.due(m.At)); err != nil {
		return exit.ErrInterrupted
	}
	err := p.Publish(ctx, publisher.Message{Topic: m.Topic, Data: m.Data})
	if ctx.Err() != nil {
		return exit.ErrInterrupted
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
	case errors.Is(err, exit.ErrInterrupted):
		return err
	case o.Rejected > 0: // before a connection that was lost because of it
		text := fmt.Sprintf("the broker rejected %s of %s messages: %s", figures.Count(o.Rejected), figures.Count(p.all.messages), human.Cause(known.Refusal))
		if lost != nil && o.Unknown+o.NotSent > 0 {
			text += fmt.Sprintf("; then the connection was lost: %s unknown, %s not sent", figures.Count(o.Unknown), figures.Count(o.NotSent))
		}
		return &exit.Error{Code: exit.Rejected, Err: errors.New(text)}
	case lost != nil && o.Unknown+o.NotSent > 0:
		return &exit.Error{Code: exit.NoConnection, Err: fmt.Errorf("the connection to %s was lost: %s; %s unknown, %s not sent",
			p.addr, human.Cause(lost), figures.Count(o.Unknown), figures.Count(o.NotSent))}
	case err != nil:
		return err
	case known.Bad != nil:
		return fmt.Errorf("%s of %s messages cannot be sent: %s", figures.Count(o.NotSent), figures.Count(p.all.messages), human.Cause(known.Bad))
	}
	return nil
}
