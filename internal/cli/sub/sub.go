package sub

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"joltui/internal/cli/arg"
	"joltui/internal/cli/complete"
	"joltui/internal/cli/connect"
	"joltui/internal/cli/exit"
	"joltui/internal/cli/process"
	"joltui/internal/dashboard"
	"joltui/internal/format"
	"joltui/internal/pattern"
	"joltui/internal/printable"
	"joltui/jolt"
)

// flags is what a subscription is asked for.
type flags struct {
	conn        connect.Connection
	format      formatFlags
	selection   selectFlags
	count       uint64
	timeout     time.Duration
	idleTimeout time.Duration
	quiet       bool
	failOnGap   bool
	exec        string
	output      string
	append      bool
	readyFile   string
	report      bool
}

// formatFlags say how messages are printed.
type formatFlags struct {
	json, raw, timestamps, null, noNewline bool
	template                               string
	zone                                   arg.Zone
}

func (f *formatFlags) flags(fs *pflag.FlagSet) {
	fs.BoolVar(&f.json, "json", false, `print each message as a line of JSON: {"time":…,"topic":…,"data":…}`)
	fs.BoolVarP(&f.raw, "raw", "r", false, "print payloads alone")
	fs.StringVar(&f.template, "template", "", "print each message by this Go template; it has .Time .Topic .Data .JSON .Count, and json")
	fs.BoolVarP(&f.timestamps, "timestamps", "t", false, "begin each line with the time at which the message came")
	f.zone.Flags(fs)
	fs.BoolVarP(&f.null, "null", "0", false, "end each message with a NUL byte in place of a line end")
	fs.BoolVar(&f.noNewline, "no-newline", false, "end messages with nothing: --raw is the payload then, to the last byte")
}

// format returns how to print, to a terminal or to something that takes any byte.
func (f *formatFlags) format(terminal bool) (format.Format, error) {
	o := format.Options{JSON: f.json, Raw: f.raw, Template: f.template, Timestamps: f.timestamps, End: "\n"}
	var err error
	if o.Zone, err = f.zone.Location(); err != nil {
		return nil, err
	}
	switch {
	case f.null && f.noNewline:
		return nil, exit.Usagef("--null and --no-newline exclude each other")
	case f.noNewline && f.json:
		return nil, exit.Usagef("--json is a line for each message: leave --no-newline out")
	}
	switch {
	case f.null:
		o.End = "\x00"
	case f.noNewline:
		o.End = ""
	}
	print, err := format.New(o, terminal)
	if err != nil {
		return nil, &exit.Error{Code: exit.Usage, Err: err}
	}
	return print, nil
}

// New returns the command joltui sub.
func New(env process.Env) *cobra.Command {
	var s flags
	cmd := &cobra.Command{
		Use:   "sub TOPIC…",
		Short: "Print messages as they come",
		Long: `Subscribes to topics and prints each message as it comes: its topic, a tab and
its payload. --raw prints the payload alone, --json an object with time, topic
and data, --template whatever you like: {{if gt .JSON.amount 100}}, {{printf "%.2f"
.JSON.price}} and {{json .JSON.items}} work on the payload's JSON; what a payload does
not have, or has as null, prints as nothing. On a terminal, what is not printable
becomes a visible escape; into a pipe or a file every byte goes as it came.

A lost connection is made again, unless the login is refused then. Since when
messages are missing, and why, is told on stderr, also with --quiet, and with --json
by a line of its own, as a recording has it:
{"time":…,"type":"gap","from":…,"up_to_s":…,"cause":…}. The command goes on; with
--fail-on-gap it fails when it ends. Data goes to stdout, all else to stderr.

Exit codes: 0 done, or ended by ctrl+c where --count was not asked for; 1 failed;
2 usage; 3 the broker refused; 4 no connection, or the time ran out without one;
5 done, but with --fail-on-gap, and messages may be missing; 124 the time ran out
before --count messages came, or before any did.`,
		Example: `  joltui sub orders.eu orders.us
  joltui sub orders.eu --json | jq 'select(.topic) | .data'
  joltui sub orders.eu --count 1 --timeout 5s --raw
  joltui sub orders.eu --jq 'select(.amount > 100) | .id'
  joltui sub orders.eu orders.us --report --timeout 10s
  joltui sub orders.eu --raw --exec './import.sh'
  joltui sub orders.eu --template '{{.Time.Format "15:04:05"}} {{.JSON.status}}'`,
		Args: func(c *cobra.Command, topics []string) error {
			if len(topics) == 0 {
				return exit.Usagef("%s needs at least one topic; see %[1]s --help", c.CommandPath())
			}
			return nil
		},
		ValidArgsFunction: complete.Topics(-1),
		RunE: s.conn.Settled(env, func(cmd *cobra.Command, topics []string) error {
			return run(cmd.Context(), env, s, topics)
		}),
	}
	cmd.Flags().SortFlags = false
	s.flags(cmd.Flags())
	return cmd
}

func (s *flags) flags(fs *pflag.FlagSet) {
	s.format.flags(fs)
	s.selection.flags(fs)
	fs.VarP(arg.Count[uint64]{To: &s.count}, "count", "n", "end after this many messages; 0 goes on")
	fs.DurationVar(&s.timeout, "timeout", 0, arg.TimeoutUsage)
	fs.DurationVar(&s.idleTimeout, "idle-timeout", 0, "end when no message has come for this long; 0 goes on")
	fs.BoolVarP(&s.quiet, "quiet", "q", false, arg.QuietUsage)
	fs.BoolVar(&s.failOnGap, "fail-on-gap", false, "exit with 5, at the end, if the connection was lost and messages may be missing")
	fs.StringVar(&s.exec, "exec", "", "run this command for each message, which is its stdin; JOLTUI_TOPIC has the topic")
	fs.VarP((*arg.Path)(&s.output), "output", "o", "write to this new file, readable by you alone, in place of stdout")
	fs.BoolVar(&s.append, "append", false, "let --output go on at the end of a file")
	fs.Var((*arg.Path)(&s.readyFile), "ready-file", "write this file, with the process id, once all topics are subscribed, and remove it at the end")
	fs.BoolVar(&s.report, "report", false, "print rates by topic in place of messages: a table that is kept on a terminal, and one at the end; --json is a line")
	s.conn.TraceFlag(fs)
	s.conn.WaitFlags(fs)
	s.conn.Flags(fs)
}

func (s *flags) check() error {
	switch {
	case s.timeout < 0:
		return exit.Usagef("--timeout %s must not be negative", s.timeout)
	case s.idleTimeout < 0:
		return exit.Usagef("--idle-timeout %s must not be negative", s.idleTimeout)
	case s.report && (s.exec != "" || s.format.raw || s.format.template != "" || s.format.timestamps || s.format.null || s.format.noNewline):
		return exit.Usagef("--report prints no messages: leave out --exec, and how to print them")
	case s.exec != "" && s.output != "":
		return exit.Usagef("--exec and --output exclude each other: let the command write the file")
	case s.append && s.output == "":
		return exit.Usagef("--append without --output: say which file to go on with")
	}
	return s.conn.Check()
}

func run(ctx context.Context, env process.Env, s flags, topics []string) (err error) {
	if err := s.check(); err != nil {
		return err
	}
	for _, topic := range topics {
		if topic == "" || arg.InvalidAt(topic) >= 0 {
			return arg.ErrNoTopic
		}
	}
	ready := readyFile(s.readyFile)
	if err := ready.clear(); err != nil {
		return err
	}
	defer ready.remove()
	out, err := s.open(env)
	if err != nil {
		return err
	}
	defer func() { err = out.close(err) }()
	ctx, stop := process.Interruptible(ctx)
	defer stop()
	p, err := newPrinter(ctx, s, out, env)
	if err != nil {
		return err
	}
	if s.report {
		p.report = newReport(p.begun, topics)
	}
	cfg, err := s.conn.Config(env)
	if err != nil {
		return err
	}
	cfg.Handler = p.handle
	s.conn.Traced(&cfg, env.Stderr)
	connecting, cancel := process.Limited(ctx, s.timeout)
	defer cancel()
	client, err := s.conn.Dial(connecting, p.errs, cfg)
	if err != nil {
		return err
	}
	defer client.Close()
	defer p.end(nil) // the client closes once the command for a message has ended
	warnOfWildcards(p.errs, topics)
	p.report.start()
	if err := subscribeAll(connecting, client, topics); err != nil {
		return err
	}
	p.subscribed.Store(true)
	fmt.Fprintf(p.errs, "joltui: subscribed to %s\n", printable.Line(listed(topics)))
	if p.terminal { // what a script asks for would push out what somebody typed
		dashboard.RememberTopics(topics)
	}
	if err := ready.write(); err != nil {
		return err
	}
	stopReport := p.watchReport()
	err = p.wait(ctx)
	stopReport()
	return errors.Join(err, p.printReport(client.Addr(), err))
}

// warnOfWildcards says of a topic that looks like a pattern what most brokers take it for:
// Jolt has exact topics, and patterns only as an extension that is off by default.
func warnOfWildcards(w io.Writer, topics []string) {
	for _, topic := range topics {
		if pattern.Foreign(topic) {
			fmt.Fprintf(w, "joltui: %s is a topic of that very name, unless the broker has patterns switched on\n", printable.Line(topic))
			return
		}
	}
}

// subscribeAll asks for each topic; what the broker refuses ends the command.
func subscribeAll(ctx context.Context, client *jolt.Client, topics []string) error {
	for _, topic := range topics {
		if err := client.Subscribe(ctx, topic); err != nil {
			switch {
			case process.TimedOut(ctx):
				return exit.ErrTimeUp
			case ctx.Err() != nil:
				return exit.ErrInterrupted
			}
			return connect.Failure(client.Addr(), err)
		}
	}
	return nil
}
