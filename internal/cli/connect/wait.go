package connect

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/spf13/pflag"

	"joltui/internal/cli/exit"
	"joltui/internal/cli/process"
	"joltui/internal/human"
	"joltui/jolt"
)

// The pauses between two looks for a broker that is not there yet.
const (
	firstPause = 50 * time.Millisecond
	mostPause  = time.Second
)

// WaitFlags are for commands that a script may start before the broker.
func (c *Connection) WaitFlags(fs *pflag.FlagSet) {
	fs.DurationVar(&c.wait, "wait", 0, "wait up to this long until a broker is there and lets us in; 0 fails at once")
}

// Dial connects, when a broker is there to connect to, if that is to be waited for. What
// it waits for it says to errs, once.
func (c *Connection) Dial(ctx context.Context, errs io.Writer, cfg jolt.Config) (*jolt.Client, error) {
	if err := c.Await(ctx, errs, cfg); err != nil {
		return nil, err
	}
	return dial(ctx, cfg)
}

// Await returns when a broker has let a connection in, which it gives up again: what it
// is for is told nothing of tries that fail. A refusal does not get better by waiting,
// and is the end at once.
func (c *Connection) Await(ctx context.Context, errs io.Writer, cfg jolt.Config) error {
	if c.wait == 0 {
		return nil
	}
	cfg.Handler, cfg.Trace, cfg.Topics = nil, nil, nil
	end := time.Now().Add(c.wait)
	for pause := firstPause; ; pause = min(2*pause, mostPause) {
		err := tryOnce(ctx, cfg, end)
		switch {
		case exit.Code(err) != exit.NoConnection:
			return err
		case time.Now().Add(pause).After(end):
			return &exit.Error{Code: exit.NoConnection, Err: fmt.Errorf("%w; waited %s", err, human.Duration(c.wait))}
		case pause == firstPause:
			fmt.Fprintf(errs, "joltui: waiting up to %s for a broker at %s\n", human.Duration(c.wait), cfg.Addr)
		}
		if process.Until(ctx, time.Now().Add(pause)) != nil {
			if process.TimedOut(ctx) {
				return exit.ErrTimeUp
			}
			return exit.ErrInterrupted
		}
	}
}

// tryOnce connects and hangs up.
func tryOnce(ctx context.Context, cfg jolt.Config, end time.Time) error {
	cfg.ConnectTimeout = min(Timeout(cfg), max(time.Until(end), firstPause))
	client, err := dial(ctx, cfg)
	if err != nil {
		return err
	}
	return client.Close()
}

// Quietly is where a command says what is no error.
func Quietly(quiet bool, errs io.Writer) io.Writer {
	if quiet {
		return io.Discard
	}
	return errs
}
