package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"
)

// The addresses that take part.
const (
	attackers  = 1 // 127.0.0.1
	strangers  = 2
	publishers = 3
)

// pipelined lets connections send as many wrong logins as one read takes, and
// leave.
func pipelined(ctx context.Context, t *target) ([]row, error) {
	var rows []row
	for _, n := range []int{1, 20, 100} {
		name := fmt.Sprintf("%d connections: ", n)
		for _, part := range []func(context.Context, *target, int) ([]row, error){loginsAfter, terminatedAfter} {
			more, err := part(ctx, t, n)
			for _, r := range more {
				r.Name = name + r.Name
				rows = append(rows, r)
			}
			if err != nil {
				return rows, err
			}
		}
	}
	return rows, nil
}

// loginsAfter measures what the attack costs others.
func loginsAfter(ctx context.Context, t *target, n int) ([]row, error) {
	const watched = 5 * time.Second
	p, err := t.start(ctx, config{users: []user{admin("publisher"), admin("other")}})
	if err != nil {
		return nil, err
	}
	defer p.stop()
	publisher, err := t.connect(ctx, publishers, p, "publisher", 10*time.Second)
	if err != nil {
		return nil, err
	}
	defer publisher.Close()
	calm := publisher.steadily(ctx, 5000, 2*time.Second)
	before := p.used()
	if err := sendWrongLogins(ctx, t, p, n); err != nil {
		return nil, err
	}
	var logins [2]row
	var busy latencies
	var used time.Duration
	var running sync.WaitGroup
	running.Go(func() { logins[0] = firstLogin(ctx, t, p, strangers) })
	running.Go(func() { logins[1] = firstLogin(ctx, t, p, attackers) })
	running.Go(func() {
		busy = publisher.steadily(ctx, 5000, watched)
		used = p.used() - before
	})
	running.Wait()
	return []row{
		logins[0], logins[1],
		millis("ack p50 before", percentile(calm.sorted, 50)), millis("ack p99 before", percentile(calm.sorted, 99)),
		millis("ack p50 in the 5 s after", percentile(busy.sorted, 50)),
		millis("ack p99 in the 5 s after", percentile(busy.sorted, 99)).
			unless(busy.open == 0, fmt.Sprintf("%d never", busy.open)),
		seconds("processor time in the 5 s after", used),
	}, nil
}

// terminatedAfter measures how a broker ends that has been attacked a second ago.
func terminatedAfter(ctx context.Context, t *target, n int) ([]row, error) {
	p, err := t.start(ctx, config{users: []user{admin("other")}})
	if err != nil {
		return nil, err
	}
	defer p.stop()
	if err := sendWrongLogins(ctx, t, p, n); err != nil {
		return nil, err
	}
	pause(ctx, time.Second)
	return p.terminate(25 * time.Second), nil
}

// sendWrongLogins returns when all have left.
func sendWrongLogins(ctx context.Context, t *target, p *process, connections int) error {
	const read = 4 << 10
	login := t.Login("other", "wrong").Request
	batch := []byte(strings.Repeat(login, read/len(login)))
	for range connections {
		conn, err := dial(ctx, attackers, p.addr)
		if err != nil {
			return err
		}
		conn.Write(batch) // a broker may have hung up
		conn.Close()
	}
	return nil
}

// firstLogin measures how long it takes until a right login is accepted. One that
// is refused is tried again.
func firstLogin(ctx context.Context, t *target, p *process, from int) row {
	const patience, again = 30 * time.Second, 100 * time.Millisecond
	refused := 0
	begin := time.Now()
	in := until(ctx, patience, again, func() bool {
		conn, err := t.connect(ctx, from, p, "other", max(time.Until(begin.Add(patience)), time.Millisecond))
		if err != nil {
			if errors.Is(err, errRefused) {
				refused++
			}
			return false
		}
		conn.Close()
		return true
	})
	r := seconds(fmt.Sprintf("a right login from 127.0.0.%d", from), time.Since(begin))
	r = r.unless(refused == 0, fmt.Sprintf("after %d refusals", refused))
	return r.unless(in, "not in by then")
}
