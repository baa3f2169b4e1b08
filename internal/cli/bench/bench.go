package bench

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"net"
	"strconv"
	"strings"
	"unicode"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"joltui/internal/cli/arg"
	"joltui/internal/cli/connect"
	"joltui/internal/cli/exit"
	"joltui/internal/cli/figures"
	"joltui/internal/cli/process"
	"joltui/internal/human"
	"joltui/internal/load"
	"joltui/jolt"
)

// flags is what a benchmark is asked for.
type flags struct {
	conn   connect.Connection
	load   load.Config
	json   bool
	silent bool
	quiet  bool

	subscribeHost string // empty is where is published
	subscribePort int    // 0 is where is published
}

// New returns the command joltui bench, with compare below it.
func New(env process.Env) *cobra.Command {
	b := flags{load: load.Defaults()}
	cmd := &cobra.Command{
		Use:   "bench",
		Short: "Measure a broker",
		Long: `Publishes to a broker from one or more connections, receives all of it on
others, and measures: how long acknowledgements and deliveries take, how many
there are in a second, and exactly which messages were lost, came twice or came
out of order. Every subscriber is owed every message that was acknowledged.

Without --rate each publisher keeps --window requests in flight, and the
latencies are those of a saturated broker. With --rate messages are sent when
they are due, and latencies count from then, also for those that had to wait
because the broker stalled. All times are of one clock: publishers and
subscribers are in this process. The warm-up does not count.

Where brokers share messages, --subscribe-host has publishers at one of them and
subscribers at another, and measures what lies between.

Results go to stdout, as text or as one line of JSON, and all else to stderr.

Exit codes: 0 each message was acknowledged, and came to each subscriber once
and in order; 1 not so, or interrupted; 2 usage; 3 the broker refused;
4 no connection, or lost for longer than --max-outage.`,
		Example: `  joltui bench                                   as much as the broker takes
  joltui bench --rate 5000                       latencies at 5,000 messages/s
  joltui bench --publishers 4 --subscribers 8 --topics 20 --size 1KiB
  joltui bench --count 1000000 --json >> runs.ndjson
  joltui bench --host gateway-a --subscribe-host gateway-b`,
		Args: arg.None,
		RunE: b.conn.Settled(env, func(cmd *cobra.Command, _ []string) error {
			if cmd.Flags().Changed("count") && !cmd.Flags().Changed("duration") {
				b.load.Duration = 0
			}
			return run(cmd.Context(), env, b)
		}),
	}
	cmd.Flags().SortFlags = false
	b.flags(cmd.Flags())
	cmd.AddCommand(newCompare(env))
	return cmd
}

func (b *flags) flags(fs *pflag.FlagSet) {
	c := &b.load
	fs.IntVar(&c.Publishers, "publishers", c.Publishers, "how many publish, each on a connection of its own")
	fs.IntVar(&c.Subscribers, "subscribers", c.Subscribers, "how many receive, each on a connection of its own and from all topics; 0 measures acknowledgements only")
	fs.Var((*arg.Host)(&b.subscribeHost), "subscribe-host", "where subscribers connect, if not to --host: another of the brokers that share messages")
	fs.IntVar(&b.subscribePort, "subscribe-port", 0, "the port of --subscribe-host, or of --host without one; 0 is --port")
	fs.StringVar(&c.Topic, "topic", c.Topic, "the topic; with several the prefix of TOPIC.1, TOPIC.2 …")
	fs.IntVar(&c.Topics, "topics", c.Topics, "how many topics each publisher publishes to, in turn")
	fs.Var((*arg.Bytes)(&c.Size), "size", "the size of a payload: 128, 1kB, 1KiB …")
	fs.IntVar(&c.Window, "window", c.Window, arg.WindowUsage)
	arg.RateFlag(fs, b.setRate)
	fs.DurationVar(&c.Duration, "duration", c.Duration, "how long to measure")
	fs.VarP(arg.Count[int]{To: &c.Count}, "count", "n", "how many messages of all publishers to measure, in place of --duration")
	fs.DurationVar(&c.Warmup, "warmup", c.Warmup, "how long to run before the measurement; it is thrown away")
	fs.DurationVar(&c.Grace, "grace", c.Grace, "give messages up as lost when none has come for this long after the last acknowledgement")
	fs.DurationVar(&c.MaxOutage, "max-outage", c.MaxOutage, "fail when a lost connection is not back after this long")
	fs.BoolVar(&b.json, "json", false, "print the results as one line of JSON")
	fs.BoolVar(&b.silent, "no-progress", false, arg.SilentUsage)
	fs.BoolVarP(&b.quiet, "quiet", "q", false, arg.QuietUsage)
	b.conn.WaitFlags(fs)
	b.conn.Flags(fs)
	b.conn.PublishFlags(fs)
}

// setRate takes the rate of all publishers together, which the load has in whole numbers.
func (b *flags) setRate(v float64) error {
	if v != math.Trunc(v) || v > math.MaxInt32 {
		return errors.New("no whole number of messages a second, which bench needs")
	}
	b.load.Rate = int(v)
	return nil
}

// run measures, and prints what was measured also when it ended early.
func run(ctx context.Context, env process.Env, b flags) error {
	if err := b.conn.Check(); err != nil {
		return err
	}
	if err := b.load.Check(); err != nil {
		return failure(err, b)
	}
	if b.conn.ReadOnly {
		return connect.ErrReadOnly
	}
	var err error
	if b.load.SubscribeAddr, err = b.subscribeAddr(b.conn.Addr()); err != nil {
		return err
	}
	cfg, err := b.conn.Config(env)
	if err != nil {
		return err
	}
	b.load.Client = cfg
	ctx, stop := process.Interruptible(ctx)
	defer stop()

	if err := b.conn.Await(ctx, connect.Quietly(b.quiet, env.Stderr), cfg); err != nil {
		return err
	}
	if subscribers := cfg; b.load.SubscribeAddr != cfg.Addr {
		subscribers.Addr = b.load.SubscribeAddr
		if err := b.conn.Await(ctx, connect.Quietly(b.quiet, env.Stderr), subscribers); err != nil {
			return err
		}
	}
	line := newProgressLine(env, b)
	b.load.Progress = func(now load.Progress) { line.Say(progressText(now)) }
	result, err := load.Run(ctx, b.load)
	line.Clear()
	if err = failure(err, b); result == nil {
		return err
	}
	if err == nil {
		err = unsound(result)
	}
	print := printText
	if b.json {
		print = printJSON
	}
	return errors.Join(err, print(env.Stdout, result, err))
}

// subscribeAddr returns where subscribers connect, where publishers do so at addr.
func (b *flags) subscribeAddr(addr string) (string, error) {
	host, port, err := net.SplitHostPort(addr)
	switch {
	case err != nil:
		return "", err
	case b.subscribePort < 0 || b.subscribePort > 65535:
		return "", exit.Usagef("--subscribe-port %d is not a port: it must be from 1 to 65535, or 0 for --port", b.subscribePort)
	case b.load.Subscribers == 0 && (b.subscribeHost != "" || b.subscribePort != 0):
		return "", exit.Usagef("--subscribe-host and --subscribe-port are for subscribers, and --subscribers is 0")
	}
	if b.subscribePort != 0 {
		port = strconv.Itoa(b.subscribePort)
	}
	return net.JoinHostPort(cmp.Or(b.subscribeHost, host), port), nil
}

// failure words why a benchmark failed, and gives it its exit code.
func failure(err error, b flags) error {
	var (
		config   *load.ConfigError
		dialing  *load.ConnectError
		outage   *load.OutageError
		rejected *jolt.RejectedError
		goodbye  *jolt.BrokerError
	)
	switch {
	case err == nil:
		return nil
	case errors.As(err, &config):
		return exit.Usagef("--%s %s %s", flagName(config.Field), config.Value, config.Reason)
	case errors.Is(err, context.Canceled):
		return exit.ErrInterrupted
	case errors.As(err, &outage) && connect.Farewell(err) == nil:
		return &exit.Error{Code: exit.NoConnection, Err: fmt.Errorf("the connection to %s was lost, and is not back after %s: %s",
			outage.Addr, human.Duration(outage.After), human.Cause(outage.Cause))}
	case errors.Is(err, load.ErrTooManyHoles):
		return errors.New("a subscriber misses messages in more than a million places, more than are kept track of: ask for less with --rate")
	case errors.As(err, &dialing):
		return connect.Failure(dialing.Addr, dialing.Err)
	case errors.As(err, &outage):
		return connect.Failure(outage.Addr, err)
	case errors.As(err, &rejected), errors.As(err, &goodbye), connect.Farewell(err) != nil:
		return connect.Failure(b.load.Client.Addr, err)
	}
	return err
}

// unsound is the error of a load whose messages did not all arrive.
func unsound(r *load.Result) error {
	o, d := r.Outcomes, r.Deliveries
	switch {
	case r.Sound():
		return nil
	case o.Rejected > 0:
		return &exit.Error{Code: exit.Rejected, Err: fmt.Errorf("the broker rejected %s of %s messages: %s",
			figures.Count(o.Rejected), figures.Count(o.Published()), human.Cause(r.Refusal))}
	case d.Lost+d.Duplicates+d.Reordered > 0:
		return fmt.Errorf("not every acknowledged message came once and in order: %s lost, %s duplicates, %s out of order",
			figures.Count(d.Lost), figures.Count(d.Duplicates), figures.Count(d.Reordered))
	}
	return fmt.Errorf("%s messages have no known outcome, and %s were not sent: the connection was lost in between",
		figures.Count(o.Unknown), figures.Count(o.NotSent))
}

// flagName turns the name of a field into that of its flag: max-outage.
func flagName(field string) string {
	var b strings.Builder
	for i, r := range field {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte('-')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
