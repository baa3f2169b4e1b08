package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"joltui/broker"
	"joltui/internal/cli/process"
	"joltui/internal/cli/serve"
	"joltui/internal/human"
)

// ownDrain bounds how long leaving the dashboard waits for clients that read slowly.
const ownDrain = time.Second

// ownBroker is the broker that this process runs for its dashboard, once the user has
// started one. It goes on while the user switches to other profiles, and ends with the
// process. All methods are safe for concurrent use.
type ownBroker struct {
	mine atomic.Int64 // how many connections this process has to it

	mu      sync.Mutex
	asked   string         // the address that it was started for
	addr    string         // where it listens
	broker  *broker.Broker // nil until it is started, and when it has ended by itself
	stop    context.CancelFunc
	work    sync.WaitGroup
	samples int   // how many of its clients are the services of the demo
	seen    int   // how many others the dashboard saw last
	err     error // why it has ended by itself, or was not done in time
}

// start listens at addr and serves from then on, with the services of the demo if sample.
// It may wait for a second where the port is taken, to say by whom.
func (o *ownBroker) start(ctx context.Context, addr string, sample bool) error {
	if at, _ := o.others(); at != "" {
		return fmt.Errorf("this program runs a broker already, at %s", at)
	}
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return serve.ListenError(ctx, addr, err)
	}
	return o.serve(ctx, ln, addr, sample)
}

// serve begins to serve what connects to ln, which listens at the address that was asked for.
func (o *ownBroker) serve(ctx context.Context, ln net.Listener, asked string, sample bool) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	var cfg broker.Config
	if sample {
		cfg = demoBroker()
	}
	cfg.Version, cfg.Limits.Drain = process.FullVersion(), ownDrain
	b, err := broker.New(cfg)
	if err != nil {
		ln.Close()
		return err
	}
	o.asked, o.addr, o.broker, o.err, o.samples = asked, ln.Addr().String(), b, nil, 0
	ctx, o.stop = context.WithCancel(context.WithoutCancel(ctx))
	o.work.Go(func() { o.done(ctx, b.Serve(ctx, ln)) })
	if sample {
		at := o.addr
		o.samples = 1
		o.work.Go(func() { o.done(ctx, publishTraffic(ctx, at, newTraffic(1))) })
	}
	return nil
}

// done notes what became of the broker or of the services, and ends the other. What was
// stopped has not failed, unless messages that it had accepted were left.
func (o *ownBroker) done(ctx context.Context, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	stopped := ctx.Err() != nil
	if stopped && !errors.Is(err, broker.ErrNotDrained) {
		return
	}
	if !stopped {
		o.broker = nil
	}
	if o.err == nil {
		o.err = err
	}
	o.stop()
}

// others returns where the broker listens, or "" where there is none, and how many clients
// of other programs are connected. A connection that has just ended may still be counted.
func (o *ownBroker) others() (addr string, others int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.broker == nil {
		return "", 0
	}
	return o.addr, max(o.broker.Stats().Connections-int(o.mine.Load())-o.samples, 0)
}

// failure returns why the broker has ended by itself, or nil.
func (o *ownBroker) failure() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.err
}

// close ends the broker, and returns when it has ended: with the reason where it had failed,
// or has left messages that it had accepted.
func (o *ownBroker) close() error {
	o.mu.Lock()
	stop := o.stop
	o.mu.Unlock()
	if stop != nil {
		stop()
	}
	o.work.Wait()
	return o.failure()
}

// count has a connection counted as one of this process, if it is to the broker.
func (o *ownBroker) count(conn net.Conn) net.Conn {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.broker == nil || conn.RemoteAddr().String() != o.addr {
		return conn
	}
	o.mine.Add(1)
	return &countedConn{Conn: conn, closed: sync.OnceFunc(func() { o.mine.Add(-1) })}
}

// countedConn tells when it is closed.
type countedConn struct {
	net.Conn
	closed func()
}

// Close closes the connection.
func (c *countedConn) Close() error {
	defer c.closed()
	return c.Conn.Close()
}

// leave is close for when the dashboard has ended: who was connected is told to the user.
func (o *ownBroker) leave(w io.Writer) error {
	addr, others := o.others()
	o.mu.Lock()
	others = min(others, o.seen) // the dashboard's own, which has just ended, may still be counted
	o.mu.Unlock()
	err := o.close()
	if others > 0 {
		fmt.Fprintf(w, "joltui: the broker at %s has ended with the dashboard; it had %s of other programs\n",
			addr, human.Counted(uint64(others), "client"))
	}
	return err
}
