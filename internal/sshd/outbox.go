package sshd

import (
	"bytes"
	"io"
	"sync"
	"time"
)

const (
	// A write waits while more than this is queued. A frame of a window of 160×50 has about
	// 30 kB.
	maxQueued = 256 << 10
	// What is handed over at once, so that a key's answer does not wait for a large frame.
	pieceSize = 4 << 10
	// After a silence of this, the peer is asked whether it is still there.
	silence = 10 * time.Second
	// A peer that has not answered for this is gone.
	answerTime = 20 * time.Second
)

// keepalive is what the peer is asked. All know it, as OpenSSH's sshd asks it, or refuse it, and
// either is an answer, which comes when the peer has all that was sent before. It is asked on the
// channel: of the connection as a whole, only one viewer who shares it could ask at a time.
const keepalive = "keepalive@openssh.com"

// peer is the part of an [ssh.Channel] that an outbox needs.
type peer interface {
	io.Writer
	SendRequest(name string, wantReply bool, payload []byte) (bool, error)
}

// outbox brings what is written to a viewer, with a bound on what is on its way. Buffers on the
// way are large, of the network as of SSH itself: without that bound a screen on a slow link is
// many seconds old. Its methods are safe for concurrent use.
type outbox struct {
	to         peer
	unanswered func() // called when the peer has not answered for answerTime

	mu      sync.Mutex
	changed *sync.Cond
	queue   bytes.Buffer
	writing bool
	held    bool // something waited for the window since the last answer
	sent    uint64
	acked   uint64
	window  window
	ask     bool // there was silence
	err     error
}

// newOutbox returns an outbox. Somebody has to call write and acknowledge.
func newOutbox(to peer, unanswered func()) *outbox {
	o := &outbox{to: to, unanswered: unanswered, window: window{size: minWindow}}
	o.changed = sync.NewCond(&o.mu)
	return o
}

// Write queues p.
func (o *outbox) Write(p []byte) (n int, err error) {
	for len(p) > 0 || n == 0 {
		o.mu.Lock()
		for o.err == nil && o.queue.Len() >= maxQueued {
			o.changed.Wait()
		}
		if o.err != nil {
			o.mu.Unlock()
			return n, o.err
		}
		some := p[:min(len(p), maxQueued)]
		o.queue.Write(some)
		o.changed.Broadcast()
		o.mu.Unlock()
		n, p = n+len(some), p[len(some):]
		if len(some) == 0 {
			break
		}
	}
	return n, nil
}

// write sends what is queued until the outbox ends.
func (o *outbox) write() {
	piece := make([]byte, pieceSize)
	for {
		n := o.take(piece)
		if n == 0 {
			return
		}
		if _, err := o.to.Write(piece[:n]); err != nil {
			o.end(err)
			return
		}
		o.mu.Lock()
		o.writing = false
		o.sent += uint64(n)
		o.changed.Broadcast()
		o.mu.Unlock()
	}
}

// take waits for what may be sent now. It returns 0 when the outbox has ended.
func (o *outbox) take(piece []byte) int {
	o.mu.Lock()
	defer o.mu.Unlock()
	for o.err == nil {
		room := o.window.size - int(o.sent-o.acked)
		if o.queue.Len() > 0 && room > 0 {
			n, _ := o.queue.Read(piece[:min(room, len(piece))])
			o.writing = true
			o.changed.Broadcast()
			return n
		}
		o.held = o.held || o.queue.Len() > 0
		o.changed.Wait()
	}
	return 0
}

// acknowledge asks the peer after what was sent, and after a silence, until the outbox ends.
func (o *outbox) acknowledge() {
	quiet := time.AfterFunc(silence, func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		o.ask = true
		o.changed.Broadcast()
	})
	defer quiet.Stop()
	for {
		upTo, behind, ok := o.await()
		if !ok {
			return
		}
		quiet.Stop()
		asked := time.Now()
		late := time.AfterFunc(answerTime, o.unanswered)
		_, err := o.to.SendRequest(keepalive, true, nil)
		late.Stop()
		if err != nil {
			o.end(err)
			return
		}
		o.answered(upTo, behind, time.Since(asked))
		quiet.Reset(silence)
	}
}

// await returns how much was sent, and how much of that is on its way, when there is something
// to ask for.
func (o *outbox) await() (sent uint64, behind int, ok bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for o.err == nil && !o.ask && o.sent == o.acked {
		o.changed.Wait()
	}
	o.ask = false
	return o.sent, int(o.sent - o.acked), o.err == nil
}

func (o *outbox) answered(upTo uint64, behind int, took time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.acked = upTo
	o.window.answered(took, behind, o.held)
	o.held, o.ask = false, false
	o.changed.Broadcast()
}

// end refuses what is written from now on. Only the first error counts.
func (o *outbox) end(err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.err == nil {
		o.err = err
		o.changed.Broadcast()
	}
}

// isBusy is called with the mutex held.
func (o *outbox) isBusy() bool {
	return o.err == nil && (o.queue.Len() > 0 || o.writing || int(o.sent-o.acked) >= o.window.size)
}

func (o *outbox) busy() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.isBusy()
}

func (o *outbox) wait() {
	o.mu.Lock()
	defer o.mu.Unlock()
	for o.isBusy() {
		o.changed.Wait()
	}
}

func (o *outbox) unacked() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.queue.Len() + int(o.sent-o.acked)
}

// flush returns when all is sent, or nothing has moved for so long, and how much is left.
func (o *outbox) flush(patience time.Duration) (left int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	late := false
	timer := time.AfterFunc(patience, func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		late = true
		o.changed.Broadcast()
	})
	defer timer.Stop()
	for seen := o.sent + o.acked; o.err == nil && !late && (o.queue.Len() > 0 || o.writing); {
		o.changed.Wait()
		if moved := o.sent + o.acked; moved != seen {
			seen = moved
			timer.Reset(patience)
		}
	}
	return o.queue.Len()
}
