package broker

import (
	"crypto/tls"
	"net"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"joltui/jolt"
)

const (
	// shareBytes is the size from which frames are queued by reference. Smaller
	// ones are cheaper to copy, and would pin much memory for little.
	shareBytes = 4 << 10
	// fewSubscribers is how many at most a publisher's goroutine writes to itself.
	fewSubscribers = 16
	// chunkBytes is the size of the buffers that small frames are copied to.
	chunkBytes = leastBuffer
)

// outbox is the bounded queue of what goes out on one connection, and the only
// one who writes to it. Replies and messages share it, so that their order on
// the wire is the order in which they were pushed.
type outbox struct {
	conn    net.Conn
	limit   int
	stall   time.Duration
	buffers *buffers
	direct  tryWriter
	done    chan struct{} // closed when run has returned
	// patient says that conn itself waits for a slow peer: a write to TLS that is
	// given up is the end of the connection.
	patient bool
	// parted bounds how many at a time are given long to take their last words.
	parted chan struct{}
	long   time.Duration
	// onFail, if not nil, is told once why the connection cannot be written to any
	// more. It is called with the mutex held.
	onFail func(err error)
	// who is the client, for those who are told whom they wait for.
	who func() peer

	mu      sync.Mutex
	more    sync.Cond // the queue is no longer empty, or the outbox ended
	idle    bool      // run waits for more
	queue   []block
	backlog int           // bytes in the queue and those that are being written
	ended   bool          // nothing more is accepted
	err     error         // why the connection cannot be used any more
	moved   time.Time     // when the peer last took something
	eased   chan struct{} // if there is one, closed when the peer takes something
	last    []byte        // to be written after all else
	said    bool          // last is on its way
	parting time.Duration // how long the peer is given to take the reason; set with err
	// promised is room for publishes that are about to be queued, and taken what the peer
	// has taken so far. crowded says that publishers have to ask for room.
	promised int
	taken    uint64
	crowded  atomic.Bool
	// messages and bytes of them were queued so far. Of those, lost are dropped ones.
	messages, bytes      uint64
	lostLines, lostBytes int
}

// block is a piece of the output: frames that are in buf.
type block struct {
	data []byte
	buf  *buffer
	own  bool // nobody else has buf: more can be appended
}

func newOutbox(conn net.Conn, limit int, stall time.Duration, buffers *buffers) *outbox {
	o := &outbox{conn: conn, limit: limit, stall: stall, buffers: buffers,
		direct: newTryWriter(conn), done: make(chan struct{})}
	_, o.patient = conn.(*tls.Conn)
	o.more.L = &o.mu
	return o
}

// pushed is what became of a push.
type pushed struct {
	accepted bool
	wake     bool // the caller has to call deliver, which may be after further pushes
}

// push queues messages without waiting: with one more use of the buffer that has
// them, or else as a copy. A push that would exceed the limit ends the outbox.
func (o *outbox) push(b frameBlock) pushed {
	o.mu.Lock()
	defer o.mu.Unlock()
	wake := o.idle && len(o.queue) == 0
	if !o.enqueue(b.frames, b.buf) {
		return pushed{}
	}
	o.messages += uint64(b.count)
	o.bytes += uint64(len(b.frames))
	return pushed{accepted: true, wake: wake}
}

// enqueue reports whether frames were accepted. The mutex is held.
func (o *outbox) enqueue(frames []byte, shared *buffer) bool {
	if o.ended {
		return false
	}
	if o.backlog+len(frames) > o.limit {
		o.fail(refuse(jolt.CodeSlowConsumer,
			"more than %d bytes were waiting to be read", o.limit))
		return false
	}
	if o.backlog == 0 {
		o.moved = time.Now() // nothing was waiting to be taken
	}
	if o.backlog += len(frames); o.backlog > crowdedAt(o.limit)/2 {
		o.crowded.Store(true)
	}
	if shared != nil {
		shared.users.Add(1)
		o.queue = append(o.queue, block{data: frames, buf: shared})
	} else {
		o.copyIn(frames)
	}
	return true
}

// reply queues frames as push does and wakes run. If nothing is waiting, it
// writes them itself, as far as that needs no waiting: handing them to another
// goroutine made a ping take 1.6 times as long (BenchmarkPing).
func (o *outbox) reply(frames []byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.idle && len(o.queue) == 0 && !o.ended {
		frames = frames[o.direct.write(frames):]
	}
	if len(frames) > 0 && o.enqueue(frames, nil) {
		o.more.Signal()
	}
}

// greet is reply for an acknowledgement with messages behind it.
func (o *outbox) greet(ack []byte, b frameBlock) {
	o.reply(slices.Concat(ack, b.frames))
	o.mu.Lock()
	defer o.mu.Unlock()
	o.messages += uint64(b.count)
	o.bytes += uint64(len(b.frames))
}

// deliver has what is queued written: by the caller as far as that needs no waiting,
// where that is better than to wake run, or by run. Waiting is how many
// subscribers the caller has to see to, this one included.
//
// A lot for one of them is better written here: of 1 KiB messages the broker passes
// on 1.2 times as many, in three quarters of the processor time. So is a little for each
// of a few: eight get 1.15 times as many messages, and 64 no more. A little for one is
// not: while run is woken, more requests arrive, and without that there were a fifth fewer.
func (o *outbox) deliver(waiting int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	little := o.backlog < shareBytes
	if o.idle && !o.ended && waiting <= fewSubscribers && little == (waiting > 1) {
		o.writeNow()
	}
	if len(o.queue) > 0 {
		o.more.Signal()
	}
}

// writeNow writes what the socket takes at once. The mutex is held, and run waits.
func (o *outbox) writeNow() {
	done := 0
	for i := range o.queue {
		b := &o.queue[i]
		n := o.direct.write(b.data)
		o.took(n)
		if n < len(b.data) {
			*b = block{data: b.data[n:], buf: b.buf}
			break
		}
		o.buffers.release(b.buf)
		done++
	}
	o.queue = slices.Delete(o.queue, 0, done)
}

// took books that the peer took n bytes. The mutex is held.
func (o *outbox) took(n int) {
	if n > 0 {
		o.backlog -= n
		o.taken += uint64(n)
		o.moved = time.Now()
		o.ease()
	}
}

// close lets run return once everything queued, and then last, is written.
func (o *outbox) close(last []byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.ended {
		return
	}
	o.ended, o.last = true, last
	o.more.Signal()
}

// fail ends the outbox at once; the first error counts. The mutex is held.
func (o *outbox) fail(err error) {
	o.ended = true
	if o.err == nil {
		o.err, o.parting = err, o.partingTime(err)
		if o.patient && isRefusal(err) {
			o.conn.SetWriteDeadline(time.Now().Add(o.parting)) // for the record that is under way
		} else {
			o.conn.SetWriteDeadline(past) // ends the write that is under way
		}
		if o.onFail != nil {
			o.onFail(err)
		}
	}
	o.more.Signal()
	o.ease()
}

// partingTime is how long the peer is given to take the reason why it is
// disconnected. One that did not read may do so again only seconds later.
func (o *outbox) partingTime(err error) time.Duration {
	if !isSlowConsumer(err) {
		return lastWords
	}
	select {
	case o.parted <- struct{}{}:
		return o.long
	default:
		return lastWords
	}
}

// cut ends the outbox at once: what is queued is dropped, but for the line that is
// under way, and why is told.
func (o *outbox) cut(why *refusal) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.said { // all else is written then
		o.fail(why)
	}
}

// hurry shortens the time that a peer is given to take its last words.
func (o *outbox) hurry() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.err != nil && o.parting > lastWords {
		o.release()
		o.conn.SetWriteDeadline(time.Now().Add(lastWords))
	}
}

// release gives the place of one with much time to another. The mutex is held.
func (o *outbox) release() {
	if o.parting > lastWords {
		o.parting = lastWords
		<-o.parted
	}
}

// failure returns why run could not write everything, once it has returned.
func (o *outbox) failure() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.err
}

// copyIn copies frames to the end of the queue. The mutex is held.
func (o *outbox) copyIn(frames []byte) {
	for len(frames) > 0 {
		last := o.openBlock()
		n := min(len(frames), chunkBytes-len(last.data))
		last.data = append(last.data, frames[:n]...)
		frames = frames[n:]
	}
}

// openBlock returns the last block of the queue, with room in its buffer. The
// mutex is held.
func (o *outbox) openBlock() *block {
	if n := len(o.queue); n > 0 {
		if last := &o.queue[n-1]; last.own && len(last.data) < chunkBytes {
			return last
		}
	}
	buf := o.buffers.get(chunkBytes)
	o.queue = append(o.queue, block{buf.data, buf, true})
	return &o.queue[len(o.queue)-1]
}
