package stream

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
)

const (
	// dialTime is how long one node may take to answer.
	dialTime = time.Second
	// A node that does not answer so many pings is given up.
	pingEvery, mostPings = time.Second, 2
)

// link is a connection to a node of NATS. The client's own reconnecting is off: its
// Flush says nil though what was written before has never arrived.
type link struct {
	*nats.Conn
	js              nats.JetStreamContext
	stream, subject string
	wanted          *nats.StreamConfig // what to make of the stream where it has gone, or nil
	ended           chan struct{}
}

// dial connects to the first node that answers.
func (c Config) dial(ctx context.Context) (*link, error) {
	l := &link{stream: c.stream(), subject: c.subject(), ended: make(chan struct{})}
	options := nats.GetDefaultOptions()
	options.Servers = c.Servers
	options.Name = "joltui broker"
	options.AllowReconnect = false
	options.Timeout = dialTime
	options.PingInterval, options.MaxPingsOut = pingEvery, mostPings
	options.ClosedCB = func(*nats.Conn) { close(l.ended) }
	if len(c.Servers) > 1 {
		// A node that is about to stop is left for another while all others are there.
		options.LameDuckModeHandler = func(leaves *nats.Conn) { leaves.Close() }
	}
	options.AsyncErrorCB = func(*nats.Conn, *nats.Subscription, error) {} // or it writes to stderr
	for _, option := range c.options() {
		if err := option(&options); err != nil {
			return nil, err
		}
	}
	conn, err := options.Connect()
	if err != nil {
		return nil, err
	}
	if ctx.Err() != nil {
		conn.Close()
		return nil, context.Cause(ctx)
	}
	l.Conn = conn
	if l.js, err = conn.JetStream(nats.MaxWait(askTime)); err != nil {
		conn.Close()
		return nil, err
	}
	return l, nil
}

func (l *link) lost() <-chan struct{} { return l.ended }

func (l *link) close() { l.Conn.Close() }

// acknowledgement is what the stream answers to a publish.
type acknowledgement struct {
	Stream string         `json:"stream"`
	Seq    uint64         `json:"seq"`
	Error  *nats.APIError `json:"error"`
}

func (l *link) publish(ctx context.Context, id string, data []byte) (uint64, error) {
	m := nats.NewMsg(l.subject)
	m.Header.Set(nats.MsgIdHdr, id)
	m.Header.Set(nats.ExpectedStreamHdr, l.stream)
	m.Data = data
	reply, err := l.RequestMsgWithContext(ctx, m)
	switch {
	case errors.Is(err, nats.ErrNoResponders):
		return 0, fmt.Errorf("the stream %s has no leader", l.stream)
	case err != nil:
		return 0, l.explain(err)
	}
	var ack acknowledgement
	switch err := json.Unmarshal(reply.Data, &ack); {
	case err != nil:
		return 0, fmt.Errorf("the stream's answer is no acknowledgement: %w", err)
	case ack.Error != nil:
		return 0, ack.Error
	case ack.Stream != l.stream || ack.Seq == 0:
		return 0, fmt.Errorf("something else than the stream %s has answered", l.stream)
	}
	return ack.Seq, nil
}

// explain adds that something was not permitted, which is only told that way.
func (l *link) explain(err error) error {
	if denied := l.LastError(); errors.Is(denied, nats.ErrPermissionViolation) {
		return fmt.Errorf("%w: %w", err, denied)
	}
	return err
}

func (l *link) state(ctx context.Context) (state, error) {
	info, err := l.js.StreamInfo(l.stream, nats.Context(ctx))
	if errors.Is(err, nats.ErrStreamNotFound) && l.wanted != nil {
		info, err = l.js.AddStream(l.wanted, nats.Context(ctx))
	}
	if err != nil {
		return state{}, l.explain(err)
	}
	if c := info.Cluster; c != nil && c.Leader == "" {
		return state{}, fmt.Errorf("the stream %s has no leader", l.stream) // which stores nothing
	}
	s := info.State
	if s.Msgs == 0 {
		s.FirstSeq = s.LastSeq + 1
	}
	return state{first: s.FirstSeq, last: s.LastSeq, created: info.Created, bytes: int64(s.Bytes), at: s.LastTime}, nil
}
