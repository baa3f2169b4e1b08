package load

import (
	"context"
	"sync"
	"time"

	"joltui/jolt"
)

// fakeBroker answers in the time of a synctest bubble. Each of its fields has a
// zero value that is a perfect broker.
type fakeBroker struct {
	// takes is how long it works on a publish, in the order in which they come.
	takes func(publish int) time.Duration
	// refuses returns the error of a request that it rejects.
	refuses func(jolt.Request) error
	// delivers returns what a subscriber gets for a message.
	delivers func(*jolt.Message) []*jolt.Message

	mu        sync.Mutex
	clients   []*fakeClient
	publishes int
	down      bool
}

// config is a load on the broker, with no warm-up.
func (b *fakeBroker) config() Config {
	cfg := Defaults()
	cfg.Warmup = 0
	cfg.dial = b.dial
	cfg.sleep = func() sleeper { return runtimeSleeper{} }
	return cfg
}

func (b *fakeBroker) dial(_ context.Context, cfg jolt.Config) (client, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	c := &fakeClient{broker: b, cfg: cfg, calls: make(chan fakeCall, maxWindow), ended: make(chan struct{})}
	b.clients = append(b.clients, c)
	go c.serve()
	c.event(&jolt.StateChange{At: time.Now(), State: jolt.Up})
	return c, nil
}

// cut loses every connection, and makes them again after a while.
func (b *fakeBroker) cut(outage time.Duration) {
	b.setDown(true)
	time.Sleep(outage)
	b.setDown(false)
}

func (b *fakeBroker) setDown(down bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.down = down
	for _, c := range b.clients {
		if down {
			c.event(&jolt.StateChange{At: time.Now(), State: jolt.Down, Cause: errCut})
		} else {
			c.event(&jolt.StateChange{At: time.Now(), State: jolt.Up})
		}
	}
}

func (b *fakeBroker) isDown() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.down
}

// work is how long the next publish takes.
func (b *fakeBroker) work() time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.publishes++
	if b.takes == nil {
		return 0
	}
	return b.takes(b.publishes - 1)
}

func (b *fakeBroker) deliver(r jolt.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range b.clients {
		if !c.subscribed[r.Topic] {
			continue
		}
		m := &jolt.Message{Topic: r.Topic, Data: r.Data}
		all := []*jolt.Message{m}
		if b.delivers != nil {
			all = b.delivers(m)
		}
		for _, m := range all {
			m.At = time.Now()
			c.event(m)
		}
	}
}

// fakeClient is one connection: its requests are carried out in turn.
type fakeClient struct {
	broker     *fakeBroker
	cfg        jolt.Config
	calls      chan fakeCall
	ended      chan struct{}
	subscribed map[string]bool
}

type fakeCall struct {
	request jolt.Request
	done    func(*jolt.Reply)
}

func (c *fakeClient) event(e jolt.Event) { c.cfg.Handler([]jolt.Event{e}) }

func (c *fakeClient) Start(_ context.Context, r jolt.Request, done func(*jolt.Reply)) error {
	if c.broker.isDown() {
		return jolt.ErrNotConnected
	}
	c.calls <- fakeCall{r, done}
	return nil
}

func (c *fakeClient) Do(ctx context.Context, r jolt.Request) (*jolt.Reply, error) {
	replies := make(chan *jolt.Reply, 1)
	if err := c.Start(ctx, r, func(r *jolt.Reply) { replies <- r }); err != nil {
		return nil, err
	}
	reply := <-replies
	return reply, reply.Err
}

func (c *fakeClient) Close() error {
	close(c.calls)
	<-c.ended
	return nil
}

func (c *fakeClient) serve() {
	defer close(c.ended)
	for call := range c.calls {
		reply := c.carryOut(call.request)
		reply.Request, reply.At = call.request, time.Now()
		call.done(reply)
	}
}

func (c *fakeClient) carryOut(r jolt.Request) *jolt.Reply {
	if r.Op == jolt.OpPublish {
		time.Sleep(c.broker.work())
	}
	if c.broker.isDown() {
		return &jolt.Reply{Outcome: jolt.Unknown, Err: jolt.ErrUnknownOutcome}
	}
	if c.broker.refuses != nil {
		if err := c.broker.refuses(r); err != nil {
			return &jolt.Reply{Outcome: jolt.Rejected, Err: err}
		}
	}
	switch r.Op {
	case jolt.OpPublish:
		c.broker.deliver(r)
	case jolt.OpSubscribe:
		c.broker.subscribe(c, r.Topic)
	}
	return &jolt.Reply{Outcome: jolt.Acknowledged}
}

func (b *fakeBroker) subscribe(c *fakeClient, topic string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if c.subscribed == nil {
		c.subscribed = make(map[string]bool)
	}
	c.subscribed[topic] = true
}
