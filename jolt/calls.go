package jolt

import (
	"sync"
	"time"
)

// call is one request on its way to its outcome.
type call struct {
	req     Request // without the password, once it is encoded
	pass    string  // of an auth
	sent    time.Time
	then    func(*Reply)  // the client's own next step; called by the reader
	outcome *Reply        // set before done is closed
	done    chan struct{} // closed when the outcome has been handed to the handler
}

func (c *call) reply(at time.Time, o Outcome, err error) *Reply {
	return &Reply{At: at, Sent: c.sent, Request: c.req, Outcome: o, Err: err}
}

// calls is the queue of requests without a reply. A reply does not say which
// request it answers, so the order of the queue is the order on the wire: a
// request is encoded and queued under one lock.
type calls struct {
	mu     sync.Mutex
	queue  []*call // queue[:taken] are with the writer or beyond
	taken  int
	out    []byte // encoded requests of queue[taken:]
	ended  bool
	wakeup chan struct{}
}

func newCalls() *calls { return &calls{wakeup: make(chan struct{}, 1)} }

// add queues a request. It fails when the session has ended or the request
// cannot be encoded; nothing is sent then.
func (q *calls) add(r Request, then func(*Reply)) (*call, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.ended {
		return nil, ErrNotConnected
	}
	out, err := AppendRequest(q.out, r)
	if err != nil {
		return nil, err
	}
	c := &call{req: r, pass: r.Pass, sent: time.Now(), then: then, done: make(chan struct{})}
	c.req.Pass = ""
	q.out = out
	q.queue = append(q.queue, c)
	q.wake()
	return c, nil
}

// take waits for encoded requests and exchanges them for an empty buffer. It
// returns false when the session has ended.
func (q *calls) take(empty []byte) ([]byte, bool) {
	for {
		q.mu.Lock()
		if q.ended {
			q.mu.Unlock()
			return nil, false
		}
		if len(q.out) > 0 {
			out := q.out
			q.out = empty
			q.taken = len(q.queue)
			q.mu.Unlock()
			return out, true
		}
		q.mu.Unlock()
		<-q.wakeup
	}
}

// answered removes the call whose reply has come: the oldest that was sent. It
// is nil if none was.
func (q *calls) answered() *call {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.taken == 0 {
		return nil
	}
	c := q.queue[0]
	q.queue[0] = nil
	q.queue = q.queue[1:]
	q.taken--
	return c
}

// expectReply reports whether a request is out whose reply may come.
func (q *calls) expectReply() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.taken > 0
}

// oldest returns when the call was sent that has waited longest.
func (q *calls) oldest() (time.Time, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.queue) == 0 {
		return time.Time{}, false
	}
	return q.queue[0].sent, true
}

// end refuses further calls and returns those without a reply: the ones that
// may have reached the broker and the ones that surely did not.
func (q *calls) end() (sent, queued []*call) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.ended = true
	sent, queued = q.queue[:q.taken], q.queue[q.taken:]
	q.queue, q.taken, q.out = nil, 0, nil
	q.wake()
	return sent, queued
}

func (q *calls) wake() {
	select {
	case q.wakeup <- struct{}{}:
	default:
	}
}
