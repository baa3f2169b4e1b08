package broker

import (
	"bufio"
	"fmt"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

const (
	crowd        = 200 // subscribers of one topic
	stalledCrowd = 10  // of them do not read
)

// subscribeCrowd returns the subscribers that are to stall and those that read.
func subscribeCrowd(dial func() *client) (stalled, healthy []*client) {
	for i := range crowd {
		c := dial()
		c.ask(`{"op":"sub","topic":"a"}`, ok)
		if i%(crowd/stalledCrowd) == 0 {
			stalled = append(stalled, c)
		} else {
			healthy = append(healthy, c)
		}
	}
	return stalled, healthy
}

// publishNumbered publishes message i, and expects each reader to get it.
func publishNumbered(publisher *client, readers []*client, i int, padding string) {
	publisher.tb.Helper()
	publisher.ask(fmt.Sprintf(`{"op":"pub","topic":"a","data":"%d %s"}`, i, padding), ok)
	want := fmt.Sprintf("{\"topic\":\"a\",\"data\":\"%d %s\"}\n", i, padding)
	for n, c := range readers {
		line, err := c.in.ReadSlice('\n')
		if err != nil || string(line) != want {
			publisher.tb.Fatalf("reader %d got %.40q, %v as message %d", n, line, err, i)
		}
	}
}

// smallBuffers keeps the kernel from taking megabytes for a client that does
// not read.
type smallBuffers struct{ net.Listener }

func (l smallBuffers) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err == nil {
		err = conn.(*net.TCPConn).SetWriteBuffer(256 << 10)
	}
	return conn, err
}

// Ten of 200 subscribers have stalled: they are closed for their backlog, and
// the other 190 get every message, in order. With JOLT_SOAK set the backlog is
// the default of 8 MiB, else 1 MiB.
func TestStalledCrowdBacklog(t *testing.T) {
	limits := Limits{LineBytes: 64 << 10, QueueBytes: 1 << 20, QueueStall: time.Hour}
	if soaking() {
		limits.QueueBytes = 0
	}
	padding := strings.Repeat("x", 32<<10)
	r := serve(t, Config{Limits: limits, lastWords: lastWords}, smallBuffers{listen(t)})
	stalled, healthy := subscribeCrowd(func() *client {
		c := r.dial(t)
		c.in = bufio.NewReaderSize(c.conn, 64<<10)
		return c
	})
	for _, c := range stalled {
		if err := c.conn.(*net.TCPConn).SetReadBuffer(4 << 10); err != nil {
			t.Fatal(err)
		}
	}
	publisher := r.dial(t)
	fit := r.cfg.Limits.QueueBytes / len(padding) // in a queue; the sockets take some more
	for n := range 2 * fit {
		publishNumbered(publisher, healthy, n, padding)
	}
	r.await(t, "the stalled to be closed", func(s Stats) bool { return s.SlowConsumers == stalledCrowd })
	for _, c := range append(healthy, publisher) {
		c.ask(`{"op":"ping"}`, ok)
	}
	got := r.Stats()
	queued := int(got.MessagesOut) - 2*fit*len(healthy) // for the stalled, before they were closed
	if queued < stalledCrowd*(fit-1) || queued >= stalledCrowd*2*fit {
		t.Errorf("%d messages were queued for the stalled, %d fit for each", queued, fit)
	}
	r.await(t, "the stalled to go", func(s Stats) bool { return s.Connections == crowd-stalledCrowd+1 })
	t.Logf("%d stalled closed after %d KB each; none of %d lost one of %d messages",
		stalledCrowd, queued/stalledCrowd*len(padding)>>10, len(healthy), 2*fit)
}

// The same when little is published: they are closed because they have taken
// nothing for 10 s.
func TestStalledCrowdTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, ln := servePipes(t, Config{})
		_, healthy := subscribeCrowd(func() *client { return ln.dial(t) })
		publisher := ln.dial(t)
		for i := range 20 {
			publishNumbered(publisher, healthy, i, "")
			switch got := r.Stats(); {
			case i < 10 && got.SlowConsumers != 0:
				t.Fatalf("%d closed after %d s", got.SlowConsumers, i)
			case i > 12 && got.SlowConsumers != stalledCrowd: // 10 s, and a quarter of that
				t.Fatalf("%d closed after %d s, want %d", got.SlowConsumers, i, stalledCrowd)
			}
			time.Sleep(time.Second)
		}
		time.Sleep(longLastWords)
		if got := r.Stats().Connections; got != crowd-stalledCrowd+1 {
			t.Errorf("%d connections are left", got)
		}
	})
}
