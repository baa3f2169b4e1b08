package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// grace is how long a user may go on after the reload was logged.
const grace = 100 * time.Millisecond

// revoke takes the rights of a user away who has sent a batch that she hopes will
// be carried out for long.
func revoke(ctx context.Context, t *target) ([]row, error) {
	pub := t.Publish("orders", "from eve", 0).Request
	var rows []row
	for _, batch := range []struct{ name, unit string }{
		{"wrong logins between publishes: ", t.Login("eve", "wrong").Request + pub},
		{"publishes only: ", pub},
	} {
		more, err := revokeAmid(ctx, t, []byte(strings.Repeat(batch.unit, (256<<10)/len(batch.unit))))
		for _, r := range more {
			r.Name = batch.name + r.Name
			rows = append(rows, r)
		}
		if err != nil {
			return rows, err
		}
	}
	return rows, nil
}

func revokeAmid(ctx context.Context, t *target, batch []byte) ([]row, error) {
	users := []user{admin("admin"), {name: "eve", permissions: []string{"subscribe:secret", "publish:orders"}}}
	p, err := t.start(ctx, config{users: users})
	if err != nil {
		return nil, err
	}
	defer p.stop()
	var clients [3]*client
	for i, name := range []string{"eve", "admin", "admin"} {
		if clients[i], err = t.connect(ctx, 1+i, p, name, 10*time.Second); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		defer clients[i].Close()
	}
	eve, watcher, publisher := clients[0], clients[1], clients[2]
	if err := eve.subscribe("secret"); err != nil {
		return nil, err
	}
	if err := watcher.subscribe("orders"); err != nil {
		return nil, err
	}
	r := &revocation{}
	var running sync.WaitGroup
	running.Go(func() { r.watchOrders(watcher) })
	running.Go(func() { r.watchSecret(eve) })
	running.Go(func() { eve.Write(batch) })
	running.Go(func() { r.publishSecrets(ctx, publisher) })
	pause(ctx, 500*time.Millisecond)
	err = r.reload(ctx, t, p, users[:1])
	pause(ctx, 5*time.Second)
	for _, c := range clients {
		c.Close()
	}
	running.Wait()
	return r.rows(), err
}

// revocation counts what a user still does after she must not.
type revocation struct {
	over                    atomic.Int64 // when the reload has to be in force, in Unix nanoseconds; 0 before it is known
	secrets, orders         atomic.Int64 // that came in time
	secretsLate, ordersLate atomic.Int64 // that were published, or came, later
}

// reload gives the broker other users. They count from when it has logged that, or
// from the signal where it does not.
func (r *revocation) reload(ctx context.Context, t *target, p *process, users []user) error {
	if err := t.reload(p.config, users); err != nil {
		return err
	}
	begin := time.Now()
	if err := p.cmd.Process.Signal(syscall.SIGHUP); err != nil {
		return err
	}
	if p.log.await(ctx, "configuration reloaded", 2*time.Second) {
		begin = time.Now()
	}
	r.over.Store(begin.Add(grace).UnixNano())
	return nil
}

func (r *revocation) late(at int64) bool { return r.over.Load() != 0 && at > r.over.Load() }

// publishSecrets publishes the time, until its connection is closed.
func (r *revocation) publishSecrets(ctx context.Context, c *client) {
	for pause(ctx, 50*time.Millisecond) {
		if c.do(c.t.Publish("secret", fmt.Sprint(time.Now().UnixNano()), 1)) != nil {
			return
		}
	}
}

// watchSecret counts by when the messages were published.
func (r *revocation) watchSecret(c *client) {
	lines := bufio.NewScanner(c)
	for lines.Scan() {
		var at int64
		if n, _ := fmt.Sscanf(lines.Text(), `{"topic":"secret","data":"%d"}`, &at); n == 0 {
			continue // a reply
		}
		if r.late(at) {
			r.secretsLate.Add(1)
		} else {
			r.secrets.Add(1)
		}
	}
}

// watchOrders counts by when the messages come.
func (r *revocation) watchOrders(c *client) {
	lines := bufio.NewScanner(c)
	for lines.Scan() {
		switch {
		case !bytes.Contains(lines.Bytes(), []byte("from eve")):
		case r.late(time.Now().UnixNano()):
			r.ordersLate.Add(1)
		default:
			r.orders.Add(1)
		}
	}
}

func (r *revocation) rows() []row {
	return []row{
		count("on secret before", int(r.secrets.Load()), "messages"),
		count("on secret later than 100 ms after", int(r.secretsLate.Load()), "messages"),
		count("on orders before", int(r.orders.Load()), "messages"),
		count("on orders later than 100 ms after", int(r.ordersLate.Load()), "messages"),
	}
}
