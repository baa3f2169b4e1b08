package stream

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing/synctest"
	"time"
)

// fakeStream is a stream that keeps its promises, however badly the connections to it do.
type fakeStream struct {
	mu      sync.Mutex
	blocks  []stored // that it still has
	last    uint64
	ids     map[string]uint64
	created time.Time
	changed chan struct{}
	log     []string // topics of all messages ever stored, in order
	anews   []int    // how long log was each time that the stream was made anew

	refuse     bool // new connections
	leaderless bool // nothing is stored, and nobody answers
	conns      []*fakeConn
	faults     func(kinds ...string) string // draws one; "" is none
}

func newFakeStream() *fakeStream {
	return &fakeStream{created: time.Now(), ids: make(map[string]uint64), changed: make(chan struct{}),
		faults: func(...string) string { return "" }}
}

func (s *fakeStream) dial(context.Context) (conn, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.refuse {
		return nil, errors.New("connection refused")
	}
	c := &fakeConn{s: s, ended: make(chan struct{})}
	s.conns = append(s.conns, c)
	return c, nil
}

// cut ends all connections.
func (s *fakeStream) cut() {
	s.mu.Lock()
	conns := s.conns
	s.conns = nil
	s.mu.Unlock()
	for _, c := range conns {
		c.close()
	}
	synctest.Wait()
}

func (s *fakeStream) set(change func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change()
}

// anew has the stream lose all that it had, as one in memory does with its node. It may
// not show when it was made.
func (s *fakeStream) anew(shown bool) {
	s.cut()
	s.set(func() {
		if shown {
			s.created = s.created.Add(time.Hour)
		}
		s.blocks, s.last, s.ids = nil, 0, make(map[string]uint64)
		s.anews = append(s.anews, len(s.log))
	})
}

func (s *fakeStream) fault(kinds ...string) string {
	s.mu.Lock()
	draw := s.faults
	s.mu.Unlock()
	return draw(kinds...)
}

func (s *fakeStream) lives() int { s.mu.Lock(); defer s.mu.Unlock(); return len(s.anews) }

// store is what the leader does with a block.
func (s *fakeStream) store(id string, data []byte) uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	if seq, known := s.ids[id]; known {
		return seq
	}
	s.last++
	s.ids[id] = s.last
	s.blocks = append(s.blocks, stored{seq: s.last, id: id, data: slices.Clone(data), at: time.Now()})
	messages, _ := decode(data, nil)
	for _, m := range messages {
		s.log = append(s.log, m.Topic)
	}
	close(s.changed)
	s.changed = make(chan struct{})
	return s.last
}

// after returns the first block from a number on, or what to wait for.
func (s *fakeStream) after(from uint64) (stored, bool, chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, b := range s.blocks {
		if b.seq >= from {
			return b, true, nil
		}
	}
	return stored{}, false, s.changed
}

type fakeConn struct {
	s     *fakeStream
	once  sync.Once
	ended chan struct{}
}

func (c *fakeConn) lost() <-chan struct{} { return c.ended }
func (c *fakeConn) close()                { c.once.Do(func() { close(c.ended) }) }

// unanswered waits in vain.
func (c *fakeConn) unanswered(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-c.ended:
		return errors.New("connection lost")
	}
}

func (c *fakeConn) leaderless() bool { c.s.mu.Lock(); defer c.s.mu.Unlock(); return c.s.leaderless }

func (c *fakeConn) publish(ctx context.Context, id string, data []byte) (uint64, error) {
	if c.leaderless() {
		return 0, c.unanswered(ctx)
	}
	select {
	case <-c.ended:
		return 0, errors.New("connection lost")
	default:
	}
	switch c.s.fault("drop", "lose the answer", "delay", "refuse") {
	case "drop":
		return 0, c.unanswered(ctx)
	case "lose the answer":
		c.s.store(id, data)
		return 0, c.unanswered(ctx)
	case "delay": // until it was published again, or given up
		data = slices.Clone(data)
		lives := c.s.lives()
		time.AfterFunc(3*time.Second, func() {
			if c.s.lives() == lives {
				c.s.store(id, data)
			}
		})
		return 0, c.unanswered(ctx)
	case "refuse":
		return 0, errors.New("insufficient resources")
	}
	return c.s.store(id, data), nil
}

func (c *fakeConn) state(ctx context.Context) (state, error) {
	if c.leaderless() {
		return state{}, c.unanswered(ctx)
	}
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	st := state{first: c.s.last + 1, last: c.s.last, created: c.s.created}
	if len(c.s.blocks) > 0 {
		st.first = c.s.blocks[0].seq
	}
	return st, nil
}

func (c *fakeConn) follow(ctx context.Context, from uint64, to follower) error {
	next := from
	lives := c.s.lives()
	if st, err := c.state(ctx); err != nil {
		return err
	} else if next > st.last { // as JetStream does
		next = st.last + 1
	}
	for {
		b, ok, changed := c.s.after(next)
		if c.s.lives() != lives {
			return errSilent // a consumer goes with its stream
		}
		if !ok {
			select {
			case <-changed:
			case <-time.After(heartbeat):
				if err := to.beat(next - 1); err != nil {
					return err
				}
			case <-c.ended:
				return errors.New("connection lost")
			case <-ctx.Done():
				return context.Cause(ctx)
			}
			continue
		}
		next = b.seq + 1
		blocks := []stored{b}
		switch c.s.fault("drop", "twice", "out of order", "fail") {
		case "drop":
			continue
		case "twice":
			blocks = append(blocks, b)
		case "out of order":
			if after, ok, _ := c.s.after(next); ok {
				blocks = []stored{after, b}
			}
		case "fail":
			return errSilent
		}
		for _, b := range blocks {
			if err := to.block(b); err != nil {
				return err
			}
		}
	}
}
