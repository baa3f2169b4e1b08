package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
	"github.com/spf13/cobra"

	"joltui/internal/cli/arg"
	"joltui/internal/cli/connect"
	"joltui/internal/cli/exit"
	"joltui/internal/cli/process"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/jolt"
)

// pingFlags is what is asked for.
type pingFlags struct {
	conn         connect.Connection
	count        int
	interval     time.Duration
	timeout      time.Duration
	json         bool
	quiet        bool
	summary      bool // alone
	replyTimeout time.Duration
}

func newPing(env process.Env) *cobra.Command {
	var p pingFlags
	cmd := &cobra.Command{
		Use:   "ping",
		Short: "Measure round trips to a broker",
		Long: `Pings a broker through the protocol and prints how long each reply took; at the
end, or when ctrl+c ends it, the percentiles.

Exit codes: 0 every ping was answered; 1 not so, or none was sent; 2 usage; 3 the broker
refused; 4 no connection, or lost; 124 the time of --timeout was up.`,
		Example: `  joltui ping --count 1 --wait 30s   is the broker there?
  joltui ping --interval 100ms --json`,
		Args: arg.None,
		RunE: p.conn.Settled(env, func(cmd *cobra.Command, _ []string) error {
			return runPing(cmd.Context(), env, p)
		}),
	}
	fs := cmd.Flags()
	fs.SortFlags = false
	fs.VarP(arg.Count[int]{To: &p.count}, "count", "n", "end after this many pings; 0 goes on")
	fs.DurationVarP(&p.interval, "interval", "i", time.Second, "from one ping to the next")
	fs.DurationVar(&p.timeout, "timeout", 0, arg.TimeoutUsage)
	fs.DurationVar(&p.replyTimeout, "reply-timeout", 10*time.Second, "give the connection up when a reply takes longer")
	fs.BoolVar(&p.json, "json", false, "print each round trip, and then the summary, as a line of JSON")
	fs.BoolVar(&p.summary, "summary", false, "print the summary alone")
	fs.BoolVarP(&p.quiet, "quiet", "q", false, arg.QuietUsage)
	p.conn.TraceFlag(fs)
	p.conn.WaitFlags(fs)
	p.conn.Flags(fs)
	return cmd
}

func (p *pingFlags) check() error {
	switch {
	case p.interval < 0:
		return exit.Usagef("--interval %s must not be negative", p.interval)
	case p.timeout < 0:
		return exit.Usagef("--timeout %s must not be negative", p.timeout)
	case p.replyTimeout <= 0:
		return exit.Usagef("--reply-timeout %s must be more than 0", p.replyTimeout)
	}
	return p.conn.Check()
}

func runPing(ctx context.Context, env process.Env, p pingFlags) error {
	if err := p.check(); err != nil {
		return err
	}
	cfg, err := p.conn.Config(env)
	if err != nil {
		return err
	}
	cfg.ReplyTimeout, cfg.NoReconnect = p.replyTimeout, true
	ctx, stop := process.Interruptible(ctx)
	defer stop()
	ctx, cancel := process.Limited(ctx, p.timeout)
	defer cancel()
	p.conn.Traced(&cfg, env.Stderr)
	client, err := p.conn.Dial(ctx, connect.Quietly(p.quiet, env.Stderr), cfg)
	if err != nil {
		return err
	}
	defer client.Close()
	t := newTrips(env.Stdout, client.Addr(), p)
	err = t.run(ctx, client)
	err = t.failed(err)
	if process.TimedOut(ctx) {
		err = exit.ErrTimeUp
	}
	return errors.Join(err, t.summary(ctx.Err() != nil && err == nil, err))
}

// trips are round trips, and how they are told.
type trips struct {
	out   io.Writer
	addr  string
	flags pingFlags

	sent, answered int
	times          *hdrhistogram.Histogram // of nanoseconds
}

func newTrips(out io.Writer, addr string, p pingFlags) *trips {
	const digits = 3
	return &trips{out: out, addr: printable.Line(addr), flags: p,
		times: hdrhistogram.New(1, int64(time.Hour), digits)}
}

// run pings until it was done often enough, or the user or the connection ends it.
func (t *trips) run(ctx context.Context, client *jolt.Client) error {
	next := time.NewTimer(0)
	defer next.Stop()
	for t.flags.count == 0 || t.sent < t.flags.count {
		select {
		case <-ctx.Done():
			return nil
		case <-next.C:
		}
		next.Reset(t.flags.interval)
		t.sent++
		took, err := client.Ping(ctx)
		switch {
		case err == nil:
			if err := t.answer(took); err != nil {
				return &exit.Error{Code: exit.Failed, Err: err}
			}
		case ctx.Err() != nil: // the one that ctrl+c cut short is no failure
			t.sent--
			return nil
		default:
			return err
		}
	}
	return nil
}

// failed words what ended the pinging.
func (t *trips) failed(err error) error {
	var rejected *jolt.RejectedError
	var coded *exit.Error
	switch {
	case err == nil, errors.As(err, &coded):
		return err
	case errors.As(err, &rejected):
		return &exit.Error{Code: exit.Rejected, Err: connect.Refusal(rejected)}
	}
	return &exit.Error{Code: exit.NoConnection, Err: fmt.Errorf("no reply to ping %d from %s: %s", t.sent, t.addr, human.Cause(err))}
}

// answer tells one round trip.
func (t *trips) answer(took time.Duration) error {
	t.answered++
	t.times.RecordValue(int64(took))
	var err error
	switch {
	case t.flags.summary:
	case t.flags.json:
		err = t.printJSON(struct {
			Seq int     `json:"seq"`
			RTT float64 `json:"rtt_us"`
		}{t.sent, inMicroseconds(took)})
	default:
		_, err = fmt.Fprintf(t.out, "reply from %s  %4d  %9s\n", t.addr, t.sent, human.Duration(took))
	}
	return err
}

// pingSummary is the JSON of the summary; times are in microseconds.
type pingSummary struct {
	Broker      string  `json:"broker"`
	Sent        int     `json:"sent"`
	Answered    int     `json:"answered"`
	Min         float64 `json:"min_us"`
	Mean        float64 `json:"mean_us"`
	P50         float64 `json:"p50_us"`
	P90         float64 `json:"p90_us"`
	P99         float64 `json:"p99_us"`
	Max         float64 `json:"max_us"`
	Interrupted bool    `json:"interrupted"`
	Error       string  `json:"error"`
}

func (t *trips) summary(interrupted bool, failed error) error {
	at := func(percentile float64) time.Duration { return time.Duration(t.times.ValueAtPercentile(percentile)) }
	low, high := time.Duration(t.times.Min()), time.Duration(t.times.Max())
	mean := time.Duration(t.times.Mean())
	if t.answered == 0 {
		low = 0
	}
	if t.flags.json {
		us := inMicroseconds
		return t.printJSON(pingSummary{t.addr, t.sent, t.answered, us(low), us(mean), us(at(50)), us(at(90)), us(at(99)), us(high),
			interrupted, exit.Words(failed)})
	}
	_, err := fmt.Fprintf(t.out, "%d of %s answered by %s\n", t.answered, human.Counted(uint64(t.sent), "ping"), t.addr)
	if t.answered > 0 && err == nil {
		_, err = fmt.Fprintf(t.out, "min %s  mean %s  p50 %s  p90 %s  p99 %s  max %s\n", human.Duration(low), human.Duration(mean),
			human.Duration(at(50)), human.Duration(at(90)), human.Duration(at(99)), human.Duration(high))
	}
	return err
}

func (t *trips) printJSON(v any) error { return json.NewEncoder(t.out).Encode(v) }

func inMicroseconds(d time.Duration) float64 { return float64(d) / float64(time.Microsecond) }
