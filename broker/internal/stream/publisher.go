package stream

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"
)

const (
	// blockBytes is how large a block becomes; one message alone may be larger.
	blockBytes = 256 << 10
	// queuedBytes is how much waits to be published before publishers wait, too.
	queuedBytes = 32 << 20
	// patience is how long it is tried to publish a block. It outlasts most elections of a
	// new leader of the stream, which take NATS from 4 to 9 s when a node dies. joltui's
	// client gives up a broker that is silent for 7 s: what it publishes then, at another
	// broker, must not be overtaken by what is still tried here.
	patience = 6500 * time.Millisecond
	// attemptTime is how long one try waits for the answer.
	attemptTime = time.Second
	// firstRetry doubles with each try that is refused at once, up to lastRetry.
	firstRetry, lastRetry = 10 * time.Millisecond, 200 * time.Millisecond
)

// ErrUnknown: what was published may have been stored or not.
var ErrUnknown = errors.New("it is not known whether the stream has stored what was published")

// Commit is what becomes of something that was published.
type Commit struct {
	done chan struct{}
	err  error
}

// Wait returns nil when a quorum has stored it, or an error that wraps [ErrUnknown].
func (c *Commit) Wait() error {
	<-c.done
	return c.err
}

// block is what is published at once.
type block struct {
	Commit
	data    []byte
	batches int // that have their end in it
	opened  time.Time
}

// publisher gathers what is published into blocks and publishes them one after the
// other, so that what one client publishes keeps its order.
type publisher struct {
	name  string // no other publisher has it
	count uint64 // of blocks
	// try publishes once and returns the block's number in the stream.
	try func(ctx context.Context, id string, data []byte) (uint64, error)
	// ended is told how each block has ended, and how long that took.
	ended func(seq uint64, took time.Duration, err error)
	// gathers belongs to the goroutine that publishes, as count does.
	gathers gather

	mu     sync.Mutex
	room   sync.Cond
	more   chan struct{} // has one when there may be something to publish
	queue  []*block
	queued int // bytes
	closed bool
}

func newPublisher(name string) *publisher {
	p := &publisher{name: name, more: make(chan struct{}, 1)}
	p.room.L = &p.mu
	return p
}

// publish adds a batch to the block that is published next. It waits where too much
// waits already.
func (p *publisher) publish(b Batch) *Commit {
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.queued > queuedBytes && !p.closed {
		p.room.Wait()
	}
	if p.closed {
		return ended(ErrUnknown)
	}
	var last *block
	for part := range b.parts {
		last = p.open(len(part.Frames))
		before := len(last.data)
		last.data = part.append(last.data)
		p.queued += len(last.data) - before
	}
	last.batches++
	select {
	case p.more <- struct{}{}:
	default:
	}
	return &last.Commit
}

func ended(err error) *Commit {
	c := &Commit{make(chan struct{}), err}
	close(c.done)
	return c
}

// open returns the last block that waits, or a new one if that has no room. The mutex
// is held.
func (p *publisher) open(size int) *block {
	if n := len(p.queue); n > 0 && len(p.queue[n-1].data)+size <= blockBytes {
		return p.queue[n-1]
	}
	b := &block{Commit: Commit{done: make(chan struct{})}, data: []byte{version}, opened: time.Now()}
	p.queue = append(p.queue, b)
	return b
}

// parts calls yield with parts of the batch that fit into a block.
func (b Batch) parts(yield func(Batch) bool) {
	if len(b.Frames) <= blockBytes/2 {
		yield(b)
		return
	}
	type item struct{ topic, length int }
	var items []item
	size, frames := 0, b.Frames
	cut := func() bool {
		part := Batch{Topics: b.Topics, Count: len(items), Frames: frames[:size]}
		if len(items) == 1 { // which may be as large as a block can be
			part.Topics, items[0].topic = b.Topics[items[0].topic:][:1], 0
		}
		part.Messages = func(yield func(int, int) bool) {
			for _, i := range items {
				if !yield(i.topic, i.length) {
					return
				}
			}
		}
		frames, size = frames[size:], 0
		more := yield(part)
		items = items[:0]
		return more
	}
	for topic, length := range b.Messages {
		if size > 0 && size+length > blockBytes/2 && !cut() {
			return
		}
		items, size = append(items, item{topic, length}), size+length
	}
	cut()
}

// run publishes until ctx ends. What waits then is unknown.
func (p *publisher) run(ctx context.Context) {
	for {
		p.gather(ctx)
		b := p.take()
		if b == nil {
			select {
			case <-p.more:
				continue
			case <-ctx.Done():
				p.close()
				return
			}
		}
		began := time.Now()
		seq, err := p.store(ctx, b)
		if err != nil {
			p.fail(b, fmt.Errorf("%w: %w", ErrUnknown, err))
		}
		took := time.Since(began)
		p.gathers.acknowledged(b.batches, p.waiting(), took)
		p.ended(seq, took, err)
		close(b.done)
	}
}

// take returns the next block, or nil.
func (p *publisher) take() *block {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.queue) == 0 {
		return nil
	}
	b := p.queue[0]
	p.queue[0] = nil
	p.queue = p.queue[1:]
	p.queued -= len(b.data)
	p.room.Broadcast()
	return b
}

// fail ends b, and all that waits behind it: of one client, nothing may be published
// after something that may not have been.
func (p *publisher) fail(b *block, err error) {
	b.err = err
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, waiting := range p.queue {
		waiting.err = err
		close(waiting.done)
	}
	p.queue, p.queued = nil, 0
	p.room.Broadcast()
}

func (p *publisher) close() {
	p.mu.Lock()
	p.closed = true
	p.mu.Unlock()
	p.fail(new(block), ErrUnknown)
}

// store publishes a block until it is acknowledged, or for as long as patience lasts.
// Its id makes the stream store it once.
func (p *publisher) store(ctx context.Context, b *block) (uint64, error) {
	ctx, cancel := context.WithDeadline(ctx, b.opened.Add(patience))
	defer cancel()
	p.count++
	id := p.name + "." + strconv.FormatUint(p.count, 10)
	retry := firstRetry
	for {
		attempt, cancel := context.WithTimeout(ctx, attemptTime)
		seq, err := p.try(attempt, id, b.data)
		cancel()
		if err == nil {
			return seq, nil
		}
		select {
		case <-time.After(retry):
			retry = min(2*retry, lastRetry)
		case <-ctx.Done():
			return 0, err
		}
	}
}
