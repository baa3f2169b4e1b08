package broker

import (
	"io"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// Stalled subscribers are disconnected, and neither the others nor the
// publisher lose anything.
func TestStalledAmongHealthy(t *testing.T) {
	const stalled, healthy = 3, 10
	message := strings.Repeat("x", 16<<10)
	r := startBroker(t, Config{Limits: Limits{LineBytes: 32 << 10, QueueBytes: 512 << 10}, lastWords: lastWords})
	for range stalled {
		c := r.dial(t)
		if err := c.conn.(*net.TCPConn).SetReadBuffer(4 << 10); err != nil {
			t.Fatal(err)
		}
		c.ask(`{"op":"sub","topic":"a"}`, ok)
	}
	readers := make([]*client, healthy)
	for i := range readers {
		readers[i] = r.dial(t)
		readers[i].ask(`{"op":"sub","topic":"a"}`, ok)
	}
	publisher := r.dial(t)
	for n := 0; r.Stats().SlowConsumers < stalled; n++ {
		if n == 10_000 {
			t.Fatalf("after %d MB: %+v", n*len(message)>>20, r.Stats())
		}
		publisher.ask(`{"op":"pub","topic":"a","data":"`+message+`"}`, ok)
		for _, c := range readers {
			if got := len(c.read()); got != len(`{"topic":"a","data":""}`)+len(message) {
				t.Fatalf("message %d has %d bytes", n, got)
			}
		}
	}
	for _, c := range append(readers, publisher) {
		c.ask(`{"op":"ping"}`, ok)
	}
	r.await(t, "the stalled to go", func(s Stats) bool { return s.Connections == healthy+1 })
}

// A peer that takes nothing for QueueStall is closed; one that takes a little
// now and then is not.
func TestNoProgress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, ln := servePipes(t, Config{})
		stalled, slow, publisher := ln.dial(t), ln.dial(t), ln.dial(t)
		stalled.ask(`{"op":"sub","topic":"a"}`, ok)
		slow.ask(`{"op":"sub","topic":"a"}`, ok)
		start := time.Now()
		publisher.ask(`{"op":"pub","topic":"a","data":"123456789012345678901234567890"}`, ok)

		for range 9 { // a few bytes every 8 s, for over a minute
			time.Sleep(8 * time.Second)
			if _, err := slow.conn.Read(make([]byte, 3)); err != nil {
				t.Fatalf("closed %v after the publish: %v", time.Since(start), err)
			}
		}
		if got := r.Stats(); got.SlowConsumers != 1 || got.Connections != 2 {
			t.Errorf("%+v, want one slow consumer gone", got)
		}
		stalled.expectEnd()
	})
}

// A slow consumer that wakes up in time sees whole lines and the reason.
func TestLastWords(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, ln := servePipes(t, Config{})
		c, publisher := ln.dial(t), ln.dial(t)
		c.ask(`{"op":"sub","topic":"a"}`, ok)
		start := time.Now()
		publisher.ask(`{"op":"pub","topic":"a","data":"1"}`, ok)
		publisher.ask(`{"op":"pub","topic":"a","data":"2"}`, ok)
		begin := make([]byte, 5)
		if _, err := c.conn.Read(begin); err != nil {
			t.Fatal(err)
		}
		// The read counts as progress until the write's deadline, at 2.5 s.
		time.Sleep(12500*time.Millisecond + longLastWords/2 - time.Since(start))
		if got := string(begin) + c.read(); got != `{"topic":"a","data":"1"}` {
			t.Errorf("the line that was under way arrived as %s", got)
		}
		c.expect(failed("slow_consumer: nothing was read for 10s"))
		c.expectEnd()
	})
}

// Whoever sends requests without reading the replies is a slow consumer too.
func TestFloodWithoutReading(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, ln := servePipes(t, Config{Limits: Limits{LineBytes: 1000, QueueBytes: 64 << 10}, lastWords: lastWords})
		c := ln.dial(t)
		pings := strings.Repeat("{\"op\":\"ping\"}\n", 100)
		var err error
		for n := 0; err == nil; n++ {
			if n == 2*mostArrived/len(pings) {
				t.Fatalf("%d unread replies, and still connected", 100*n)
			}
			_, err = c.conn.Write([]byte(pings))
		}
		synctest.Wait()
		if got := r.Stats().SlowConsumers; got != 1 {
			t.Errorf("%d slow consumers, want 1", got)
		}
	})
}

// pipeEnd is a connection that nobody reads.
func pipeEnd(t *testing.T) net.Conn {
	t.Helper()
	ours, theirs := net.Pipe()
	t.Cleanup(func() {
		ours.Close()
		theirs.Close()
	})
	return ours
}

// A publisher without restraint does not cost a subscriber its connection that
// keeps reading, only slower.
func TestFloodedSubscriberCatchesUp(t *testing.T) {
	const n = 20_000
	synctest.Test(t, func(t *testing.T) {
		r, ln := servePipes(t, Config{Limits: Limits{LineBytes: 1000, QueueBytes: 512 << 10}})
		subscriber, publisher := ln.dial(t), ln.dial(t)
		subscriber.ask(`{"op":"sub","topic":"a"}`, ok)
		data := strings.Repeat("x", 128)
		go io.WriteString(publisher.conn, strings.Repeat(`{"op":"pub","topic":"a","data":"`+data+"\"}\n", n))
		go io.Copy(io.Discard, publisher.conn)
		for range n {
			subscriber.expect(`{"topic":"a","data":"` + data + `"}`)
			time.Sleep(5 * time.Microsecond)
		}
		if got := r.Stats().SlowConsumers; got != 0 {
			t.Errorf("%d slow consumers", got)
		}
	})
}

// The line that was under way is completed, across blocks if need be.
func TestRestOfLine(t *testing.T) {
	for _, test := range []struct {
		left []string
		want string
	}{
		{nil, ""},
		{[]string{"end\n"}, "end\n"},
		{[]string{"end\nnext\n", "more\n"}, "end\n"},
		{[]string{"be", "gin", "ning\nnext"}, "beginning\n"},
	} {
		var left net.Buffers
		for _, text := range test.left {
			left = append(left, []byte(text))
		}
		if got := string(restOfLine(left)); got != test.want {
			t.Errorf("%q: got %q, want %q", test.left, got, test.want)
		}
	}
}
