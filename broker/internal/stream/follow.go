package stream

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
)

const (
	// heartbeat is how often the stream says that there is nothing new, and silence
	// how long it may say nothing at all.
	heartbeat = 250 * time.Millisecond
	silence   = 4 * heartbeat
	// forgotten is when a consumer that nobody listens to is removed.
	forgotten = 10 * time.Second
)

var errSilent = errors.New("nothing was heard of the stream for a second")

// following is one consumer of the stream. The messages of its subscription come one
// at a time.
type following struct {
	l      *link
	to     follower
	failed chan error // has one when the following has failed

	mu    sync.Mutex // held while something is handed over
	over  bool
	heard time.Time
}

func (l *link) follow(ctx context.Context, from uint64, to follower) error {
	f := &following{l: l, to: to, failed: make(chan error, 1), heard: time.Now()}
	defer f.end()
	inbox := l.NewInbox()
	sub, err := l.Subscribe(inbox, f.message)
	if err != nil {
		return err
	}
	defer sub.Unsubscribe()
	// The consumer's flow control bounds what is pending.
	if err := sub.SetPendingLimits(-1, -1); err != nil {
		return err
	}
	made, cancel := context.WithTimeout(ctx, askTime) // without a leader nobody answers
	defer cancel()
	_, err = l.js.AddConsumer(l.stream, &nats.ConsumerConfig{
		DeliverSubject: inbox,
		DeliverPolicy:  nats.DeliverByStartSequencePolicy, OptStartSeq: from,
		AckPolicy: nats.AckNonePolicy, MaxDeliver: 1,
		FlowControl: true, Heartbeat: heartbeat,
		Replicas: 1, MemoryStorage: true, InactiveThreshold: forgotten,
	}, nats.Context(made))
	if err != nil {
		return l.explain(err)
	}
	return f.watch(ctx)
}

// watch returns why the following has ended.
func (f *following) watch(ctx context.Context) error {
	tick := time.NewTicker(heartbeat)
	defer tick.Stop()
	for {
		select {
		case err := <-f.failed:
			return err
		case <-f.l.ended:
			if err := f.l.LastError(); err != nil {
				return err
			}
			return nats.ErrConnectionClosed
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-tick.C:
			if f.silent() {
				return f.alive(ctx)
			}
		}
	}
}

// alive ends the connection if not only the stream is silent but the node, too.
func (f *following) alive(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 2*heartbeat)
	defer cancel()
	if err := f.l.FlushWithContext(ctx); err != nil {
		f.l.close()
		return err
	}
	return errSilent
}

// silent reports whether nothing came for long. What is being handed over has come.
func (f *following) silent() bool {
	if !f.mu.TryLock() {
		return false
	}
	defer f.mu.Unlock()
	return time.Since(f.heard) > silence
}

// end returns when nothing more is handed over.
func (f *following) end() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.over = true
}

// message takes what the consumer sends: blocks, heartbeats and questions about how
// much has been taken.
func (f *following) message(m *nats.Msg) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.over {
		return
	}
	if err := f.take(m); err != nil {
		f.over = true
		f.failed <- err
	}
	f.heard = time.Now()
}

func (f *following) take(m *nats.Msg) error {
	const control = "100"
	if m.Header.Get("Status") == control && len(m.Data) == 0 {
		return f.control(m)
	}
	about, err := m.Metadata()
	if err != nil {
		return err
	}
	return f.to.block(stored{seq: about.Sequence.Stream, id: m.Header.Get(nats.MsgIdHdr), data: m.Data,
		at: about.Timestamp, left: about.NumPending})
}

// control takes a heartbeat, which may say that the consumer waits for an answer, or
// such a question alone.
func (f *following) control(m *nats.Msg) error {
	if m.Reply != "" {
		return m.Respond(nil)
	}
	if stalled := m.Header.Get("Nats-Consumer-Stalled"); stalled != "" {
		if err := f.l.Publish(stalled, nil); err != nil {
			return err
		}
	}
	// The number of what was skipped at the beginning is 0.
	last, err := strconv.ParseUint(m.Header.Get("Nats-Last-Stream"), 10, 64)
	if err != nil {
		return err
	}
	return f.to.beat(last)
}
