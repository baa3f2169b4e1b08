package list

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"joltui/internal/cli/arg"
	"joltui/internal/cli/complete"
	"joltui/internal/cli/connect"
	"joltui/internal/cli/exit"
	"joltui/internal/cli/process"
	"joltui/internal/human"
	"joltui/internal/monitor"
	"joltui/internal/printable"
	"joltui/internal/system"
	"joltui/jolt"
)

// settling is how long a list is waited for after its beginning has come: rates are over
// a second, of which the broker tells when it has passed.
const settling = 1700 * time.Millisecond

// flags say how a list is printed that a broker tells of itself.
type flags struct {
	conn        connect.Connection
	zone        arg.Zone
	sort        string
	json, watch bool
}

// listing is a command that prints such a list.
type listing[V any] struct {
	thing string // what one of it is called
	topic string // where it is told
	none  string // what it means that there is none

	columns []column
	orders  []order[V] // by which it can be sorted; the first one is usual
	of      func(*monitor.Snapshot) (rows []V, total int)
	cells   func(row V, clock func(system.Stamp) string) []string
	object  func(at system.Stamp, row V) any // for --json
}

// order is a way to sort.
type order[V any] struct {
	name    string
	compare func(a, b V) int
}

// command makes the command, of which cmd has the words.
func (l listing[V]) command(env process.Env, cmd *cobra.Command) *cobra.Command {
	var f flags
	cmd.Args = arg.None
	cmd.RunE = f.conn.Settled(env, func(cmd *cobra.Command, _ []string) error {
		return l.run(cmd.Context(), env, f)
	})
	fs := cmd.Flags()
	fs.SortFlags = false
	fs.BoolVar(&f.json, "json", false, "print each as a line of JSON, with the names of docs/PROTOCOL.md, and time, when it was so; times are UTC")
	fs.BoolVarP(&f.watch, "watch", "w", false, "print again every second, until ctrl+c")
	fs.StringVar(&f.sort, "sort", l.orders[0].name, "what to sort by: "+human.List(l.orderNames()))
	f.zone.Flags(fs)
	f.conn.Flags(fs)
	// It only fails for a flag that there is not.
	_ = cmd.RegisterFlagCompletionFunc("sort", complete.Values(func(*cobra.Command) []string { return l.orderNames() }))
	return cmd
}

func (l listing[V]) orderNames() []string {
	var names []string
	for _, o := range l.orders {
		names = append(names, o.name)
	}
	return names
}

func (l listing[V]) run(ctx context.Context, env process.Env, f flags) error {
	p := printer[V]{listing: l, json: f.json, screen: newScreen(env, f.watch && !f.json)}
	by := slices.Index(l.orderNames(), f.sort)
	if by < 0 {
		return exit.Usagef("--sort %q is unknown: there are %s", f.sort, human.List(l.orderNames()))
	}
	if f.json && f.zone.Name != "" {
		return exit.Usagef("--tz and --json exclude each other: times are UTC there")
	}
	p.compare = l.orders[by].compare
	var err error
	if p.zone, err = f.zone.Location(); err != nil {
		return err
	}
	if err := f.conn.Check(); err != nil {
		return err
	}
	cfg, err := f.conn.Config(env)
	if err != nil {
		return err
	}
	ctx, stop := process.Interruptible(ctx)
	defer stop()
	latest := make(chan *monitor.Snapshot, 1)
	m := monitor.Open(monitor.Options{Config: cfg, Topics: []string{l.topic}}, func(s *monitor.Snapshot) {
		select {
		case <-latest: // nobody has come for it
		default:
		}
		latest <- s
	})
	defer m.Close()
	w := watcher{env: env, cfg: cfg, again: f.watch, topic: l.topic}
	return w.follow(ctx, latest, func() error { return p.print(cfg.Addr, m.Latest()) })
}

// watcher waits for a list, and prints it once or again and again.
type watcher struct {
	env   process.Env
	cfg   jolt.Config
	topic string
	again bool

	began bool // the list has
	lost  bool // the connection is
}

func (w *watcher) follow(ctx context.Context, latest <-chan *monitor.Snapshot, print func() error) error {
	patience := time.After(connect.Timeout(w.cfg))
	var next <-chan time.Time
	for {
		select {
		case <-ctx.Done():
			if w.again {
				return nil
			}
			return exit.ErrInterrupted
		case <-patience:
			return connect.Failure(w.cfg.Addr, context.DeadlineExceeded)
		case s := <-latest:
			if err := w.changed(s); err != nil {
				return err
			}
			if w.began && next == nil {
				next, patience = time.After(settling), nil
			}
		case <-next:
			next = time.After(time.Second)
			if w.lost {
				continue
			}
			if err := print(); err != nil || !w.again {
				return err
			}
		}
	}
}

// changed returns why the command has to end, if so.
func (w *watcher) changed(s *monitor.Snapshot) error {
	switch s.State {
	case monitor.Offered:
		w.began, w.lost = true, false
	case monitor.Absent:
		return &exit.Error{Code: exit.Failed, Err: fmt.Errorf("the broker at %s tells nothing of itself: it took the subscription to %s and sent nothing, "+
			"as brokers do that are older, or not joltui broker; topics whose names you know are there all the same: joltui sub TOPIC", w.cfg.Addr, w.topic)}
	case monitor.Refused:
		err := connect.Failure(w.cfg.Addr, s.Err)
		var rejected *jolt.RejectedError
		if errors.As(s.Err, &rejected) && rejected.Code() == jolt.CodeForbidden {
			err = &exit.Error{Code: exit.Rejected, Err: fmt.Errorf(`%w: the user needs the permission "admin", or "subscribe:%s", in the broker's configuration`, err, w.topic)}
		}
		return err
	case monitor.Down:
		if !w.began || !w.again || connect.LoginRefused(s.Err) {
			return connect.Failure(w.cfg.Addr, s.Err)
		}
		if !w.lost {
			fmt.Fprintf(w.env.Stderr, "joltui: disconnected: %s: connecting again\n", printable.Line(s.Reason))
		}
		w.lost = true
	}
	return nil
}
