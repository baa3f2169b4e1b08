package broker

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"joltui/broker/internal/lastvalue"
	"joltui/broker/internal/login"
	"joltui/broker/internal/meter"
	"joltui/broker/internal/shrink"
	"joltui/internal/episodes"
	"joltui/jolt"
)

// Errors of serving and of shutting down.
var (
	// ErrServed: Serve can be called once.
	ErrServed = errors.New("broker: Serve was called before")
	// ErrNotDrained: connections were closed before everything that was queued
	// for them was delivered.
	ErrNotDrained = errors.New("broker: closed before everything queued was delivered")
)

// Broker is a message broker. Make one with [New]. All its methods are safe
// for concurrent use.
type Broker struct {
	cfg          Config
	log          *slog.Logger
	access       atomic.Pointer[access] // nil with security off
	gate         *login.Gate
	certificates *certificates
	engine       engine
	buffers      buffers
	episodes     *episodes.Log
	memory       *memory
	delays       delays
	meter        *meter.Meter // nil where requests are not bounded
	refusals     refusals

	board *board
	began time.Time

	received            atomic.Uint64
	receivedBytes       atomic.Uint64
	seen                atomic.Uint64 // of received, by the gate
	slowConsumers       atomic.Uint64
	accepted            atomic.Uint64
	turnedAway          atomic.Uint64
	loginFailures       atomic.Uint64
	loginsRefused       atomic.Uint64
	requestsLimited     atomic.Uint64
	lastValuesForgotten atomic.Uint64
	handshakeFailures   atomic.Uint64
	foreign             atomic.Uint64
	acceptFails         atomic.Bool
	openToAll           atomic.Bool
	clearPasswords      atomic.Bool

	// logins ends with the first call to stop: nobody is let in any more.
	logins     context.Context
	stopLogins context.CancelFunc
	done       chan struct{} // closed when everything has ended

	mu       sync.Mutex
	listener net.Listener // what Serve serves
	served   bool
	aborted  bool
	cutShort bool
	sessions shrink.Map[*session, struct{}]
	census   census

	running  sync.WaitGroup // sessions, and connections that are being refused
	reading  sync.WaitGroup // sessions that may still publish
	quiet    chan struct{}  // closed when nothing more will be published
	connect  sync.Once      // to what the engine needs
	unserved error          // why that failed
	refusing chan struct{}  // bounds the connections that are being refused
	parted   chan struct{}  // bounds the slow consumers that still take their last words
}

// maxRefusing is how many connections that are refused are waited for at the same
// time, until they have read why. Any more are closed at once.
const maxRefusing = 1024

// New returns a broker that does nothing until [Broker.Serve] is called. An
// error is a [*ConfigError].
func New(cfg Config) (*Broker, error) {
	b := &Broker{
		cfg:      cfg,
		log:      cfg.Logger,
		began:    time.Now(),
		done:     make(chan struct{}),
		census:   newCensus(),
		quiet:    make(chan struct{}),
		refusing: make(chan struct{}, maxRefusing),
		parted:   make(chan struct{}, mostParted),
	}
	if b.log == nil {
		b.log = slog.New(slog.DiscardHandler)
	}
	b.board = newBoard(b)
	b.log = slog.New(eventLog{Handler: b.log.Handler(), board: b.board})
	checked, err := cfg.ready()
	if err != nil {
		return nil, err
	}
	b.cfg.Limits, b.cfg.Name = checked.limits, cfg.name()
	b.engine = newRegistry(lastvalue.New(slices.Clone(cfg.LastValue), checked.limits.LastValueBytes), cfg.Patterns)
	b.access.Store(checked.users)
	b.certificates = newCertificates(checked.tls)
	b.episodes = episodes.New(b.log)
	b.refusals = newRefusals()
	b.memory = newMemory(b)
	if cfg.Engine != nil {
		b.engine = newFleet(checked.stream, b)
	}
	if most := b.cfg.Limits.UserRequests; most > 0 {
		b.meter = meter.New(most)
	}
	b.logins, b.stopLogins = context.WithCancel(context.Background())
	b.gate = login.NewGate(b.logins, b.busy)
	b.warn(cfg)
	return b, nil
}

// Logger returns Config.Logger, whose warnings subscribers to $SYS.events are sent too.
func (b *Broker) Logger() *slog.Logger { return b.log }

// Serve accepts connections from ln and serves them until ctx ends, then
// delivers what is queued for at most [Limits.Drain]. It closes ln, can be
// called once, and returns when every connection is closed: with nil after
// everything was delivered or [Broker.Close] was called, [ErrNotDrained] if
// time ran out, or the error that ended ln.
func (b *Broker) Serve(ctx context.Context, ln net.Listener) error {
	defer ln.Close()
	if err := b.Connect(ctx); err != nil {
		return err
	}
	if ok, err := b.start(ln); !ok {
		return err
	}
	b.running.Go(b.memory.watch)
	stop := context.AfterFunc(ctx, func() {
		timeout, cancel := context.WithTimeout(context.WithoutCancel(ctx), b.cfg.Limits.Drain)
		defer cancel()
		b.Shutdown(timeout) // the outcome is what Serve returns
	})
	defer stop()
	b.warnOfExposure(ln.Addr())
	b.warnOfDescriptors()
	b.log.Info("serving", "addr", ln.Addr().String(), "security", b.cfg.Security, "tls", b.cfg.TLS != nil)
	err := b.accept(ln)
	b.drain()
	b.log.Info("stopped")
	if err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.cutShort {
		return ErrNotDrained
	}
	return nil
}

// Connect reaches what the engine of the configuration needs, and checks it; without
// an engine there is nothing to do. It waits 30 s at most, and an error says what to do.
// [Broker.Serve] does so if it was not done before, with its own context.
func (b *Broker) Connect(ctx context.Context) error {
	b.connect.Do(func() { b.unserved = b.engine.connect(ctx) })
	return b.unserved
}

// start reports whether ln can be served.
func (b *Broker) start(ln net.Listener) (bool, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.served {
		return false, ErrServed
	}
	b.served = true
	if b.logins.Err() != nil {
		b.engine.close()
		return false, nil
	}
	b.listener = ln
	return true, nil
}

// Shutdown stops accepting and reading, delivers what is queued, tells every
// client and closes. When ctx ends first it closes the connections that are
// left and returns [ErrNotDrained] and the cause. Any number of calls may run
// at the same time; each cuts the waiting short when its own ctx ends.
func (b *Broker) Shutdown(ctx context.Context) error {
	b.stop()
	select {
	case <-b.done:
		return nil
	case <-ctx.Done():
	}
	b.mu.Lock()
	b.cutShort = true
	left := len(b.sessions.All)
	b.mu.Unlock()
	b.log.Warn("shutdown cut short", "connections", left)
	b.Close()
	return fmt.Errorf("%w: %w", ErrNotDrained, context.Cause(ctx))
}

// Close closes the listener and every connection at once, and returns when all
// have ended. It always returns nil.
func (b *Broker) Close() error {
	b.stop()
	b.mu.Lock()
	b.aborted = true
	for s := range b.sessions.All {
		hangUp(s.arrived.Conn)
	}
	b.mu.Unlock()
	b.engine.close() // what sessions wait for comes to nothing
	<-b.done
	return nil
}

// stop makes Serve end, or never begin.
func (b *Broker) stop() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.logins.Err() != nil {
		return
	}
	b.stopLogins()
	if b.listener == nil {
		b.engine.close()
		close(b.done)
		return
	}
	b.listener.Close()
}

// drain ends all sessions. They write what is queued only after all have
// stopped reading, so that what was published last is delivered too.
func (b *Broker) drain() {
	b.stop() // in case that the listener failed
	b.mu.Lock()
	for s := range b.sessions.All {
		s.finish(shuttingDown())
		s.out.hurry()
	}
	b.mu.Unlock()
	b.reading.Wait()
	b.engine.pass() // what was published last is for the subscribers here too
	close(b.quiet)
	b.gate.Close()
	b.running.Wait()
	b.engine.close()
	b.episodes.End()
	close(b.done)
}

func shuttingDown() *refusal {
	return refuse(jolt.CodeShuttingDown, "the broker is shutting down")
}

// busy reports whether messages came since it was called last.
func (b *Broker) busy() bool {
	now := b.received.Load()
	return b.seen.Swap(now) != now
}
