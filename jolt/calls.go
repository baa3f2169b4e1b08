package jolt

import (
	"slices"
	"sync"
	"time"
)

// call is one request on its way to its outcome.
type call struct {
	req     Request       // with the password of an auth
	sent    time.Time     // when the writer took it; zero before
	then    func(*Reply)  // the client's own next step; called by the reader
	outcome *Reply        // as far as it is known; final when done is closed
	done    chan struct{} // closed when the outcome has been handed to the handler
}

func newCall(r Request, then func(*Reply)) *call {
	return &call{req: r, then: then, done: make(chan struct{})}
}

func (c *call) reply(at time.Time, o Outcome, err error) *Reply {
	r := &Reply{At: at, Sent: c.sent, Request: c.req, Outcome: o, Err: err}
	r.Request.Pass = ""
	return r
}

// calls is the queue of a connection's requests. A reply does not say which
// request it answers, so order is all there is to go by: what is sent together
// is a window, and nothing more is sent until the window has been answered as a
// whole. With windows of one request, a reply that is left out, late or out of
// turn can never be taken for that of another request.
type calls struct {
	mu      sync.Mutex
	waiting []*call // not sent yet
	flight  []*call // the window that was sent
	replies int     // how many of flight have been answered
	window  int     // how many may be sent together
	open    bool    // the next window may be sent
	used    bool    // something was sent
	moved   time.Time
	ended   bool
	wakeup  chan struct{}
}

func newCalls(window int) *calls {
	return &calls{window: window, open: true, wakeup: make(chan struct{}, 1)}
}

// add queues requests that [Request.check] has passed. Those of one call to add
// go out together as far as the window allows.
func (q *calls) add(calls ...*call) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.ended {
		return ErrNotConnected
	}
	q.waiting = append(q.waiting, calls...)
	q.wake()
	return nil
}

// take waits until a window may be sent, and appends its requests to buf. It
// returns false when the session has ended.
func (q *calls) take(buf []byte) ([]byte, bool) {
	for {
		q.mu.Lock()
		switch {
		case q.ended:
			q.mu.Unlock()
			return nil, false
		case q.open && len(q.waiting) > 0:
			buf = q.send(buf)
			q.mu.Unlock()
			return buf, true
		}
		q.mu.Unlock()
		<-q.wakeup
	}
}

// send moves a window from waiting to flight. The mutex is held.
func (q *calls) send(buf []byte) []byte {
	n := min(q.window, len(q.waiting))
	q.flight = slices.Clone(q.waiting[:n])
	q.waiting = slices.Delete(q.waiting, 0, n)
	q.open, q.used, q.moved = false, true, time.Now()
	for _, c := range q.flight {
		c.sent = q.moved
		buf = appendChecked(buf, c.req)
	}
	return buf
}

// answer returns the call that the next reply is for, or nil if none is owed.
func (q *calls) answer(now time.Time) *call {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.replies == len(q.flight) {
		return nil
	}
	c := q.flight[q.replies]
	q.replies++
	q.moved = now
	return c
}

// complete returns the window when it has been answered as a whole.
func (q *calls) complete() []*call {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.replies < len(q.flight) {
		return nil
	}
	done := q.flight
	q.flight, q.replies = nil, 0
	return done
}

// release lets the next window be sent. It is called after all that a read
// brought was dealt with: a surplus reply in the same read must find no
// request that it could be taken to answer.
func (q *calls) release() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.open && len(q.flight) == 0 {
		q.open = true
		q.wake()
	}
}

// again puts a window back, to be sent one request at a time.
func (q *calls) again(window []*call) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.window = 1
	q.waiting = slices.Concat(window, q.waiting)
}

// setWindow changes how many requests are sent together from now on.
func (q *calls) setWindow(n int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.window = max(n, 1)
}

// withdraw takes back a call that was not sent yet, and reports whether it could.
func (q *calls) withdraw(c *call) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	i := slices.Index(q.waiting, c)
	if i < 0 {
		return false
	}
	q.waiting = slices.Delete(q.waiting, i, i+1)
	return true
}

// owed reports whether a reply is owed, and since when the last one, or the
// request, lies back.
func (q *calls) owed() (since time.Time, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.moved, q.replies < len(q.flight)
}

// anySent reports whether any request was ever sent, so that a reply without a
// request may be a surplus one.
func (q *calls) anySent() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.used
}

// end refuses further calls and returns those without an outcome: the ones that
// may have reached the broker and the ones that surely did not.
func (q *calls) end() (sent, queued []*call) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.ended = true
	sent, queued = q.flight, q.waiting
	q.flight, q.waiting, q.replies = nil, nil, 0
	q.wake()
	return sent, queued
}

func (q *calls) wake() {
	select {
	case q.wakeup <- struct{}{}:
	default:
	}
}
