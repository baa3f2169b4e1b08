package load

import (
	"cmp"
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"joltui/jolt"
)

// atOnce is how many connections are made, or closed, at once.
const atOnce = 64

// ConnectError says that a connection could not be made, or was lost before
// the load began.
type ConnectError struct {
	Addr string // where it was tried
	Err  error
}

// Error implements error.
func (e *ConnectError) Error() string { return "load: no connection: " + e.Err.Error() }

// Unwrap returns the cause.
func (e *ConnectError) Unwrap() error { return e.Err }

// run is the connections of one [Run].
type run struct {
	cfg         Config
	id          uint32 // its last bits are for the numbers of the phases
	topics      []string
	fail        func(error) // ends the run
	publishers  []*link
	sleepers    []sleeper
	subscribers []*subscriber
}

// Run connects, warms up and measures. It returns what it has measured, or nil if the
// measurement had not begun, and why it ended early: an error that wraps that of ctx; a
// [*ConfigError], [*ConnectError] or [*OutageError]; a [*jolt.RejectedError] if the broker
// refuses a login, a subscription or the first message to a topic; or [ErrTooManyHoles].
// What happens to messages after that, such as rejections, is part of the result and no
// error.
func Run(ctx context.Context, cfg Config) (*Result, error) {
	if err := cfg.Check(); err != nil {
		return nil, err
	}
	broken, fail := context.WithCancelCause(context.Background())
	defer fail(nil)
	running, stop := context.WithCancel(ctx)
	defer stop()
	defer context.AfterFunc(broken, stop)()

	r := &run{cfg: cfg, id: rand.Uint32() &^ phaseBits, topics: cfg.topics(), fail: fail}
	defer r.close()
	early := func() error { return cmp.Or(ctx.Err(), context.Cause(broken)) }
	if err := r.connect(running); err != nil {
		return nil, cmp.Or(early(), err)
	}
	if cfg.Warmup > 0 {
		s := r.schedule()
		s.count, s.length = 0, cfg.Warmup
		r.load(running, broken, Warmup, s)
		if err := early(); err != nil {
			return nil, err
		}
	}
	p := r.load(running, broken, Measuring, r.schedule())
	return p.result(cfg, r, running.Err() != nil), early()
}

func (r *run) schedule() schedule {
	return schedule{
		publishers: int64(r.cfg.Publishers),
		rate:       int64(r.cfg.Rate),
		count:      int64(r.cfg.Count),
		length:     r.cfg.Duration,
	}
}

// load runs one phase: it publishes until the load or ctx ends, and then waits for
// subscribers, no longer than until broken ends.
func (r *run) load(ctx, broken context.Context, stage Stage, s schedule) *phase {
	p := r.newPhase(uint32(stage), s)
	p.began = time.Now()
	for i, sub := range r.subscribers {
		sub.inbox.Store(p.inboxes[i])
		defer sub.inbox.Store(nil)
	}
	defer r.report(p, stage)()
	p.publish(ctx)
	p.stopped.Store(int64(time.Since(p.began)))
	p.await(broken, r.cfg.Grace)
	return p
}

// connect makes all connections and subscribes. Then it sends a message to
// each topic, so that a refusal shows before the load does.
func (r *run) connect(ctx context.Context) error {
	group, dialing := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	for range r.cfg.Publishers {
		l := newLink(r.cfg.Client.Addr, r.cfg.MaxOutage, r.fail)
		r.publishers = append(r.publishers, l)
		r.sleepers = append(r.sleepers, r.newSleeper())
		group.Go(func() error { return r.dial(dialing, l, r.cfg.Window, l.handle) })
	}
	for range r.cfg.Subscribers {
		s := &subscriber{link: newLink(r.cfg.subscribeAddr(), r.cfg.MaxOutage, r.fail)}
		r.subscribers = append(r.subscribers, s)
		group.Go(func() error {
			if err := r.dial(dialing, s.link, 1, s.handle); err != nil {
				return err
			}
			return r.each(dialing, s.link, jolt.Request{Op: jolt.OpSubscribe})
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	first := header{run: r.id}
	return r.each(ctx, r.publishers[0], jolt.Request{Op: jolt.OpPublish, Data: newPayload(r.cfg.Size).text(first)})
}

func (r *run) dial(ctx context.Context, l *link, window int, handler func([]jolt.Event)) (err error) {
	cfg := r.cfg.Client
	cfg.Addr = l.addr
	cfg.Topics, cfg.Window, cfg.Handler = nil, window, handler
	dial := r.cfg.dial
	if dial == nil {
		dial = dialJolt
	}
	l.client, err = dial(ctx, cfg)
	return l.connectError(err)
}

func dialJolt(ctx context.Context, cfg jolt.Config) (client, error) {
	c, err := jolt.Dial(ctx, cfg)
	if err != nil {
		return nil, err // not a client that holds a nil *Client
	}
	return c, nil
}

// each makes the same request for every topic.
func (r *run) each(ctx context.Context, l *link, request jolt.Request) error {
	for _, topic := range r.topics {
		request.Topic = topic
		if _, err := l.Do(ctx, request); err != nil {
			return l.connectError(err)
		}
	}
	return nil
}

// connectError wraps an error in a [*ConnectError], unless it is a refusal of the broker.
func (l *link) connectError(err error) error {
	var rejected *jolt.RejectedError
	if err == nil || errors.As(err, &rejected) {
		return err
	}
	return &ConnectError{l.addr, err}
}

func (r *run) newSleeper() sleeper {
	switch {
	case r.cfg.sleep != nil:
		return r.cfg.sleep()
	case r.cfg.Rate == 0:
		return runtimeSleeper{} // never used
	}
	return newSleeper()
}

func (r *run) close() {
	var group errgroup.Group
	group.SetLimit(atOnce)
	for _, l := range r.links() {
		group.Go(l.close)
	}
	group.Wait()
	for _, s := range r.sleepers {
		s.Close()
	}
}

// links returns all connections.
func (r *run) links() []*link {
	all := slices.Clone(r.publishers)
	for _, s := range r.subscribers {
		all = append(all, s.link)
	}
	return all
}

// outages returns how often connections were lost, and for how long in all.
func (r *run) outages(now time.Time) (n int, sum time.Duration) {
	for _, l := range r.links() {
		count, length := l.outagesUntil(now)
		n += count
		sum += length
	}
	return n, sum
}

// down returns how many connections are lost now.
func (r *run) down() (n int) {
	for _, l := range r.links() {
		if l.isDown() {
			n++
		}
	}
	return n
}
