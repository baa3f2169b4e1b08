package broker

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// Where the memory is full, newcomers and further topics are refused, those that
// hold most are disconnected, and all others are served.
func TestMemoryFull(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var used atomic.Uint64
		r, ln := servePipes(t, Config{Limits: Limits{MemoryBytes: 100 << 20}, memoryUsed: used.Load})
		const full = "busy: the broker's memory is full: try again later"
		hoarder, long, healthy := ln.dial(t), ln.dial(t), ln.dial(t)
		for n := range 500 {
			hoarder.ask(fmt.Sprintf(`{"op":"sub","topic":"%d %s"}`, n, strings.Repeat("x", 200)), ok)
		}
		long.write(`{"op":"pub","topic":"a","data":"` + strings.Repeat("x", 900_000))
		healthy.ask(`{"op":"sub","topic":"a"}`, ok)

		used.Store(100<<20 + 1)
		time.Sleep(memoryLooks + time.Millisecond)
		for _, c := range []*client{long, hoarder} {
			c.expect(failed(full))
			c.expectEnd()
		}
		newcomer := ln.dial(t)
		newcomer.expect(failed(full))
		newcomer.expectEnd()
		healthy.ask(`{"op":"sub","topic":"b"}`, failed(full))
		healthy.ask(`{"op":"pub","topic":"a","data":"1"}`, `{"topic":"a","data":"1"}`, ok)
		if err := r.Ready(); err != ErrNoRoom {
			t.Errorf("Ready() = %v", err)
		}

		used.Store(50 << 20)
		time.Sleep(memoryLooks)
		synctest.Wait()
		ln.dial(t).ask(`{"op":"ping"}`, ok)
		healthy.ask(`{"op":"sub","topic":"b"}`, ok)
		if err := r.Ready(); err != nil {
			t.Errorf("Ready() = %v", err)
		}
	})
}

// Long lines have a share of the memory; what ends with its line, or its connection, is
// given back, and short ones are none of it.
func TestLongLinesHaveAShare(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, ln := servePipes(t, Config{Limits: Limits{MemoryBytes: 16 << 20}})
		begin := `{"op":"pub","topic":"a","data":"` + strings.Repeat("x", 1000_000)
		var all []*client
		for range 5 { // of 768 KiB beyond the usual each
			c := ln.dial(t)
			c.write(begin)
			all = append(all, c)
		}
		late := ln.dial(t)
		go late.conn.Write([]byte(begin))
		late.expect(failed("busy: the broker's memory is full: try again later"))
		late.expectEnd()
		ln.dial(t).ask(`{"op":"pub","topic":"a","data":"`+strings.Repeat("x", 100_000)+`"}`, ok)
		all[0].ask(`"}`, ok)
		all[0].ask(`{"op":"ping"}`, ok)
		all[1].conn.Close()
		synctest.Wait()
		for range 2 {
			c := ln.dial(t)
			c.write(begin)
			c.ask(`"}`, ok)
			c.conn.Close()
			synctest.Wait()
		}
		for _, c := range all {
			c.conn.Close()
		}
		synctest.Wait()
		if got := r.memory.lines.Load(); got != 0 {
			t.Errorf("%d bytes are reserved for no line", got)
		}
	})
}

// Requests of a user are bounded on all its connections together, those of others are
// not; what is refused is said, counted, and can be done a little later.
func TestRequestsOfAUser(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cfg := secure(t)
		cfg.Limits.UserRequests = 4
		r, ln := servePipes(t, cfg)
		one, other, bob := ln.dial(t), ln.dial(t), ln.dial(t)
		one.ask(loginLine("alice", "wonder:land"), ok)
		other.ask(loginLine("alice", "wonder:land"), ok)
		bob.ask(loginLine("bob", "builder"), ok)
		one.ask(`{"op":"sub","topic":"news"}`, ok)
		one.ask(`{"op":"pub","topic":"orders.eu","data":"1"}`, ok)
		other.ask(`{"op":"unsub","topic":"x"}`, failed("unknown_topic: not subscribed to x"))
		other.ask(`{"op":"ping"}`, ok)
		const busy = "busy: alice makes more than 4 requests a second, the limit for a user: try again in 250ms"
		one.ask(`{"op":"ping"}`, failed(busy))
		other.ask(`{"op":"pub","topic":"orders.eu","data":"2"}`, failed(busy))
		bob.ask(`{"op":"ping"}`, ok)
		time.Sleep(250 * time.Millisecond)
		other.ask(`{"op":"ping"}`, ok)
		if got := r.Stats(); got.RequestsLimited != 2 || got.Refused["busy"] != 2 || got.MessagesIn != 1 {
			t.Errorf("%+v", got)
		}
		again := ln.dial(t) // is no way around it
		again.ask(loginLine("alice", "wonder:land"), ok)
		again.ask(`{"op":"ping"}`, failed(busy))
	})
}

// Without logins it is an address whose requests are bounded.
func TestRequestsOfAnAddress(t *testing.T) {
	oneGateway(t, "limits of its own")
	r := startBroker(t, Config{Limits: Limits{UserRequests: 1}})
	r.dial(t).ask(`{"op":"ping"}`, ok)
	c := r.dial(t)
	c.write("{\"op\":\"ping\"}\n")
	if got := c.read(); !strings.HasPrefix(got, `{"ok":false,"error":"busy: 127.0.0.1 makes more than 1 requests a second, the limit for an address: try again in `) {
		t.Error(got)
	}
}

func TestTopicsOfAConnection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, ln := servePipes(t, Config{Limits: Limits{Topics: 2}})
		c := ln.dial(t)
		for _, topic := range []string{"a", "b", "a"} {
			c.ask(`{"op":"sub","topic":"`+topic+`"}`, ok)
		}
		c.ask(`{"op":"sub","topic":"c"}`, failed("too_many_topics: subscribed to 2 topics, the limit for a connection"))
		c.ask(`{"op":"unsub","topic":"a"}`, ok)
		c.ask(`{"op":"sub","topic":"c"}`, ok)
	})
}
