package cli

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"joltui/internal/publisher"
)

// pubFlags is what is to be published, and how.
type pubFlags struct {
	conn     connection
	payloads payloadFlags
	interval time.Duration
	rate     float64
	window   int
	json     bool
	quiet    bool
	silent   bool
}

func newPub(env Env) *cobra.Command {
	var p pubFlags
	cmd := &cobra.Command{
		Use:   "pub TOPIC [DATA | -]",
		Short: "Publish messages and wait for their acknowledgements",
		Long: `Publishes DATA to a topic; with - what comes on stdin, to the last byte; with
--file what is in a file. --lines makes a message of each line. It waits for every
acknowledgement and says on stderr how the messages ended. A message whose
outcome is unknown is never sent again.

With --template {{.Count}} {{.Time}} {{.UUID}} {{.Random}} in the payload are
replaced in each message; also {{.Time.Unix}}, {{.Random 1 100}} and {{if}}.

Exit codes: 0 every message was acknowledged; 1 not so, or interrupted; 2 usage;
3 the broker rejected one; 4 no connection, or lost.`,
		Example: `  joltui pub orders.eu '{"id":1,"status":"new"}'
  joltui pub orders.eu --file order.json
  tail -f orders.log | joltui pub orders.eu --lines
  joltui pub load --count 1000 --rate 50 --template '{"n":{{.Count}},"at":"{{.Time}}"}'`,
		Args: func(c *cobra.Command, args []string) error {
			switch {
			case len(args) == 0:
				return usageError("%s needs a topic; see %[1]s --help", c.CommandPath())
			case len(args) > 2:
				return usageError("%s takes one topic and one payload, but got %d arguments: quote a payload with blanks in it", c.CommandPath(), len(args))
			}
			return nil
		},
		ValidArgsFunction: completeTopics(1),
		RunE: p.conn.settled(env, func(cmd *cobra.Command, args []string) error {
			return runPub(cmd.Context(), env, p, args)
		}),
	}
	cmd.Flags().SortFlags = false
	p.flags(cmd.Flags())
	return cmd
}

func (p *pubFlags) flags(fs *pflag.FlagSet) {
	p.payloads.flags(fs)
	fs.DurationVarP(&p.interval, "interval", "i", 0, "from one message to the next")
	fs.Float64Var(&p.rate, "rate", 0, "messages a second; 0 is as fast as the broker acknowledges")
	fs.IntVar(&p.window, "window", 100, "how many messages may be on their way, where there are several")
	fs.BoolVar(&p.json, "json", false, "print how the messages ended as a line of JSON on stdout")
	fs.BoolVarP(&p.quiet, "quiet", "q", false, "say nothing on stderr but errors")
	fs.BoolVar(&p.silent, "no-progress", false, "show no progress; there is none where stderr is no terminal")
	p.conn.flags(fs)
	p.conn.publishFlags(fs)
}

func (p *pubFlags) check() error {
	switch {
	case p.interval < 0:
		return usageError("--interval %s must not be negative", p.interval)
	case p.rate < 0:
		return usageError("--rate %v must not be negative", p.rate)
	case p.rate > 0 && p.interval > 0:
		return usageError("--rate and --interval exclude each other")
	case p.window < 1 || p.window > 100_000:
		return usageError("--window %d must be from 1 to 100000", p.window)
	case p.conn.readOnly:
		return errReadOnly
	}
	return p.conn.check()
}

// every is the time from one message to the next; 0 is none.
func (p *pubFlags) every() time.Duration {
	if p.rate > 0 {
		return time.Duration(float64(time.Second) / p.rate)
	}
	return p.interval
}

func runPub(ctx context.Context, env Env, p pubFlags, args []string) error {
	if err := p.check(); err != nil {
		return err
	}
	if topic := args[0]; topic == "" || invalidAt(topic) >= 0 {
		return usageError("the topic is empty, or not valid UTF-8")
	}
	payloads, err := p.payloads.open(env, args[1:])
	if err != nil {
		return err
	}
	defer payloads.Close()
	cfg, err := p.conn.config(env)
	if err != nil {
		return err
	}
	cfg.NoReconnect = true
	if !payloads.single {
		cfg.Window = p.window
	}
	ctx, stop := interruptible(ctx)
	defer stop()
	total := newTally(p, env, args[0], payloads.total)
	cfg.Handler = total.Handle
	client, err := dial(ctx, cfg)
	if err != nil {
		return err
	}
	defer client.Close()
	total.Use(client)
	settle := total.line.keep(total.progress)
	err = publishAll(ctx, total.Publisher, args[0], payloads, p.every())
	client.Close() // what has no outcome by now has none
	settle()
	return errors.Join(total.verdict(ctx, cfg.Addr, err), total.print())
}

// publishAll publishes until there is no more, and waits for all outcomes.
func publishAll(ctx context.Context, p *publisher.Publisher, topic string, payloads *payloads, every time.Duration) error {
	defer p.Wait(ctx)
	begun := time.Now()
	for n := 0; ; n++ {
		if err := until(ctx, begun.Add(time.Duration(n)*every)); err != nil {
			return nil
		}
		data, err := payloads.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if p.Publish(ctx, publisher.Message{Topic: topic, Data: data}) != nil {
			return nil // its outcome tells
		}
	}
}

// until waits for a time, which may be past.
func until(ctx context.Context, t time.Time) error {
	wait := time.Until(t)
	if wait <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
