package replay

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"joltui/internal/cli/arg"
	"joltui/internal/cli/connect"
	"joltui/internal/cli/exit"
	"joltui/internal/cli/look"
	"joltui/internal/cli/process"
	"joltui/internal/dashboard"
	"joltui/internal/human"
	"joltui/internal/record"
	"joltui/ui"
)

// flags is how a recording is to be played.
type flags struct {
	conn    connect.Connection
	look    look.Flags
	speed   speedFlag
	publish bool
	publishFlags
}

// publishFlags is what only concerns publishing.
type publishFlags struct {
	rate   float64
	topics []string
	rename map[string]string
	count  uint64
	window int
	dryRun bool
	json   bool
	silent bool
	quiet  bool
}

// New returns the command joltui replay.
func New(env process.Env) *cobra.Command {
	r := flags{speed: 1}
	cmd := &cobra.Command{
		Use:   "replay FILE…",
		Short: "Open a recording in the dashboard, or publish it",
		Long: `Opens a recording in the dashboard: at its own pace, faster or slower, step by
step, from any time in it. The dashboard records with r; lines of JSON objects
with time, topic and data, as joltui sub --json prints them, are recordings too.
A recording in several files is opened by its first one. A pipe, - for stdin and what
gzip has compressed are read to their end first; what goes on for ever is for
joltui pub --json-lines.

With --publish it is published to a broker instead: at its own pace, at --speed
or at --rate. First the whole recording is read, and if anything is wrong with
it nothing is sent. --dry-run only does that, and says what would be published.
Each acknowledgement is waited for. When the connection is lost publishing ends;
nothing is ever sent twice. How it ended goes to stderr, with --json to stdout.

Exit codes of --publish: 0 all acknowledged; 1 failed or interrupted; 2 usage;
3 the broker rejected some; 4 no connection, or it was lost.`,
		Example: `  joltui replay incident.ndjson
  joltui replay --speed max yesterday.ndjson
  joltui replay --publish --dry-run incident.ndjson
  zcat *.ndjson.gz | joltui replay --publish -
  joltui replay --publish --rate 500 --map orders.eu=test.orders incident.ndjson
  joltui replay --publish --speed 10 --only orders.eu --count 1000 incident.ndjson`,
		Args: func(c *cobra.Command, files []string) error {
			if len(files) == 0 {
				return exit.Usagef("%s needs a recording to open; see %[1]s --help", c.CommandPath())
			}
			return nil
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return []string{"ndjson", "ndjson.gz", "json", "jsonl"}, cobra.ShellCompDirectiveFilterFileExt
		},
		RunE: r.conn.Settled(env, func(cmd *cobra.Command, files []string) error {
			if err := r.check(cmd.Flags()); err != nil {
				return err
			}
			return run(cmd.Context(), env, r, files)
		}),
	}
	cmd.Flags().SortFlags = false
	r.flags(cmd.Flags())
	return cmd
}

func (r *flags) flags(fs *pflag.FlagSet) {
	fs.Var(&r.speed, "speed", "how many times as fast as it was recorded, as in 1/8, 0.5, 10 or max")
	fs.BoolVar(&r.publish, "publish", false, "publish the recording to a broker")
	arg.RateFlag(fs, func(v float64) error { r.rate = v; return nil })
	fs.StringArrayVar(&r.topics, "only", nil, "publish only this topic; may be given several times")
	fs.StringToStringVar(&r.rename, "map", nil, "publish a topic as another one: OLD=NEW; may be given several times")
	fs.VarP(arg.Count[uint64]{To: &r.count}, "count", "n", "publish at most this many messages; 0 is all")
	fs.IntVar(&r.window, "window", arg.StandardWindow, arg.WindowUsage)
	fs.BoolVar(&r.dryRun, "dry-run", false, "say what would be published, and send nothing")
	fs.BoolVar(&r.json, "json", false, "print the summary as one line of JSON")
	fs.BoolVar(&r.silent, "no-progress", false, arg.SilentUsage)
	fs.BoolVarP(&r.quiet, "quiet", "q", false, arg.QuietUsage)
	r.look.Flags(fs)
	r.conn.WaitFlags(fs)
	r.conn.Flags(fs)
	r.conn.PublishFlags(fs)
}

func (r *flags) check(fs *pflag.FlagSet) error {
	if !r.publish {
		for _, name := range []string{"rate", "only", "map", "count", "window", "dry-run", "json", "no-progress", "quiet", "wait"} {
			if fs.Changed(name) {
				return exit.Usagef("--%s is of use only with --publish", name)
			}
		}
		_, err := r.speed.step()
		return err
	}
	switch {
	case r.conn.ReadOnly && !r.dryRun:
		return connect.ErrReadOnly
	case r.rate > 0 && fs.Changed("speed"):
		return exit.Usagef("--rate and --speed exclude each other")
	}
	for from, to := range r.rename {
		if from == "" || to == "" {
			return exit.Usagef("--map %s=%s: name both topics", from, to)
		}
	}
	return errors.Join(arg.CheckWindow(r.window), r.conn.Check())
}

func run(ctx context.Context, env process.Env, r flags, files []string) error {
	o, err := r.look.Options(ui.Options{}, r.conn.Profile, r.conn.File)
	if err != nil {
		return err
	}
	if !r.publish {
		if err := process.NeedTerminal(env); err != nil {
			return err
		}
	}
	spooled, err := spool(ctx, env, files)
	if err != nil {
		return err
	}
	defer spooled.Remove()
	set, err := record.OpenFiles(spooled.Files...)
	switch {
	case err != nil:
		return err
	case r.publish:
		return runPublish(ctx, env, r, set)
	}
	speed, err := r.speed.step()
	if err != nil {
		return err
	}
	return dashboard.Play(ctx, env.Terminal(), o, set, int(speed))
}

// spool makes files of stdin, pipes and what is compressed.
func spool(ctx context.Context, env process.Env, files []string) (*record.Spooled, error) {
	ctx, stop := process.Interruptible(ctx)
	defer stop()
	spooled, err := record.Spool(ctx, env.Stdin, files...)
	if ctx.Err() != nil {
		return nil, exit.ErrInterrupted
	}
	return spooled, err
}

// speedFlag is how many times as fast; infinite is max.
type speedFlag float64

func (s *speedFlag) Type() string { return "times" }

func (s *speedFlag) String() string {
	if math.IsInf(float64(*s), 1) {
		return "max"
	}
	return strconv.FormatFloat(float64(*s), 'g', -1, 64)
}

// Set implements pflag.Value.
func (s *speedFlag) Set(text string) error {
	if text == "max" {
		*s = speedFlag(math.Inf(1))
		return nil
	}
	above, below, fraction := strings.Cut(text, "/")
	n, err := strconv.ParseFloat(above, 64)
	d := 1.0
	if fraction && err == nil {
		d, err = strconv.ParseFloat(below, 64)
	}
	if v := n / d; err == nil && v > 0 && !math.IsInf(v, 0) {
		*s = speedFlag(v)
		return nil
	}
	return errors.New("not a speed: give a number, as in 1/8, 0.5 or 10, or max")
}

// step is the speed as the dashboard has it.
func (s *speedFlag) step() (record.Speed, error) {
	if math.IsInf(float64(*s), 1) {
		return record.SpeedMax, nil
	}
	exponent := math.Log2(float64(*s))
	step := record.Speed(exponent)
	if float64(step) != exponent || step < record.SpeedMin || step >= record.SpeedMax {
		return 0, exit.Usagef("--speed %s: the dashboard plays at 1/8, 1/4, 1/2, 1, 2, 4, 8, 16, 32, 64 or max", s)
	}
	return step, nil
}

// files names a set in a few words.
func filesOf(set *record.Set) string {
	paths := set.Paths()
	if len(paths) == 1 {
		return paths[0]
	}
	return fmt.Sprintf("%s and %s more", paths[0], human.Counted(uint64(len(paths)-1), "file"))
}
