package broker

import (
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"joltui/broker/internal/login"
)

// A user whose rights are taken away neither gets nor publishes anything after that,
// whatever was sent before: here a batch of logins that take minutes, each followed by
// a publish.
func TestRevocationIsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cfg := secure(t)
		cfg.Users = append(cfg.Users, User{Name: "costly", PasswordHash: login.NewHash(50_000_000).String()})
		r, ln := servePipes(t, cfg)
		reader, publisher, eve := ln.dial(t), ln.dial(t), ln.dial(t)
		for _, c := range []*client{reader, publisher} {
			c.ask(loginLine("admin", "root"), ok)
		}
		reader.ask(`{"op":"sub","topic":"orders.eu"}`, ok)
		eve.ask(loginLine("alice", "wonder:land"), ok)
		eve.ask(`{"op":"sub","topic":"news"}`, ok)
		go io.WriteString(eve.conn, strings.Repeat(loginLine("costly", "x")+"\n"+`{"op":"pub","topic":"orders.eu","data":"eve"}`+"\n", 100))
		r.await(t, "the first of the logins", func(s Stats) bool { return s.LoginsPending > 0 })

		cfg.Users[1].Permissions = nil
		if err := r.Reload(cfg); err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		publisher.ask(`{"op":"pub","topic":"news","data":"after"}`, ok)
		eve.expect(failed("forbidden: the permissions of alice have changed: log in again"))
		eve.expectEnd()
		publisher.ask(`{"op":"pub","topic":"orders.eu","data":"end"}`, ok)
		reader.expect(`{"topic":"orders.eu","data":"end"}`)
		if took := time.Since(start); took > 100*time.Millisecond {
			t.Errorf("it took %v", took)
		}
		if got := r.Stats(); got.MessagesIn != 2 || got.MessagesOut != 1 {
			t.Errorf("%d messages came in and %d went out, want 2 and 1", got.MessagesIn, got.MessagesOut)
		}
	})
}

// What waits for somebody whose rights are taken away is dropped: at a kilobyte a
// second they would be served for hours.
func TestRevokedWithABacklog(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cfg := secure(t)
		r, ln := servePipes(t, cfg)
		publisher, alice := ln.dial(t), ln.dial(t)
		publisher.ask(loginLine("admin", "root"), ok)
		alice.ask(loginLine("alice", "wonder:land"), ok)
		alice.ask(`{"op":"sub","topic":"news"}`, ok)
		for range 100 {
			publisher.ask(`{"op":"pub","topic":"news","data":"`+strings.Repeat("x", 10_000)+`"}`, ok)
		}
		cfg.Users[1].Permissions = nil
		if err := r.Reload(cfg); err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		synctest.Wait()
		time.Sleep(lastWords + linger + time.Millisecond)
		if got := r.Stats().Connections; got != 1 {
			t.Errorf("%d connections %v after the reload, want 1", got, time.Since(start))
		}
		if got := r.Stats().SlowConsumers; got != 0 {
			t.Errorf("%d slow consumers", got)
		}
	})
}

// A wrong login that waits for its turn ends with its connection's rights.
func TestStopEndsALogin(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cfg := secure(t)
		cfg.Users = append(cfg.Users, User{Name: "costly", PasswordHash: login.NewHash(100_000_000).String()})
		r, ln := servePipes(t, cfg)
		c := ln.dial(t)
		c.write(loginLine("costly", "x") + "\n")
		r.await(t, "the login", func(s Stats) bool { return s.LoginsPending > 0 })
		r.mu.Lock()
		for s := range r.sessions.All {
			s.stop(refuse("forbidden", "out"))
		}
		r.mu.Unlock()
		c.expect(failed("forbidden: out"), failed("forbidden: out"))
		c.expectEnd()
	})
}
