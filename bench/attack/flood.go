package main

import (
	"bytes"
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// marker is in each message once and nowhere else, so that counting it counts
// messages.
const marker = "#"

const floodPayload = 1024

// flood is a publisher at full speed and what its subscribers need to know.
type flood struct {
	acknowledged atomic.Int64 // messages
	frame        int          // bytes of a message on the wire
}

// run publishes until ctx ends, and returns when what was sent is acknowledged, or
// the broker does not go on. Replies are counted by the byte that they begin with,
// which is nowhere else in those of the protocols that this is for.
func (f *flood) run(ctx context.Context, c *client) {
	const batch = 64
	e := c.t.Publish("flood", floodText(), 0)
	write := []byte(strings.Repeat(e.Request, batch))
	var sent atomic.Int64
	var done atomic.Bool
	var reading sync.WaitGroup
	reading.Go(func() {
		buf := make([]byte, 64<<10)
		for !done.Load() || f.acknowledged.Load() < sent.Load() {
			n, err := c.Read(buf)
			f.acknowledged.Add(int64(bytes.Count(buf[:n], []byte(e.Reply[:1]))))
			if err != nil {
				return
			}
		}
	})
	for ctx.Err() == nil {
		if _, err := c.Write(write); err != nil {
			break
		}
		sent.Add(batch)
	}
	done.Store(true)
	c.SetReadDeadline(time.Now().Add(3 * time.Second))
	reading.Wait()
}

func floodText() string { return marker + strings.Repeat("x", floodPayload-1) }

// listener counts the messages that come to it.
type listener struct {
	*client
	messages atomic.Int64
	bytes    atomic.Int64
	cut      atomic.Bool // by the broker
}

// take reads once, for so long at most. An error says that the connection is over.
func (l *listener) take(buf []byte, limit time.Duration) error {
	l.SetReadDeadline(time.Now().Add(limit))
	n, err := l.Read(buf)
	l.bytes.Add(int64(n))
	l.messages.Add(int64(bytes.Count(buf[:n], []byte(marker))))
	if isTimeout(err) {
		return nil
	}
	return err
}

// backlog is how many bytes the broker has taken for this subscriber that it has
// not read.
func (l *listener) backlog(f *flood) int64 {
	return f.acknowledged.Load()*int64(f.frame) - l.bytes.Load()
}

// readTo reads until the backlog is no more than so many bytes.
func (l *listener) readTo(ctx context.Context, f *flood, backlog int64, buf []byte) error {
	for l.backlog(f) > backlog && ctx.Err() == nil {
		if err := l.take(buf, 50*time.Millisecond); err != nil {
			return err
		}
	}
	return nil
}
