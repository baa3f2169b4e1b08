package pub

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"joltui/internal/cli/arg"
	"joltui/internal/cli/complete"
	"joltui/internal/cli/connect"
	"joltui/internal/cli/exit"
	"joltui/internal/cli/payload"
	"joltui/internal/cli/process"
	"joltui/internal/publisher"
)

// flags is what is to be published, and how.
type flags struct {
	conn     connect.Connection
	payloads payload.Flags
	interval time.Duration
	rate     float64
	window   int
	timeout  time.Duration
	again    bool
	json     bool
	quiet    bool
	silent   bool
}

// New returns the command joltui pub.
func New(env process.Env) *cobra.Command {
	var p flags
	cmd := &cobra.Command{
		Use:   "pub TOPIC [DATA | -]",
		Short: "Publish messages and wait for their acknowledgements",
		Long: `Publishes DATA to a topic; with - what comes on stdin, to the last byte; with
--file what is in a file. --lines makes a message of each line; --json-lines takes
what joltui sub --json prints, and publishes each line to its own topic. It waits for
every acknowledgement and says on stderr how the messages ended. A message whose
outcome is unknown is never sent again.

Where it ends early it says which line was the last acknowledged, which were
refused and which have no known outcome, and from which on none was sent: go on there
with --from-line. With --json all that is in "lines". With --reconnect a lost
connection is made again, and what was not sent is sent then; without it, it is the end.

With --expand {{.Count}} {{.Time}} {{.UUID}} {{.Random}} in the payload are
replaced in each message; also {{.Time.Unix}}, {{.Random 1 100}} and {{if}}.

Exit codes: 0 every message was acknowledged; 1 not so, or interrupted; 2 usage;
3 the broker rejected one; 4 no connection, or lost, or an outcome is unknown;
124 the time of --timeout was up.`,
		Example: `  joltui pub orders.eu '{"id":1,"status":"new"}'
  joltui pub orders.eu --file order.json
  tail -f orders.log | joltui pub orders.eu --lines --reconnect
  joltui pub orders.eu --lines --file orders.log --from-line 91
  joltui sub orders.eu --json | joltui pub --json-lines --host 10.0.0.7
  joltui pub load --count 1000 --rate 50 --expand '{"n":{{.Count}},"at":"{{.Time}}"}'`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) > 2 {
				return exit.Usagef("%s takes one topic and one payload, but got %d arguments: quote a payload with blanks in it", c.CommandPath(), len(args))
			}
			return nil
		},
		ValidArgsFunction: complete.Topics(1),
		RunE: p.conn.Settled(env, func(cmd *cobra.Command, args []string) error {
			return run(cmd.Context(), env, p, args)
		}),
	}
	cmd.Flags().SortFlags = false
	p.flags(cmd.Flags())
	return cmd
}

func (p *flags) flags(fs *pflag.FlagSet) {
	p.payloads.Flags(fs)
	fs.DurationVarP(&p.interval, "interval", "i", 0, "from one message to the next")
	arg.RateFlag(fs, func(v float64) error { p.rate = v; return nil })
	fs.IntVar(&p.window, "window", arg.StandardWindow, arg.WindowUsage)
	fs.DurationVar(&p.timeout, "timeout", 0, arg.TimeoutUsage)
	fs.BoolVar(&p.again, "reconnect", false, "make a lost connection again and go on; never sends a message twice")
	fs.BoolVar(&p.json, "json", false, "print how the messages ended as a line of JSON on stdout")
	fs.BoolVarP(&p.quiet, "quiet", "q", false, arg.QuietUsage)
	fs.BoolVar(&p.silent, "no-progress", false, arg.SilentUsage)
	p.conn.TraceFlag(fs)
	p.conn.WaitFlags(fs)
	p.conn.Flags(fs)
	p.conn.PublishFlags(fs)
}

func (p *flags) check() error {
	switch {
	case p.interval < 0:
		return exit.Usagef("--interval %s must not be negative", p.interval)
	case p.rate > 0 && p.interval > 0:
		return exit.Usagef("--rate and --interval exclude each other")
	case p.timeout < 0:
		return exit.Usagef("--timeout %s must not be negative", p.timeout)
	case p.conn.ReadOnly:
		return connect.ErrReadOnly
	}
	return errors.Join(arg.CheckWindow(p.window), p.conn.Check())
}

// every is the time from one message to the next; 0 is none.
func (p *flags) every() time.Duration {
	if p.rate > 0 {
		return time.Duration(float64(time.Second) / p.rate)
	}
	return p.interval
}

func run(ctx context.Context, env process.Env, p flags, args []string) error {
	if err := p.check(); err != nil {
		return err
	}
	payloads, err := p.payloads.Open(env, args)
	if err != nil {
		return err
	}
	defer payloads.Close()
	cfg, err := p.conn.Config(env)
	if err != nil {
		return err
	}
	if !payloads.Single {
		cfg.Window = p.window
	}
	ctx, stop := process.Interruptible(ctx)
	defer stop()
	ctx, cancel := process.Limited(ctx, p.timeout)
	defer cancel()
	total := newTally(ctx, p, env, args, payloads, cfg.Addr)
	cfg.NoReconnect, cfg.Handler = !p.again, total.handle
	p.conn.Traced(&cfg, env.Stderr)
	client, err := p.conn.Dial(ctx, connect.Quietly(p.quiet, env.Stderr), cfg)
	if err != nil {
		return err
	}
	defer client.Close()
	total.Use(client)
	settle := total.line.Keep(total.progress)
	err = publishAll(ctx, total.Publisher, payloads, p.every())
	client.Close() // what has no outcome by now has none
	settle()
	err = total.verdict(ctx, cfg.Addr, err)
	return errors.Join(err, total.print(err))
}

// errGone ends a stream that there is no connection for any more.
var errGone = errors.New("the connection is gone")

// publishAll publishes until there is no more, and waits for all outcomes. Where the
// connection ends it does so as well, at once: also while the next line is waited for.
func publishAll(ctx context.Context, p *publisher.Publisher, payloads *payload.Messages, every time.Duration) error {
	defer p.Wait(ctx)
	reading, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		select {
		case <-p.Gone():
			cancel()
		case <-reading.Done():
		}
	}()
	begun := time.Now()
	for n := 0; ; n++ {
		err := process.Until(reading, begun.Add(time.Duration(n)*every))
		var m publisher.Message
		if err == nil {
			m, err = payloads.Next(reading)
		}
		switch {
		case errors.Is(err, io.EOF), ctx.Err() != nil:
			return nil
		case reading.Err() != nil:
			return errGone
		case err != nil:
			return err
		}
		if p.Publish(ctx, m) != nil {
			return nil // its outcome tells
		}
	}
}
