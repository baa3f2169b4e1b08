package monitor

import (
	"context"
	"slices"
	"sync"
	"time"

	"joltui/internal/system"
	"joltui/jolt"
)

const (
	// patience is how long a broker may be silent after it has taken the first
	// subscription: one that tells of itself does so together with its ok.
	patience = time.Second
	// every is how long a snapshot stands before another one follows it.
	every = time.Second
	// together is how long what is told at the same time may take to come.
	together = 50 * time.Millisecond
)

// Options say which broker to watch, and as whom.
type Options struct {
	// Config is that of another client of the same program. Its Handler, Topics, Trace,
	// Window, PingInterval and NoReconnect are not used.
	Config jolt.Config
	// Topics are the $SYS topics to follow. Default: all of them.
	Topics []string
	// Now is the clock of snapshots. Default [time.Now].
	Now func() time.Time
}

// Monitor follows the $SYS topics of a broker until it is closed.
type Monitor struct {
	deliver func(*Snapshot)
	now     func() time.Time
	client  *jolt.Client // nil where there can be none
	ctx     context.Context
	cancel  context.CancelFunc
	wake    chan struct{} // holds one: there is something to send or to deliver
	ended   chan struct{}

	mu      sync.Mutex
	known   *state
	inquiry inquiry
	changed bool // since the last delivery
	urgent  bool // the State has
}

// Open connects in the background, and again for ever. It calls deliver, from one
// goroutine at a time, at once when the State has changed, and at most once a second while
// anything else has. A deliver that takes its time delays further ones and nothing else;
// it must not call Close. A Config that can never work is a State of Down.
func Open(o Options, deliver func(*Snapshot)) *Monitor {
	m := &Monitor{deliver: deliver, now: o.Now, wake: make(chan struct{}, 1), ended: make(chan struct{}),
		known: newState(), inquiry: newInquiry(o.Topics)}
	if m.now == nil {
		m.now = time.Now
	}
	m.ctx, m.cancel = context.WithCancel(context.Background())
	start := o.Config.Go
	if start == nil {
		start = func(f func()) { go f() }
	}
	m.mu.Lock() // the handler waits for the client
	defer m.mu.Unlock()
	client, err := jolt.New(m.config(o.Config))
	if err != nil {
		m.inquiry.down(err)
		m.urgent = true
		m.nudge()
	} else {
		m.client = client
	}
	start(m.run)
	return m
}

// config makes the monitor's own configuration of another client's.
func (m *Monitor) config(cfg jolt.Config) jolt.Config {
	cfg.Handler, cfg.Topics, cfg.Trace = m.handle, nil, nil
	cfg.Window, cfg.PingInterval, cfg.NoReconnect = 0, 0, false
	return cfg
}

// Close ends the connection. Nothing is delivered after it has returned.
func (m *Monitor) Close() {
	m.cancel()
	if m.client != nil {
		m.client.Close()
	}
	<-m.ended
}

// Latest returns what is known now, also when it has not been delivered yet.
func (m *Monitor) Latest() *Snapshot {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.snapshot()
}

// handle takes what the client brings, on the goroutine that reads: it waits for nobody.
func (m *Monitor) handle(batch []jolt.Event) {
	m.mu.Lock()
	defer m.mu.Unlock()
	before := m.inquiry.state
	for _, event := range batch {
		switch e := event.(type) {
		case *jolt.StateChange:
			m.stateChanged(e)
		case *jolt.Reply:
			if e.Request.Op == jolt.OpSubscribe {
				m.inquiry.answered(e)
				m.changed = m.changed || e.Outcome == jolt.Rejected
			}
		case *jolt.Message:
			m.heard(e)
		case *jolt.BadLine:
			m.known.ignored++
		}
	}
	m.settle(before)
}

func (m *Monitor) stateChanged(e *jolt.StateChange) {
	switch e.State {
	case jolt.Up:
		m.known.forget()
		m.inquiry.begin()
	case jolt.Down, jolt.Closed:
		if e.Cause == nil { // after Close
			return
		}
		for _, topic := range system.Names() {
			m.client.Forget(topic) // the next connection is asked anew
		}
		m.inquiry.down(e.Cause)
		m.changed = true // its reason may have
	}
}

func (m *Monitor) heard(e *jolt.Message) {
	if !slices.Contains(m.inquiry.taken, e.Topic) || m.inquiry.state == Absent {
		return
	}
	told, whole := m.known.hear(e.Topic, e.Data, e.At)
	if told {
		m.inquiry.told()
	}
	m.changed = m.changed || whole
}

// settle sees to what follows from a change of the inquiry. The mutex is held.
func (m *Monitor) settle(before State) {
	if m.inquiry.state != before {
		m.urgent = true
	}
	if m.inquiry.waits { // for the first message, from now on
		m.inquiry.waits = false
		connection := m.inquiry.connection
		time.AfterFunc(patience, func() { m.silent(connection) })
	}
	if m.urgent || m.changed || len(m.inquiry.requests) > 0 {
		m.nudge()
	}
}

// silent ends the waiting for the first message on a connection.
func (m *Monitor) silent(connection int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	before := m.inquiry.state
	m.inquiry.silent(connection)
	m.settle(before)
}

func (m *Monitor) nudge() {
	select {
	case m.wake <- struct{}{}:
	default:
	}
}

// run sends what the inquiry asks, and delivers.
func (m *Monitor) run() {
	defer close(m.ended)
	pace := time.NewTimer(0)
	defer pace.Stop()
	waiting := true // for the pace
	for {
		select {
		case <-m.ctx.Done():
			return
		case <-m.wake:
		case <-pace.C:
			waiting = false
		}
		for _, r := range m.requests() {
			// That one was not sent, because there is no connection any more, is told by
			// the client's events.
			_ = m.client.Start(m.ctx, r, nil)
		}
		snapshot, urgent := m.due(waiting)
		if snapshot == nil {
			continue
		}
		m.deliver(snapshot)
		waiting = true
		if urgent { // what the first answer brings is followed by a second's worth of changes
			pace.Reset(every + together)
		} else {
			pace.Reset(every)
		}
	}
}

// requests takes what is to be sent.
func (m *Monitor) requests() []jolt.Request {
	m.mu.Lock()
	defer m.mu.Unlock()
	all := m.inquiry.requests
	m.inquiry.requests = nil
	return all
}

// due returns what is to be delivered now, if anything.
func (m *Monitor) due(waiting bool) (s *Snapshot, urgent bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if urgent = m.urgent; !urgent && (waiting || !m.changed) {
		return nil, false
	}
	m.urgent, m.changed = false, false
	return m.snapshot(), urgent
}

// snapshot is made with the mutex held.
func (m *Monitor) snapshot() *Snapshot {
	s := m.known.snapshot()
	s.At = m.now()
	m.inquiry.describe(s)
	return s
}
