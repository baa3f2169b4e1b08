package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"time"
)

// hoard makes a broker keep as much as it will.
func hoard(ctx context.Context, t *target) ([]row, error) {
	rows, err := hoardTopics(ctx, t)
	if _, ours := t.server.(joltuiServer); err != nil || !ours {
		return rows, err
	}
	more, err := hoardLines(ctx, t)
	return append(rows, more...), err
}

// hoardTopics subscribes to ever more topics on one connection, until the broker
// refuses.
func hoardTopics(ctx context.Context, t *target) ([]row, error) {
	const topics, limit = 1_000_000, time.Minute
	p, err := t.start(ctx, config{})
	if err != nil {
		return nil, err
	}
	defer p.stop()
	before := p.resident()
	c, err := t.connect(ctx, attackers, p, "", 5*time.Second)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	begin := time.Now()
	c.SetDeadline(begin.Add(limit))
	var replies subscriptions
	read := make(chan struct{})
	go func() {
		defer close(read)
		replies.read(c, topics)
	}()
	replies.subscribe(c, topics)
	until(ctx, time.Until(begin.Add(limit)), time.Millisecond, func() bool { return replies.refused.Load() > 0 || isClosed(read) })
	took := time.Since(begin)
	peak := p.resident()
	c.Close()
	<-read
	pause(ctx, 10*time.Second)
	return []row{
		count("topics accepted of 1,000,000", int(replies.accepted.Load()), "topics").unless(p.alive(), "the broker has died"),
		seconds("in", took),
		megabytes("memory before", before),
		megabytes("memory with the topics", peak),
		megabytes("memory 10 s after the connection was closed", p.resident()),
	}, nil
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// subscriptions counts the replies to subs. Each protocol that this is for has one
// byte sequence in each reply that says yes, and one in each that says no.
type subscriptions struct{ accepted, refused atomic.Int64 }

// subscribe stops at the first refusal.
func (s *subscriptions) subscribe(c *client, topics int) {
	const batch = 500
	for i := 1; i <= topics && s.refused.Load() == 0; {
		var requests strings.Builder
		for end := min(i+batch, topics+1); i < end; i++ {
			requests.WriteString(c.t.Subscribe(fmt.Sprintf("hoard.%d", i), i).Request)
		}
		if _, err := io.WriteString(c, requests.String()); err != nil {
			return
		}
	}
}

func (s *subscriptions) read(c *client, topics int64) {
	yes, no := []byte(`{"ok":true}`), []byte(`{"ok":false`)
	switch c.t.server.(type) {
	case natsServer:
		yes, no = []byte("+OK"), []byte("-ERR")
	case redisServer:
		yes, no = []byte("subscribe\r\n"), []byte("-ERR")
	}
	buf := make([]byte, 64<<10)
	kept := 0 // the start of a reply may come with one read, and its end with the next
	for s.accepted.Load() < topics {
		n, err := c.Read(buf[kept:])
		data := buf[:kept+n]
		end := bytes.LastIndexByte(data, '\n') + 1
		s.accepted.Add(int64(bytes.Count(data[:end], yes)))
		s.refused.Add(int64(bytes.Count(data[:end], no)))
		kept = copy(buf, data[end:])
		if err != nil {
			return
		}
	}
}

// hoardLines leaves lines of a million bytes open.
func hoardLines(ctx context.Context, t *target) ([]row, error) {
	const lines, size = 400, 1_000_000
	p, err := t.start(ctx, config{})
	if err != nil {
		return nil, err
	}
	defer p.stop()
	before := p.resident()
	line := []byte(`{"op":"pub","topic":"t","data":"` + strings.Repeat("x", size))
	open, ends := 0, make(chan struct{}, lines)
	for range lines {
		c, err := t.connect(ctx, attackers, p, "", 5*time.Second)
		if err != nil {
			continue // it may have had enough
		}
		defer c.Close()
		c.SetWriteDeadline(time.Now().Add(2 * time.Second))
		if _, err := c.Write(line); err != nil {
			continue
		}
		open++
		go func() {
			awaitEnd(c, time.Minute)
			ends <- struct{}{}
		}()
	}
	pause(ctx, time.Second)
	return []row{
		count(fmt.Sprintf("open lines of 1 MB, of %d", lines), open-len(ends), "lines").unless(p.alive(), "the broker has died"),
		megabytes("memory before the lines", before),
		megabytes("memory with the lines", p.resident()),
	}, nil
}
