package jolt

import (
	"slices"
	"sync"
	"time"
)

// call is one request on its way to its outcome.
type call struct {
	reply Reply         // as far as it is known; final when it was handed over
	pass  string        // the password of an auth, which reply.Request never has
	then  func(*Reply)  // the client's own next step; called by the reader
	told  func(*Reply)  // the caller's; called when the outcome was handed to the handler
	done  chan struct{} // closed at the same moment; nil if nobody waits for it
}

func newCall(r Request) *call {
	c := &call{pass: r.Pass}
	r.Pass = ""
	c.reply.Request = r
	return c
}

// wire is the request as it is sent.
func (c *call) wire() Request {
	r := c.reply.Request
	r.Pass = c.pass
	return r
}

// conclude notes an outcome, in place of one that was noted before.
func (c *call) conclude(at time.Time, o Outcome, err error, raw string) {
	if raw == ackFrame {
		raw = ""
	}
	c.reply.At, c.reply.Outcome, c.reply.Err, c.reply.Verbatim = at, o, err, raw
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
	gone    bool    // all of flight was handed to the network
	moved   time.Time
	ended   bool
	wakeup  chan struct{}
	room    chan struct{} // closed when there is room again; nil while nobody waits for it
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

// makeRoom lets those go on who wait in join. The mutex is held.
func (q *calls) makeRoom() {
	if q.room != nil {
		close(q.room)
		q.room = nil
	}
}

// take waits until a window may be sent, and returns its requests, which the
// caller must send. It returns false when the session has ended.
func (q *calls) take() ([]*call, bool) {
	for {
		q.mu.Lock()
		switch {
		case q.ended:
			q.mu.Unlock()
			return nil, false
		case q.open && len(q.waiting) > 0:
			defer q.mu.Unlock()
			return q.send(), true
		}
		q.mu.Unlock()
		<-q.wakeup
	}
}

// send moves a window from waiting to flight. The mutex is held.
func (q *calls) send() []*call {
	n := min(q.window, len(q.waiting))
	q.flight = slices.Clone(q.waiting[:n])
	q.waiting = slices.Delete(q.waiting, 0, n)
	q.open, q.gone, q.moved = false, false, time.Now()
	for _, c := range q.flight {
		c.reply.Sent = q.moved
	}
	q.makeRoom()
	return q.flight
}

// answer returns the call that the next reply is for, or nil if none is owed,
// and whether it is the last of its window.
func (q *calls) answer(now time.Time) (c *call, last bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.replies == len(q.flight) {
		return nil, false
	}
	c = q.flight[q.replies]
	q.replies++
	q.moved = now
	return c, q.replies == len(q.flight)
}

// complete returns the window, which has been answered as a whole.
func (q *calls) complete() []*call {
	q.mu.Lock()
	defer q.mu.Unlock()
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

// left notes that the network has taken the window that take has returned.
func (q *calls) left() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.gone = true
}

// loggingIn reports whether the reply that is owed is to a login that has left.
func (q *calls) loggingIn() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.gone && q.replies < len(q.flight) && q.flight[q.replies].reply.Request.Op == OpAuth
}

// onlyPing reports whether all that is owed is the reply to a ping of the client's
// own, and nothing waits for that.
func (q *calls) onlyPing() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.waiting) > 0 || len(q.flight) != 1 {
		return false
	}
	r := q.flight[0].reply.Request
	return r.Auto && r.Op == OpPing
}

// idle reports whether nothing is under way.
func (q *calls) idle() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.waiting) == 0 && len(q.flight) == 0
}

// excuse leaves so much time, in which nothing was read, out of the wait for a
// reply. A request may have been sent within it.
func (q *calls) excuse(spent time.Duration, now time.Time) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.moved = earlier(q.moved.Add(spent), now)
}

// end refuses further calls and returns those without an outcome: the ones that
// may have reached the broker and the ones that surely did not.
func (q *calls) end() (sent, queued []*call) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.ended = true
	sent, queued = q.flight, q.waiting
	q.flight, q.waiting, q.replies = nil, nil, 0
	q.makeRoom()
	q.wake()
	return sent, queued
}

func (q *calls) wake() {
	select {
	case q.wakeup <- struct{}{}:
	default:
	}
}
