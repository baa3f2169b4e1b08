package broker

import (
	"fmt"
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

// A publisher pauses for a subscriber that is behind and catching up, for longer if
// its queue is nearly full, and not at all for one that has stalled.
func TestCatchUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		conn, peer := net.Pipe()
		defer conn.Close()
		defer peer.Close()
		o := newOutbox(conn, 1000, time.Minute, new(buffers))
		const short, long = 5 * time.Millisecond, 200 * time.Millisecond
		pause := func() time.Duration { return o.catchUp(short, long) }
		if got := o.push(frameBlock{frames: make([]byte, 500)}); got.behind != 0 || pause() != 0 {
			t.Error("half full is behind")
		}
		if got := o.push(frameBlock{frames: make([]byte, 1)}); got.behind != 501 || pause() != short {
			t.Error("more than half full is not behind")
		}
		o.moved = time.Now()
		go func() {
			time.Sleep(time.Millisecond)
			o.written(1)
		}()
		if got := pause(); got != time.Millisecond {
			t.Errorf("paused for %v after it had caught up", got-time.Millisecond)
		}
		o.push(frameBlock{frames: make([]byte, 300)})
		if got := pause(); got != long {
			t.Errorf("paused for %v for one that is nearly full, want %v", got, long)
		}
		time.Sleep(lastChance)
		if got := pause(); got != 0 {
			t.Errorf("paused for %v for a stalled subscriber", got)
		}
	})
}

// However many subscribers are nearly full, and however often they catch up a little,
// a publisher is not held up below Limits.PaceBytes but for a second in a minute.
func TestHeldUpWithinBounds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, err := New(Config{Limits: Limits{PaceBytes: 10 << 20}})
		if err != nil {
			t.Fatal(err)
		}
		defer b.Close()
		publisher := &session{b: b, arrived: newArrivals(pipeEnd(t))}
		slow := make([]*outbox, 10)
		for i := range slow {
			slow[i] = newOutbox(pipeEnd(t), 1000, time.Minute, new(buffers))
			slow[i].who = func() peer { return peer{"", fmt.Sprint("reader", i)} }
			slow[i].push(frameBlock{frames: make([]byte, 800)})
		}
		start := time.Now()
		published := 0
		for i := 0; time.Since(start) < 2*time.Minute; i++ {
			o := slow[i%len(slow)]
			o.written(400) // it catches up, and falls behind again at once
			o.push(frameBlock{frames: make([]byte, 400)})
			publisher.fanOut.behind = o
			publisher.unpaced = paceBytes
			published += paceBytes
			publisher.pace()
		}
		took := time.Since(start)
		fair := time.Duration(float64(published) / (10 << 20) * float64(time.Second))
		// The first second, what returned of it in two minutes, and a pause that went over.
		if most := fair + 3*maxPauses + longPause; took > most {
			t.Errorf("%d MB took %v, want %v at most", published>>20, took, most)
		}
		if got := b.Stats().Delays[""]; got != took {
			t.Errorf("%v of %v are booked", got, took)
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
