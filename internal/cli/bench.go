package cli

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"joltui/internal/human"
	"joltui/internal/load"
	"joltui/jolt"
)

// benchFlags is what a benchmark is asked for.
type benchFlags struct {
	conn   connection
	load   load.Config
	json   bool
	silent bool
	quiet  bool
}

func newBench(env Env) *cobra.Command {
	b := benchFlags{load: load.Defaults()}
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

Results go to stdout, as text or as one line of JSON, and all else to stderr.

Exit codes: 0 each message was acknowledged, and came to each subscriber once
and in order; 1 not so, or interrupted; 2 usage; 3 the broker refused;
4 no connection, or lost for longer than --max-outage.`,
		Example: `  joltui bench                                   as much as the broker takes
  joltui bench --rate 5000                       latencies at 5,000 messages/s
  joltui bench --publishers 4 --subscribers 8 --topics 20 --size 1KiB
  joltui bench --count 1000000 --json >> runs.ndjson`,
		Args: noArguments,
		RunE: b.conn.settled(env, func(cmd *cobra.Command, _ []string) error {
			if cmd.Flags().Changed("count") && !cmd.Flags().Changed("duration") {
				b.load.Duration = 0
			}
			return runBench(cmd.Context(), env, b)
		}),
	}
	cmd.Flags().SortFlags = false
	b.flags(cmd.Flags())
	cmd.AddCommand(newBenchCompare(env))
	return cmd
}

func (b *benchFlags) flags(fs *pflag.FlagSet) {
	c := &b.load
	fs.IntVar(&c.Publishers, "publishers", c.Publishers, "how many publish, each on a connection of its own")
	fs.IntVar(&c.Subscribers, "subscribers", c.Subscribers, "how many receive, each on a connection of its own and from all topics; 0 measures acknowledgements only")
	fs.StringVar(&c.Topic, "topic", c.Topic, "the topic; with several the prefix of TOPIC.1, TOPIC.2 …")
	fs.IntVar(&c.Topics, "topics", c.Topics, "how many topics each publisher publishes to, in turn")
	fs.Var((*byteSize)(&c.Size), "size", "the size of a payload: 128, 1kB, 1KiB …")
	fs.IntVar(&c.Window, "window", c.Window, windowUsage)
	rateFlag(fs, b.setRate)
	fs.DurationVar(&c.Duration, "duration", c.Duration, "how long to measure")
	fs.VarP(countValue[int]{&c.Count}, "count", "n", "how many messages of all publishers to measure, in place of --duration")
	fs.DurationVar(&c.Warmup, "warmup", c.Warmup, "how long to run before the measurement; it is thrown away")
	fs.DurationVar(&c.Grace, "grace", c.Grace, "give messages up as lost when none has come for this long after the last acknowledgement")
	fs.DurationVar(&c.MaxOutage, "max-outage", c.MaxOutage, "fail when a lost connection is not back after this long")
	fs.BoolVar(&b.json, "json", false, "print the results as one line of JSON")
	fs.BoolVar(&b.silent, "no-progress", false, silentUsage)
	fs.BoolVarP(&b.quiet, "quiet", "q", false, quietUsage)
	b.conn.waitFlags(fs)
	b.conn.flags(fs)
	b.conn.publishFlags(fs)
}

// setRate takes the rate of all publishers together, which the load has in whole numbers.
func (b *benchFlags) setRate(v float64) error {
	if v != math.Trunc(v) || v > math.MaxInt32 {
		return errors.New("no whole number of messages a second, which bench needs")
	}
	b.load.Rate = int(v)
	return nil
}

// runBench measures, and prints what was measured also when it ended early.
func runBench(ctx context.Context, env Env, b benchFlags) error {
	if err := b.conn.check(); err != nil {
		return err
	}
	if err := b.load.Check(); err != nil {
		return benchError(err, b)
	}
	if b.conn.readOnly {
		return errReadOnly
	}
	cfg, err := b.conn.config(env)
	if err != nil {
		return err
	}
	b.load.Client = cfg
	ctx, stop := interruptible(ctx)
	defer stop()

	if err := b.conn.await(ctx, quietly(b.quiet, env.Stderr), cfg); err != nil {
		return err
	}
	line := newProgressLine(env, b)
	b.load.Progress = line.show
	result, err := load.Run(ctx, b.load)
	line.clear()
	if err = benchError(err, b); result == nil {
		return err
	}
	if err == nil {
		err = unsound(result)
	}
	print := printBench
	if b.json {
		print = printBenchJSON
	}
	return errors.Join(err, print(env.Stdout, result, err))
}

// benchError words why a benchmark failed, and gives it its exit code.
func benchError(err error, b benchFlags) error {
	var (
		config   *load.ConfigError
		connect  *load.ConnectError
		outage   *load.OutageError
		rejected *jolt.RejectedError
		goodbye  *jolt.BrokerError
	)
	addr := b.load.Client.Addr
	switch {
	case err == nil:
		return nil
	case errors.As(err, &config):
		return usageError("--%s %s %s", flagName(config.Field), config.Value, config.Reason)
	case errors.Is(err, context.Canceled):
		return errInterrupted
	case errors.As(err, &outage) && farewell(err) == nil:
		return &exitError{exitNoConnection, fmt.Errorf("the connection to %s was lost, and is not back after %s: %s",
			addr, human.Duration(outage.After), human.Cause(outage.Cause))}
	case errors.Is(err, load.ErrTooManyHoles):
		return errors.New("a subscriber misses messages in more than a million places, more than are kept track of: ask for less with --rate")
	case errors.As(err, &connect):
		return connectError(addr, connect.Err)
	case errors.As(err, &rejected), errors.As(err, &goodbye), farewell(err) != nil:
		return connectError(addr, err)
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
		return &exitError{exitRejected, fmt.Errorf("the broker rejected %s of %s messages: %s",
			count(o.Rejected), count(o.Published()), human.Cause(r.Refusal))}
	case d.Lost+d.Duplicates+d.Reordered > 0:
		return fmt.Errorf("not every acknowledged message came once and in order: %s lost, %s duplicates, %s out of order",
			count(d.Lost), count(d.Duplicates), count(d.Reordered))
	}
	return fmt.Errorf("%s messages have no known outcome, and %s were not sent: the connection was lost in between",
		count(o.Unknown), count(o.NotSent))
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

func count(n int64) string { return human.Count(uint64(n)) }
