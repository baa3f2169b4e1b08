package dashboard

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"joltui/internal/record"
	"joltui/jolt"
	"joltui/ui"
	"joltui/ui/loop"
)

// Play plays a recording, faster by so many steps, to a dashboard, which looks as o says,
// until the user leaves it.
func Play(ctx context.Context, t Terminal, o ui.Options, set *record.Set, faster int) error {
	player, err := record.NewPlayer(set)
	if err != nil {
		return err
	}
	player.Faster(faster)
	ctx, signals, cancel := catchSignals(ctx)
	defer cancel()
	guard := loop.NewGuard(ctx)
	around := surround(t, guard, signals, cancel, Session{}, &o)
	defer around.leave(t)
	client := new(noBroker)
	o.Player, o.Client, o.Addr = player, client, filepath.Base(set.Paths()[0])
	model := ui.New(o)
	program := newProgram(t, guard, model, around.shown, cancel)
	watchJobs(ctx, guard.Go, around.shown.Released, program.Send)
	send := t.Hooks.send(program.Send)
	client.told = func(r *jolt.Reply) { send(loop.Batch{Events: []jolt.Event{r}}) }

	// A send returns when the program has taken what it was sent, and so the
	// player is as fast as the program, and nothing is dropped.
	done := make(chan struct{}, 2)
	work := func(f func()) {
		guard.Go(func() {
			defer func() { done <- struct{}{} }()
			f()
		})
	}
	work(func() { player.Run(ctx, func(s record.Stretch) { send(s) }) })
	work(func() { _ = player.Scan(ctx) }) // what cannot be read, playing comes upon too
	_, err = guard.Run(program)
	cancel()
	<-done
	<-done
	if err != nil {
		return fmt.Errorf("the dashboard ended: %w", err)
	}
	return nil
}

var errRecording = errors.New("this is a recording, there is no broker")

// noBroker stands in for a client where there is nothing to ask anything of.
type noBroker struct {
	told func(*jolt.Reply) // each outcome
}

// Do refuses.
func (n *noBroker) Do(_ context.Context, r jolt.Request) (*jolt.Reply, error) {
	r.Pass = ""
	reply := &jolt.Reply{At: time.Now(), Request: r, Outcome: jolt.NotSent, Err: errRecording}
	n.told(reply)
	return reply, errRecording
}

// Start refuses.
func (n *noBroker) Start(ctx context.Context, r jolt.Request, _ func(*jolt.Reply)) error {
	_, err := n.Do(ctx, r)
	return err
}

// Forget has nothing to forget.
func (n *noBroker) Forget(string) {}
