package jolt

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"
)

// Client is a connection to a broker that is made again whenever it is lost.
// All methods are safe for concurrent use.
//
// After a connection was lost, the client logs in again and asks for its
// subscriptions again before it is up. It never sends a request twice: one
// whose reply was not seen ends as [Unknown].
type Client struct {
	cfg    Config
	events emitter
	cancel context.CancelFunc
	ended  chan struct{} // closed when the client has let go of everything
	first  chan error    // the end of the first attempt, for Dial

	mu       sync.Mutex
	user     string
	pass     string
	accepted bool     // the broker has accepted this login before
	topics   []string // to be subscribed on each connection, in order of asking
	session  *session // nil unless up
	lost     *outage  // nil unless a connection that was up has been lost
	closed   error    // why the client has ended; nil until then
}

type outage struct {
	since time.Time
	cause error
}

// New starts a client and returns at once. It connects in the background, and
// tries again for ever; [Config.Handler] learns how that goes. Whoever gets a
// client must call [Client.Close]. The error, which is about cfg and nothing else,
// wraps [ErrBadConfig], [ErrBadTopic] or [ErrInvalidUTF8].
func New(cfg Config) (*Client, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	c := &Client{
		cfg:    cfg,
		cancel: cancel,
		ended:  make(chan struct{}),
		first:  make(chan error, 1),
		user:   cfg.User,
		pass:   cfg.Pass,
	}
	c.events.handler = cfg.Handler
	for _, topic := range cfg.Topics {
		c.want(topic)
	}
	cfg.Go(func() { c.run(ctx) })
	return c, nil
}

// Dial is New for programs that need the connection now: it returns when the
// client is up, or with the error of the first attempt, or of ctx; then there is
// no client to close. The error wraps what the network or TLS said, a
// [*RejectedError] of the login, [ErrUnsafeAuth], or what [New] fails with. The end
// of ctx means nothing to a client that was returned, which reconnects like any
// other.
func Dial(ctx context.Context, cfg Config) (*Client, error) {
	c, err := New(cfg)
	if err != nil {
		return nil, err
	}
	select {
	case err = <-c.first:
	case <-ctx.Done():
		err = ctx.Err()
	}
	if err != nil {
		c.Close()
		return nil, fmt.Errorf("jolt: connect to %s: %w", c.cfg.Addr, err)
	}
	return c, nil
}

// Auth logs in. When the broker accepts, the client logs in as this user on
// every later connection too. Errors are those of [Client.Do].
func (c *Client) Auth(ctx context.Context, user, pass string) error {
	_, err := c.Do(ctx, Request{Op: OpAuth, User: user, Pass: pass})
	return err
}

// Subscribe asks for the messages of a topic, now and, once the broker has accepted,
// on every later connection. Messages may come before it returns. Errors are those
// of [Client.Do]; after [ErrUnknownOutcome] the topic is asked for again, after any
// other it is not.
func (c *Client) Subscribe(ctx context.Context, topic string) error {
	_, err := c.Do(ctx, Request{Op: OpSubscribe, Topic: topic})
	return err
}

// Unsubscribe ends a subscription. Messages that are under way may still come
// until it returns. Errors are those of [Client.Do]; after [ErrUnknownOutcome] the
// topic is not asked for again, after any other it still is.
func (c *Client) Unsubscribe(ctx context.Context, topic string) error {
	_, err := c.Do(ctx, Request{Op: OpUnsubscribe, Topic: topic})
	return err
}

// Publish sends data to whoever is subscribed to topic at that moment. Nil
// says that the broker has taken it, not that anybody has received it. Both must
// be valid UTF-8, and brokers may limit their sizes. Errors are those of [Client.Do].
func (c *Client) Publish(ctx context.Context, topic, data string) error {
	_, err := c.Do(ctx, Request{Op: OpPublish, Topic: topic, Data: data})
	return err
}

// Ping returns the time from handing a ping to the connection until its reply
// was read, which takes longer while the handler is busy. Errors are those of
// [Client.Do].
func (c *Client) Ping(ctx context.Context) (time.Duration, error) {
	r, err := c.Do(ctx, Request{Op: OpPing})
	if err != nil {
		return 0, err
	}
	return r.Latency(), nil
}

// Do sends a request and waits for its outcome. That is also an event, which the
// handler has had when Do returns, unless the request was never sent; after
// [Client.Close] there are no events. Auto of the request is ignored.
//
// Do returns the outcome, and the outcome's Err: nil, a [*RejectedError], or an
// error that wraps [ErrNotConnected], [ErrClosed], [ErrUnknownOutcome],
// [ErrBadTopic], [ErrInvalidUTF8], [ErrUnknownOp], [ErrUnsafeAuth], [ErrInHandler] or
// that of ctx.
//
// While there is no connection Do fails at once. When ctx ends before the
// request was sent, it never will be. When ctx ends after that, Do returns a
// nil Reply and an error that wraps ctx's and [ErrUnknownOutcome]; the request
// stays under way, and its outcome will be an event.
func (c *Client) Do(ctx context.Context, r Request) (*Reply, error) {
	s, err := c.prepare(ctx, r)
	if err == nil && c.events.callbacks.inside() {
		err = ErrInHandler
	}
	if err != nil {
		return c.refuse(r, err)
	}
	r.Auto = false
	pending := newCall(r)
	pending.done = make(chan struct{})
	if err := s.calls.add(pending); err != nil {
		return c.refuse(r, err)
	}
	select {
	case <-pending.done:
		return &pending.reply, pending.reply.Err
	case <-ctx.Done():
	}
	if s.calls.withdraw(pending) {
		return c.refuse(r, ctx.Err())
	}
	return nil, fmt.Errorf("%w: %s: %w", ErrUnknownOutcome, r, ctx.Err())
}

// prepare returns the session that r can be sent on, or why it cannot be sent.
func (c *Client) prepare(ctx context.Context, r Request) (*session, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := r.check(); err != nil {
		return nil, err
	}
	s, err := c.current()
	if err == nil && r.Op == OpAuth {
		err = c.mayLogIn(s.conn)
	}
	return s, err
}

// Forget drops a topic from those that are asked for again after a reconnect,
// without asking the broker. It is for topics that the broker refused; of one that
// is subscribed, messages go on until the connection ends. It never waits.
func (c *Client) Forget(topic string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.topics = slices.DeleteFunc(c.topics, func(t string) bool { return t == topic })
}

// IsConnected reports whether the client is up. It may not be any more when the
// next operation is called, whose error says so.
func (c *Client) IsConnected() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.session != nil
}

// Addr returns the broker's host:port, as in [Config.Addr] or its default.
func (c *Client) Addr() string { return c.cfg.Addr }

// Close ends the connection at once and returns nil when nothing of the client is
// left running. Requests that were sent and are without a reply end as [Unknown],
// those that wait to be sent as [NotSent]. No event comes after it has returned, so
// it waits for a handler that is running. Further calls do nothing.
//
// Called in a handler it cannot wait: it returns [ErrInHandler] at once, and the client
// ends when the handler has returned.
func (c *Client) Close() error {
	c.cancel()
	if c.events.callbacks.here() {
		return ErrInHandler
	}
	<-c.ended
	c.events.close()
	return nil
}

// check refuses what cannot be sent, and what no broker could accept.
func (r Request) check() error {
	if err := r.encodable(); err != nil {
		return err
	}
	if r.Topic == "" && (r.Op == OpSubscribe || r.Op == OpUnsubscribe || r.Op == OpPublish) {
		return ErrBadTopic
	}
	return nil
}

// refuse ends a request that was never sent.
func (c *Client) refuse(r Request, err error) (*Reply, error) {
	r.Pass, r.Auto = "", false
	err = fmt.Errorf("%s not sent: %w", r, err)
	reply := &Reply{At: time.Now(), Request: r, Outcome: NotSent, Err: err}
	c.events.post(reply)
	return reply, err
}
