package loop

import (
	"context"
	"runtime"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/jolt"
)

// The bounds of a pump's backlog, and how often it sends.
const (
	DefaultBacklogMessages = 32_768
	DefaultBacklogBytes    = 64 << 20
	FrameTime              = 16 * time.Millisecond
	// fullMessages and fullBytes are how much traffic makes a backlog full: it is sent at
	// once. The program handles it in about a millisecond, so a key does not wait for
	// long: under a flood the slowest of 100 keys took 26 ms; with 8,192 messages 32 ms,
	// and with 16,384 39 ms. (Without a flood it is 18 ms, most of which is the wait for
	// the next frame.) Resident memory was 46, 53 and 65 MiB.
	fullMessages = 4_096
	fullBytes    = 4 << 20
	// floodEvents is how many events of one read make the reader goroutine yield. Under a
	// flood it never blocks, and on two cores the goroutine that a key wakes up would wait
	// for the end of the reader's time slice of 10 ms: the slowest of 100 keys took 160 ms
	// without this, and 70 with.
	floodEvents = 64
	// pause is the longest that the reader goroutine waits for a busy program.
	pause = 4 * FrameTime
)

// PumpLimits bound what a pump holds while the program is busy. Zero fields
// mean the defaults.
type PumpLimits struct {
	Messages int // topic messages, unreadable lines and unknown frames
	Bytes    int // of the text of them all
}

// Batch is the message that brings what happened on the connection to the dashboard:
// events in wire order, and counts of those that were dropped before them. A [Pump] sends
// it; a test may send one as well, and so drive the dashboard without a network.
type Batch struct {
	Events []jolt.Event
	Drops  []Drop
	// LostLines is how many unreadable lines and unknown frames were dropped.
	LostLines uint64
	// Partial promises that another batch, which may be empty, follows within a frame of
	// 16 ms: the dashboard need not draw before that.
	Partial bool
}

func (b *Batch) empty() bool { return len(b.Events)+len(b.Drops) == 0 && b.LostLines == 0 }

// Drop counts messages of one topic that were received, but came faster than
// the program could take them.
type Drop struct {
	Topic    string
	Messages uint64
	Bytes    uint64 // of their payloads
}

// Pump is the one bridge from a client's reader goroutine to the program. A reader that is
// a little faster than the program is slowed down to its pace, and nothing is lost. When
// the program takes nothing for longer than 64 ms, the reader goes on, and the oldest
// traffic beyond the limits is dropped and counted: topic messages, unreadable lines and
// unknown frames. So the backlog is bounded. Replies and changes of state are never
// dropped, and order is kept.
//
// A Pump is safe for concurrent use.
type Pump struct {
	limits PumpLimits
	// Each channel holds at most one token: wakeup when there may be something to send,
	// full when that must not wait for the end of a frame, taken when the backlog was
	// emptied.
	wakeup, full, taken chan struct{}

	mu      sync.Mutex
	backlog backlog
	patient bool // the reader may wait: Run runs, and no wait has failed since the last send
}

// NewPump returns a pump that holds events until Run sends them.
func NewPump(l PumpLimits) *Pump {
	if l.Messages <= 0 {
		l.Messages = DefaultBacklogMessages
	}
	if l.Bytes <= 0 {
		l.Bytes = DefaultBacklogBytes
	}
	token := func() chan struct{} { return make(chan struct{}, 1) }
	return &Pump{limits: l, wakeup: token(), full: token(), taken: token()}
}

// Handle takes events from a client; it is made for [jolt.Config.Handler], and keeps the
// events but not the slice. While Run runs it may wait for the program, but no longer than
// 64 ms, and after a wait in vain not again until the program has taken a batch.
func (p *Pump) Handle(events []jolt.Event) {
	p.mu.Lock()
	for _, e := range events {
		p.backlog.add(e, p.limits)
	}
	full := p.backlog.traffic >= fullMessages || p.backlog.bytes >= fullBytes
	wait := full && p.patient
	if wait {
		takeToken(p.taken) // a token from before this wait
	}
	p.mu.Unlock()
	putToken(p.wakeup)
	if full {
		putToken(p.full)
	}
	switch {
	case wait:
		p.await()
	case len(events) >= floodEvents:
		runtime.Gosched()
	}
}

// await returns when the backlog was emptied, or after the longest pause.
func (p *Pump) await() {
	late := time.NewTimer(pause)
	defer late.Stop()
	select {
	case <-p.taken:
	case <-late.C:
		p.mu.Lock()
		p.patient = false
		p.mu.Unlock()
	}
}

// putToken puts a token into a channel, unless there is one.
func putToken(token chan<- struct{}) {
	select {
	case token <- struct{}{}:
	default:
	}
}

// takeToken takes the token out of a channel, if there is one.
func takeToken(token <-chan struct{}) {
	select {
	case <-token:
	default:
	}
}

// Run sends batches until ctx ends: at once when nothing was sent for a frame of 16 ms,
// else at the end of that frame. A backlog that is full before that is sent as a partial
// batch. If a send is under way when ctx ends, Run waits for it. send is made for
// [tea.Program.Send], which does not block once the program has ended.
func (p *Pump) Run(ctx context.Context, send func(tea.Msg)) {
	p.setPatient(true)
	defer p.setPatient(false)
	end := time.NewTimer(FrameTime)
	defer end.Stop()
	for owed := false; ; {
		select {
		case <-ctx.Done():
			return
		case <-p.wakeup:
		}
		end.Reset(FrameTime)
		if batch := p.take(); owed || !batch.empty() {
			send(batch)
			p.setPatient(true)
		}
		if owed = p.restOfFrame(ctx, end.C, send); owed {
			putToken(p.wakeup)
		}
	}
}

// restOfFrame sends partial batches until the frame ends, and reports whether
// there were any.
func (p *Pump) restOfFrame(ctx context.Context, end <-chan time.Time, send func(tea.Msg)) (partial bool) {
	for {
		select {
		case <-ctx.Done():
			return false
		case <-end:
			return partial
		case <-p.full:
			batch := p.take()
			batch.Partial, partial = true, true
			send(batch)
			p.setPatient(true)
		}
	}
}

func (p *Pump) setPatient(patient bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.patient = patient
}

func (p *Pump) take() Batch {
	p.mu.Lock()
	defer p.mu.Unlock()
	takeToken(p.full)
	putToken(p.taken)
	return p.backlog.take()
}
