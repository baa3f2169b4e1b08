package broker

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// However many publish without restraint, and more than a subscriber can take, one that
// reads is not cut off: they wait for it, all of them together.
func TestManyPublishersWaitForOneThatReads(t *testing.T) {
	for _, publishers := range []int{1, 8, 40} {
		t.Run(fmt.Sprint(publishers), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { floodOne(t, publishers) })
		})
	}
}

func floodOne(t *testing.T, publishers int) {
	const pace, messages = 1 << 20, 20_000
	r, ln := servePipes(t, Config{Limits: Limits{LineBytes: 2000, QueueBytes: 512 << 10, PaceBytes: pace}})
	subscriber := ln.dial(t)
	subscriber.ask(subscribeTo("a"), ok)
	data := strings.Repeat("x", 1000)
	lines := strings.Repeat(`{"op":"pub","topic":"a","data":"`+data+"\"}\n", messages/publishers)
	for range publishers {
		c := ln.dial(t)
		go io.WriteString(c.conn, lines)
		go io.Copy(io.Discard, c.conn)
	}
	size := len(`{"topic":"a","data":""}`) + len(data) + 1
	for n := range messages / publishers * publishers {
		if got := len(subscriber.read()) + 1; got != size {
			t.Fatalf("message %d has %d bytes", n, got)
		}
		if n%100 == 99 { // it reads 1.5 times as fast as it has to
			time.Sleep(time.Duration(float64(100*size) / (1.5 * pace) * float64(time.Second)))
		}
	}
	if got := r.Stats(); got.SlowConsumers != 0 {
		t.Errorf("%d slow consumers", got.SlowConsumers)
	}
}

// One that does not read is not waited for, but for half a second, and is disconnected.
func TestOneThatDoesNotReadHoldsNobodyUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, ln := servePipes(t, Config{Limits: Limits{LineBytes: 2000, QueueBytes: 64 << 10}, lastWords: lastWords})
		deaf, publisher := ln.dial(t), ln.dial(t)
		deaf.ask(subscribeTo("a"), ok)
		request, _ := publishOf(1000)
		start := time.Now()
		for range 200 {
			publisher.ask(request, ok)
		}
		if took := time.Since(start); took < lastChance || took > lastChance+10*time.Millisecond {
			t.Errorf("200 publishes took %v", took)
		}
		if got := r.Stats(); got.SlowConsumers != 1 || got.Delays[""] != time.Since(start) {
			t.Errorf("%+v", got)
		}
		time.Sleep(time.Second)
	})
}

// However many read too little, come back as soon as they are disconnected, and whatever
// else they do, a publisher is not held up below Limits.PaceBytes but for a second in a
// minute.
func TestHeldUpWithinBounds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const pace, batch, between = 256 << 10, 30, 10 * time.Millisecond
		r, ln := servePipes(t, Config{Limits: Limits{LineBytes: 2000, QueueBytes: 64 << 10, PaceBytes: pace}, lastWords: time.Millisecond})
		end := time.Now().Add(time.Minute)
		for i := range 5 {
			go func() { // a third of the pace, in pieces
				for time.Now().Before(end) {
					c := ln.dial(t)
					io.WriteString(c.conn, subscribeTo("a")+"\n")
					piece := make([]byte, 1000*(i+1))
					for time.Now().Before(end) {
						if _, err := io.ReadFull(c.conn, piece); err != nil {
							break
						}
						time.Sleep(time.Duration(3 * len(piece) * int(time.Second) / pace))
					}
					c.conn.Close()
				}
			}()
		}
		publisher := ln.dial(t)
		request, message := publishOf(1000)
		lines := strings.Repeat(request+"\n", batch)
		start, published, rested := time.Now(), 0, time.Duration(0)
		for time.Now().Before(end) {
			go io.WriteString(publisher.conn, lines)
			for range batch {
				publisher.expect(ok)
			}
			published += batch * (len(message) + 1)
			time.Sleep(between) // or no time would pass while nobody holds it up
			rested += between
		}
		took := time.Since(start) - rested
		fair := time.Duration(float64(published) / pace * float64(time.Second))
		// The first second, and what has returned of it, and what was under way.
		if most := fair + 2*maxPauses + longestWait; took > most {
			t.Errorf("%d MB took %v, want %v at most", published>>20, took, most)
		}
		if got := r.Stats(); got.SlowConsumers == 0 || got.Delays[""] < 5*time.Second {
			t.Errorf("nobody was waited for, or disconnected: %+v", got)
		}
		time.Sleep(time.Minute)
	})
}

// Whoever is stopped while it waits does not publish what it has not, nor say so.
func TestStoppedWhileItWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, ln := servePipes(t, Config{Limits: Limits{LineBytes: 2000, QueueBytes: 64 << 10}})
		c, publisher := ln.dial(t), ln.dial(t)
		c.ask(subscribeTo("a"), ok)
		request, _ := publishOf(1000)
		n := 0
		for r.Stats().MessagesIn == uint64(n) {
			publisher.write(request + "\n")
			if synctest.Wait(); r.Stats().MessagesIn == uint64(n) {
				break
			}
			publisher.expect(ok)
			n++
		}
		for s := range r.sessions.All {
			if s.id == 2 {
				s.stop(memoryFull())
			}
		}
		stopped := time.Now()
		publisher.expect(failed("busy: the broker's memory is full: try again later"))
		if got := r.Stats().MessagesIn; got != uint64(n) || n == 0 || time.Since(stopped) > 0 {
			t.Errorf("after %v %d were published, %d before the end", time.Since(stopped), got, n)
		}
		publisher.conn.Close()
		c.conn.Close()
	})
}

// Room that is promised to one publisher is not there for another, until what it was for is
// queued and taken; an empty queue has room for anything.
func TestRoomIsPromised(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOutbox(pipeEnd(t), 1000, time.Minute, new(buffers))
		a := allowance{pace: 1000, fair: 100 * time.Millisecond, most: time.Minute}
		wait := func(n int, want time.Duration) {
			t.Helper()
			if got, _ := o.admit(n, a, nil); got != want {
				t.Errorf("waited for %v, want %v", got, want)
			}
		}
		wait(2000, 0)
		o.keepPromise(2000)
		o.push(frameBlock{frames: make([]byte, 500)})
		wait(250, 0)
		wait(1, 100*time.Millisecond)
		o.keepPromise(1)
		go func() {
			time.Sleep(10 * time.Millisecond)
			o.keepPromise(250)
		}()
		wait(250, 10*time.Millisecond)
		go func() {
			time.Sleep(10 * time.Millisecond)
			o.written(1)
		}()
		wait(1, 10*time.Millisecond)
	})
}
