package main

import (
	"context"
	"net"
	"strings"
	"time"
)

// stalledTLS subscribes, stops reading for good, and measures when the broker
// cuts it off, from when the kernel at its end has taken nothing more. A broker that
// says so in its log may keep the connection for a while, for its last words.
func stalledTLS(ctx context.Context, t *target) ([]row, error) {
	var rows []row
	for _, encrypted := range []bool{false, true} {
		r, err := stalled(ctx, t, encrypted)
		if err != nil {
			return rows, err
		}
		rows = append(rows, r)
	}
	return rows, nil
}

func stalled(ctx context.Context, t *target, encrypted bool) (row, error) {
	const limit = 30 * time.Second
	name, connect := "plain: cut off after taking nothing for", t.connect
	if encrypted {
		name, connect = "TLS: cut off after taking nothing for", t.connectTLS
	}
	p, err := t.start(ctx, config{tls: encrypted})
	if err != nil {
		return row{}, err
	}
	defer p.stop()
	subscriber, err := connect(ctx, 2, p, "", 5*time.Second)
	if err != nil {
		return row{}, err
	}
	defer subscriber.Close()
	subscriber.keepLittle()
	if err := subscriber.subscribe("flood"); err != nil {
		return row{}, err
	}
	publisher, err := connect(ctx, 3, p, "", 5*time.Second)
	if err != nil {
		return row{}, err
	}
	defer publisher.Close()
	publishing, stop := context.WithCancel(ctx)
	defer stop()
	go publisher.fill(publishing)
	local, remote := subscriber.RemoteAddr().(*net.TCPAddr).AddrPort(), subscriber.LocalAddr().(*net.TCPAddr).AddrPort()
	kept, moved := 0, time.Now()
	gone := until(ctx, limit, 10*time.Millisecond, func() bool {
		n, open := sendQueue(local, remote)
		if open && n != kept {
			kept, moved = n, time.Now()
		}
		return !open || p.log.contains("slow consumer")
	})
	return seconds(name, time.Since(moved)).unless(gone, "not cut off by then"), nil
}

// fill publishes more than both ends' sockets hold and less than what a queue may
// have, and then a little, until ctx ends.
func (c *client) fill(ctx context.Context) {
	const first, size = 6 << 20, 16 << 10
	publish := c.t.Publish("flood", strings.Repeat("x", size), 0)
	c.SetDeadline(time.Now().Add(time.Minute))
	for n := 0; ctx.Err() == nil; n += size {
		if n >= first {
			pause(ctx, 200*time.Millisecond)
		}
		if c.do(publish) != nil {
			return
		}
	}
}
