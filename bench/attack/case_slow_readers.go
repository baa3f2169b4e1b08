package main

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// reader is how a subscriber reads that does not read as fast as it can.
type reader struct {
	name  string
	count int
	read  func(context.Context, *listener, *flood)
}

// slowReaders measures a publisher of 1 KiB messages at full speed, one healthy
// subscriber, and what slow ones cost the two.
func slowReaders(ctx context.Context, t *target) ([]row, error) {
	var rows []row
	for _, r := range []reader{
		{name: "the healthy one alone"},
		{"1 at 14 MB/s", 1, atRate(14e6)},
		{"20 at 14 MB/s", 20, atRate(14e6)},
		{"1 at 1 MB/s", 1, atRate(1e6)},
		{"12 that keep their queues nearly full", 12, craftily},
	} {
		more, err := r.run(ctx, t)
		rows = append(rows, more...)
		if err != nil {
			return rows, err
		}
	}
	return rows, nil
}

func (r reader) run(ctx context.Context, t *target) ([]row, error) {
	const duration = 10 * time.Second
	p, err := t.start(ctx, config{})
	if err != nil {
		return nil, err
	}
	defer p.stop()
	f := &flood{frame: len(t.Message("flood", floodText(), 1))}
	healthy, err := floodListener(ctx, t, p, 2)
	if err != nil {
		return nil, err
	}
	defer healthy.Close()
	publisher, err := t.connect(ctx, 3, p, "", 5*time.Second)
	if err != nil {
		return nil, err
	}
	defer publisher.Close()
	var running sync.WaitGroup
	defer running.Wait()
	reading, stop := context.WithCancel(ctx)
	defer stop()
	slow, err := r.start(reading, t, p, f, &running)
	if err != nil {
		return nil, err
	}
	running.Go(func() {
		for buf := make([]byte, 256<<10); reading.Err() == nil && healthy.take(buf, time.Second) == nil; {
		}
		healthy.cut.Store(reading.Err() == nil)
	})
	published := r.publish(ctx, f, publisher, duration)
	cut := 0
	for _, l := range slow {
		if l.cut.Load() {
			cut++
		}
	}
	until(ctx, 5*time.Second, 10*time.Millisecond, func() bool { return healthy.messages.Load() >= f.acknowledged.Load() })
	lost := max(f.acknowledged.Load()-healthy.messages.Load(), 0)
	rows := []row{
		{Name: r.name + ": published", Figure: float64(published) * floodPayload / 1e6 / duration.Seconds(), Unit: "MB/s"},
		count(r.name+": the healthy one misses", int(lost), "messages").unless(!healthy.cut.Load(), "it was cut"),
	}
	if r.count > 0 {
		rows = append(rows, count(fmt.Sprintf("%s: cut of %d", r.name, r.count), cut, "readers"))
	}
	stop()
	healthy.Close()
	return rows, nil
}

// publish returns how many messages were acknowledged within the duration.
func (r reader) publish(ctx context.Context, f *flood, publisher *client, duration time.Duration) int64 {
	flooding, stop := context.WithTimeout(ctx, duration)
	defer stop()
	published := make(chan int64, 1)
	context.AfterFunc(flooding, func() {
		published <- f.acknowledged.Load()
		publisher.SetWriteDeadline(time.Now()) // it may be held up
	})
	f.run(flooding, publisher)
	return <-published
}

func (r reader) start(ctx context.Context, t *target, p *process, f *flood, running *sync.WaitGroup) ([]*listener, error) {
	var all []*listener
	for range r.count {
		l, err := floodListener(ctx, t, p, 4)
		if err != nil {
			return all, err
		}
		all = append(all, l)
		running.Go(func() {
			defer l.Close()
			r.read(ctx, l, f)
			l.cut.Store(ctx.Err() == nil)
		})
	}
	return all, nil
}

// floodListener keeps little in its own socket, which would else hide how slow it
// is.
func floodListener(ctx context.Context, t *target, p *process, from int) (*listener, error) {
	conn, err := dial(ctx, from, p.addr)
	if err != nil {
		return nil, err
	}
	if from != 2 {
		conn.SetReadBuffer(64 << 10)
	}
	c, err := t.greet(conn, "", 5*time.Second)
	if err != nil {
		return nil, err
	}
	return &listener{client: c}, c.subscribe("flood")
}

// atRate reads so many bytes a second, in small pieces.
func atRate(perSecond float64) func(context.Context, *listener, *flood) {
	const every = 5 * time.Millisecond
	return func(ctx context.Context, l *listener, _ *flood) {
		buf := make([]byte, 64<<10)
		for begin := time.Now(); pause(ctx, every); {
			due := int64(time.Since(begin).Seconds() * perSecond)
			for l.bytes.Load() < due && ctx.Err() == nil {
				if l.take(buf[:min(int64(len(buf)), due-l.bytes.Load())], 50*time.Millisecond) != nil {
					return
				}
			}
		}
	}
}

// craftily lets its queue grow nearly to where joltui cuts a subscriber, 8 MiB, and
// halves it once a second: publishers are slowed down all the time. Some of the
// backlog, about a megabyte, is not in the queue but in the kernel.
func craftily(ctx context.Context, l *listener, f *flood) {
	const most, half = 17 << 19, 5 << 20
	buf := make([]byte, 64<<10)
	drained := time.Now()
	for pause(ctx, time.Millisecond) {
		to := int64(most)
		if time.Since(drained) >= time.Second {
			to, drained = half, time.Now()
		}
		if l.readTo(ctx, f, to, buf) != nil {
			return
		}
	}
}
