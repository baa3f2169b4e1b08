package sub

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"joltui/internal/cli/arg"
	"joltui/internal/cli/complete"
	"joltui/internal/cli/connect"
	"joltui/internal/cli/exit"
	"joltui/internal/cli/payload"
	"joltui/internal/cli/process"
	"joltui/internal/human"
	"joltui/internal/publisher"
	"joltui/jolt"
)

// reqFlags is a question and how its answer is printed.
type reqFlags struct {
	sub   flags
	file  string
	reply string
}

// NewReq returns the command joltui req.
func NewReq(env process.Env) *cobra.Command {
	var r reqFlags
	cmd := &cobra.Command{
		Use:   "req TOPIC [DATA | -] --reply TOPIC",
		Short: "Publish a message and print the next one on another topic",
		Long: `Subscribes to the topic of --reply, publishes DATA to TOPIC, and prints the
payload of the first message that comes on the topic of --reply after that, whoever
has published it: where several ask at the same time, --filter or --jq picks the
answer. With - DATA is what comes on stdin, with --file what is in a file.

Exit codes: 0 an answer came; 1 failed or interrupted; 2 usage; 3 the broker
refused; 4 no connection, or lost; 124 no answer came within --timeout.`,
		Example: `  joltui req prices.ask EUR --reply prices.answer
  joltui req rpc.in '{"id":7}' --reply rpc.out --jq 'select(.id == 7) | .result' --timeout 2s`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 0 || len(args) > 2 {
				return exit.Usagef("%s needs a topic and a payload, but got %s; see %[1]s --help", c.CommandPath(), human.Counted(uint64(len(args)), "argument"))
			}
			return nil
		},
		ValidArgsFunction: complete.Topics(1),
		RunE: r.sub.conn.Settled(env, func(cmd *cobra.Command, args []string) error {
			return runReq(cmd.Context(), env, r, args)
		}),
	}
	fs := cmd.Flags()
	fs.SortFlags = false
	fs.StringVar(&r.reply, "reply", "", "the topic on which the answer comes")
	fs.DurationVar(&r.sub.timeout, "timeout", 5*time.Second, arg.TimeoutUsage)
	fs.VarP((*arg.Path)(&r.file), "file", "f", arg.FileUsage)
	fs.BoolVarP(&r.sub.quiet, "quiet", "q", false, arg.QuietUsage)
	r.sub.format.flags(fs)
	r.sub.selection.flags(fs)
	r.sub.conn.TraceFlag(fs)
	r.sub.conn.WaitFlags(fs)
	r.sub.conn.Flags(fs)
	r.sub.conn.PublishFlags(fs)
	return cmd
}

func (r *reqFlags) check() error {
	switch {
	case r.reply == "":
		return exit.Usagef("--reply is missing: say on which topic the answer comes")
	case r.sub.timeout <= 0:
		return exit.Usagef("--timeout %s must be more than 0", r.sub.timeout)
	case r.sub.conn.ReadOnly:
		return connect.ErrReadOnly
	}
	return r.sub.check()
}

func runReq(ctx context.Context, env process.Env, r reqFlags, args []string) error {
	if err := r.check(); err != nil {
		return err
	}
	payloads, err := (&payload.Flags{File: r.file, Count: 1, From: 1}).Open(env, args)
	if err != nil {
		return err
	}
	defer payloads.Close()
	question, err := payloads.Next(ctx)
	if err != nil {
		return err
	}
	if f := &r.sub.format; !f.json && f.template == "" {
		f.raw = true
	}
	r.sub.count = 1
	out, err := r.sub.open(env)
	if err != nil {
		return err
	}
	ctx, stop := process.Interruptible(ctx)
	defer stop()
	p, err := newPrinter(ctx, r.sub, out, env)
	if err != nil {
		return err
	}
	return r.ask(ctx, env, question, p)
}

// ask publishes the question and waits until p has printed an answer.
func (r *reqFlags) ask(ctx context.Context, env process.Env, question publisher.Message, p *printer) error {
	cfg, err := r.sub.conn.Config(env)
	if err != nil {
		return err
	}
	var asked atomic.Bool // what comes before is no answer
	cfg.NoReconnect, cfg.Handler = true, func(batch []jolt.Event) {
		p.handle(answers(batch, asked.Load()))
	}
	r.sub.conn.Traced(&cfg, env.Stderr)
	client, err := r.sub.conn.Dial(ctx, connect.Quietly(r.sub.quiet, env.Stderr), cfg)
	if err != nil {
		return err
	}
	defer client.Close()
	if err := subscribeAll(ctx, client, []string{r.reply}); err != nil {
		return err
	}
	asked.Store(true)
	if err := client.Publish(ctx, question.Topic, question.Data); err != nil && !p.finished() {
		switch {
		case ctx.Err() != nil:
			return exit.ErrInterrupted
		case errors.Is(err, jolt.ErrUnknownOutcome):
			return &exit.Error{Code: exit.NoConnection, Err: fmt.Errorf("the connection to %s was lost, and the question may have been published: %s",
				client.Addr(), human.Cause(err))}
		}
		return connect.Failure(client.Addr(), err)
	}
	if err := p.wait(ctx); exit.Code(err) != exit.TimeUp {
		return err
	}
	return &exit.Error{Code: exit.TimeUp, Err: fmt.Errorf("no answer came on %s within %s", r.reply, r.sub.timeout)}
}

// answers is a batch without the messages that came before the question was asked.
func answers(batch []jolt.Event, asked bool) []jolt.Event {
	if asked {
		return batch
	}
	var rest []jolt.Event
	for _, e := range batch {
		if _, ok := e.(*jolt.Message); !ok {
			rest = append(rest, e)
		}
	}
	return rest
}
