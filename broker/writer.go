package broker

import (
	"bytes"
	"errors"
	"net"
	"os"
	"slices"
	"time"
)

// This file is the goroutine that empties an outbox.

const (
	// writeBytes is about how much leaves in one system call.
	writeBytes = 256 << 10
	// lastWords is how long a client is given to take the reason why it is being
	// disconnected.
	lastWords = 250 * time.Millisecond
	// longLastWords is the same for one that was disconnected because it did not
	// read, as long as there are no more than mostParted of them.
	longLastWords = 30 * time.Second
	mostParted    = 64
)

// run writes what is pushed until close or an error. It is called once.
func (o *outbox) run() {
	defer close(o.done)
	rest, err := o.writeQueue()
	if err == nil {
		return
	}
	o.mu.Lock()
	o.fail(err)
	o.countLost(rest)
	o.queue = nil
	r := (*refusal)(nil)
	parting := errors.As(o.err, &r) && !o.said
	if parting {
		o.conn.SetWriteDeadline(time.Now().Add(o.parting))
	}
	o.mu.Unlock()
	if parting {
		last := append(restOfLine(rest), r.frame()...)
		o.conn.Write(last) // the peer may not take it, and there is nobody left to tell
	}
	o.mu.Lock()
	o.release()
	o.mu.Unlock()
}

// writeQueue writes until the outbox is closed. After an error it returns what
// is left of the frames it was writing.
func (o *outbox) writeQueue() (rest net.Buffers, err error) {
	var taken []block
	var gather net.Buffers
	for {
		taken = o.take(taken)
		if len(taken) == 0 {
			return nil, o.failure()
		}
		gather = gather[:0]
		for _, b := range taken {
			gather = append(gather, b.data)
		}
		if rest, err := o.writeAll(gather); err != nil {
			return rest, err
		}
		for i, b := range taken {
			o.buffers.release(b.buf)
			taken[i] = block{}
		}
		clear(gather)
	}
}

// writeAll writes bufs, about writeBytes at a time. After an error it returns
// what is left.
func (o *outbox) writeAll(bufs net.Buffers) (rest net.Buffers, err error) {
	for len(bufs) > 0 {
		n := 0
		for size := 0; n < len(bufs) && size < writeBytes; n++ {
			size += len(bufs[n])
		}
		now := bufs[:n]
		if err := o.write(&now); err != nil {
			return append(slices.Clone(now), bufs[n:]...), err
		}
		bufs = bufs[n:]
	}
	return nil, nil
}

// take waits for something to write and returns all of it; nothing means that
// the outbox has ended. The empty slice becomes the next queue.
func (o *outbox) take(empty []block) []block {
	o.mu.Lock()
	defer o.mu.Unlock()
	for len(o.queue) == 0 && !o.ended {
		o.idle = true
		o.more.Wait()
	}
	o.idle = false
	if len(o.queue) == 0 && o.err == nil && len(o.last) > 0 {
		o.backlog += len(o.last)
		o.copyIn(o.last)
		o.last, o.said = nil, true
	}
	taken := o.queue
	o.queue = empty[:0]
	return taken
}

// write writes all of bufs, however long it takes, as long as the peer takes
// some of it within every stall. What is left is in bufs.
func (o *outbox) write(bufs *net.Buffers) error {
	progress := time.Now()
	for {
		deadline, err := o.arm()
		if err != nil {
			return err
		}
		n, err := bufs.WriteTo(o.conn)
		o.written(int(n))
		switch {
		case err == nil:
			return o.disarm()
		case !errors.Is(err, os.ErrDeadlineExceeded), time.Now().Before(deadline):
			return err // before its time, it is not of this write: the connection is of no use
		case n > 0:
			progress = time.Now()
		case time.Since(progress) >= o.stall:
			return nothingRead(o.stall)
		}
	}
}

// arm sets the deadline of the next write, unless the outbox failed. It is
// shorter than the stall, because a write that times out after having made
// progress does not say when.
func (o *outbox) arm() (deadline time.Time, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	deadline = time.Now().Add(o.stall / 4)
	if o.err != nil || o.patient {
		return deadline, o.err
	}
	return deadline, o.conn.SetWriteDeadline(deadline)
}

// disarm lifts the deadline, which would keep reply from writing when it is over.
func (o *outbox) disarm() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.err != nil || o.patient {
		return o.err
	}
	return o.conn.SetWriteDeadline(time.Time{})
}

func (o *outbox) written(n int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.took(n)
}

// restOfLine returns what has to follow so that the peer sees a whole line.
func restOfLine(bufs net.Buffers) []byte {
	var line []byte
	for _, b := range bufs {
		if i := bytes.IndexByte(b, '\n'); i >= 0 {
			return append(line, b[:i+1]...)
		}
		line = append(line, b...)
	}
	return line
}

// countLost notes what a peer that did not read will not get: of what was being written
// all but the first line, which is completed, and what is queued. The mutex is held.
func (o *outbox) countLost(rest net.Buffers) {
	if !isSlowConsumer(o.err) {
		return
	}
	o.lostBytes = o.backlog - len(restOfLine(rest))
	for _, b := range rest {
		o.lostLines += bytes.Count(b, []byte("\n"))
	}
	o.lostLines = max(0, o.lostLines-1)
	for _, b := range o.queue {
		o.lostLines += bytes.Count(b.data, []byte("\n"))
	}
}

// lost returns how many lines and bytes a peer that did not read has not got.
func (o *outbox) lost() (lines, bytes int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.lostLines, o.lostBytes
}
