package main

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"joltui/jolt"
)

// crowd is who logs in at once.
type crowd struct{ clients, users, addresses int }

// storm lets clients with a password come at once after a start. A client gives up
// what takes longer than 7 s, and comes back with a back-off, as package jolt
// does.
func storm(ctx context.Context, t *target) ([]row, error) {
	var rows []row
	for _, c := range []crowd{{500, 50, 1}, {500, 500, 1}, {5000, 50, 50}} {
		more, err := c.storm(ctx, t)
		rows = append(rows, more...)
		if err != nil {
			return rows, err
		}
	}
	return rows, nil
}

func (c crowd) storm(ctx context.Context, t *target) ([]row, error) {
	cfg := config{}
	for i := range c.users {
		cfg.users = append(cfg.users, admin(fmt.Sprintf("user%d", i)))
	}
	p, err := t.start(ctx, cfg)
	if err != nil {
		return nil, err
	}
	defer p.stop()
	var up func() int
	var end func()
	if _, ours := t.server.(joltuiServer); ours {
		up, end, err = c.joltClients(p)
	} else {
		up, end = c.otherClients(ctx, t, p)
	}
	if err != nil {
		return nil, err
	}
	defer end()
	return c.watch(ctx, p, up), nil
}

// watch stops before its time when all are up.
func (c crowd) watch(ctx context.Context, p *process, up func() int) []row {
	name := fmt.Sprintf("%d clients, %d users: ", c.clients, c.users)
	begin, before := time.Now(), p.used()
	var rows []row
	for _, after := range []time.Duration{1, 2, 5, 10, 30} {
		until(ctx, time.Until(begin.Add(after*time.Second)), 10*time.Millisecond, func() bool { return up() == c.clients })
		rows = append(rows, count(fmt.Sprintf("%sup after %d s", name, after), up(), "clients"))
	}
	return append(rows,
		seconds(name+"watched for", time.Since(begin)),
		seconds(name+"processor time of the broker", p.used()-before))
}

// from spreads the clients over the addresses.
func (c crowd) from(i int) int { return 1 + i%c.addresses }

// joltClients starts clients of package jolt with its default times.
func (c crowd) joltClients(p *process) (up func() int, end func(), err error) {
	var all []*jolt.Client
	end = func() {
		var ending sync.WaitGroup
		for _, client := range all {
			ending.Go(func() { client.Close() })
		}
		ending.Wait()
	}
	for i := range c.clients {
		client, err := jolt.New(jolt.Config{
			Addr: p.addr, User: fmt.Sprintf("user%d", i%c.users), Pass: password,
			Dial: dialerFrom(c.from(i)),
		})
		if err != nil {
			end()
			return nil, nil, err
		}
		all = append(all, client)
	}
	up = func() int {
		n := 0
		for _, client := range all {
			if client.IsConnected() {
				n++
			}
		}
		return n
	}
	return up, end, nil
}

// otherClients starts clients that do what those of package jolt do.
func (c crowd) otherClients(ctx context.Context, t *target, p *process) (up func() int, end func()) {
	var n atomic.Int64
	ctx, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	for i := range c.clients {
		running.Go(func() { stayLoggedIn(ctx, t, p, c.from(i), fmt.Sprintf("user%d", i%c.users), &n) })
	}
	return func() int { return int(n.Load()) }, func() { cancel(); running.Wait() }
}

// stayLoggedIn counts itself in n as long as it is up.
func stayLoggedIn(ctx context.Context, t *target, p *process, from int, user string, n *atomic.Int64) {
	const patience = 7 * time.Second
	for failed := 0; ctx.Err() == nil; {
		conn, err := t.connect(ctx, from, p, user, patience)
		if err == nil {
			n.Add(1)
			stop := context.AfterFunc(ctx, func() { conn.Close() })
			for buf := make([]byte, 512); err == nil; {
				_, err = conn.Read(buf)
			}
			stop()
			conn.Close()
			n.Add(-1)
			failed = 0
		}
		pause(ctx, jolt.FullJitter(failed))
		failed++
	}
}
