package main

import (
	"context"
	"slices"
	"time"
)

// hashTiming compares how long it takes to refuse a wrong password and an unknown
// user. One of the users has a hash of few iterations.
func hashTiming(ctx context.Context, t *target) ([]row, error) {
	const tries = 15
	weak := admin("weak")
	weak.iterations = 60_000
	p, err := t.start(ctx, config{users: []user{admin("strong"), weak}})
	if err != nil {
		return nil, err
	}
	defer p.stop()
	names := []string{"weak", "strong", "nobody"}
	times := make(map[string][]time.Duration)
	for i := range tries {
		for k, name := range names {
			// From another address each time: one that fails often may have to wait.
			took, err := refusalTime(ctx, t, p, 10+i*len(names)+k, name)
			if err != nil {
				return nil, err
			}
			times[name] = append(times[name], took)
		}
	}
	var rows []row
	for _, what := range []struct{ user, name string }{
		{"weak", "a user with 60,000 iterations, wrong password, median"},
		{"strong", "a user with the usual hash, wrong password, median"},
		{"nobody", "an unknown user, median"},
	} {
		slices.Sort(times[what.user])
		rows = append(rows, millis(what.name, percentile(times[what.user], 50)))
	}
	return rows, nil
}

// refusalTime measures from the request to the first byte of the reply.
func refusalTime(ctx context.Context, t *target, p *process, from int, user string) (time.Duration, error) {
	conn, err := dial(ctx, from, p.addr)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(10 * time.Second))
	buf := make([]byte, 64<<10)
	if t.Greets() {
		if _, err := conn.Read(buf); err != nil {
			return 0, err
		}
	}
	begin := time.Now()
	if _, err := conn.Write([]byte(t.Login(user, "wrong").Request)); err != nil {
		return 0, err
	}
	_, err = conn.Read(buf)
	return time.Since(begin), err
}
