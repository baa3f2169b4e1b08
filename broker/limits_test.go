package broker

import (
	"fmt"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// The tests below take the limits at their defaults to one below, exactly at
// and one above.

// publishOf returns a pub to topic a that is length bytes long, and its message.
func publishOf(length int) (request, message string) {
	const frame = `{"op":"pub","topic":"a","data":"%s"}`
	data := strings.Repeat("x", length-len(frame)+len("%s"))
	return fmt.Sprintf(frame, data), fmt.Sprintf(`{"topic":"a","data":"%s"}`, data)
}

func TestDefaultLineLimit(t *testing.T) {
	const limit = 1 << 20
	r := startBroker(t, Config{})
	subscriber := r.dial(t)
	subscriber.ask(`{"op":"sub","topic":"a"}`, ok)
	for _, end := range []string{"\n", "\r\n"} {
		c := r.dial(t)
		for _, length := range []int{limit - 1, limit} {
			request, message := publishOf(length)
			c.write(request + end)
			c.expect(ok)
			subscriber.expect(message)
		}
		request, _ := publishOf(limit + 1)
		c.write(request + end)
		c.expect(failed("too_large: a line has more than 1048576 bytes"))
		c.expectEnd()
	}
	subscriber.ask(`{"op":"ping"}`, ok) // of the lines that were too long nothing was delivered
}

// Before a login the limit is 4 KiB, whether or not the line ends.
func TestLineLimitUntilAuth(t *testing.T) {
	const refused = "too_large: a line has more than 4096 bytes, the limit before a login"
	r := startBroker(t, secure(t))
	c := r.dial(t)
	c.write("{" + strings.Repeat("x", 4095))
	c.write("\n")
	c.expect(failed("bad_request: byte 1: expected a key"))
	c.write(strings.Repeat("x", 4097))
	c.expect(failed(refused))
	c.expectEnd()

	// A login opens the larger limit for the lines after it in the same write,
	// and a failed one does not.
	ping := `{"op":"ping","pad":"` + strings.Repeat("x", 5000) + `"}` + "\n"
	c = r.dial(t)
	c.write(loginLine("admin", "root") + "\n" + ping)
	c.expect(ok, ok)
	c = r.dial(t)
	c.write(loginLine("admin", "wrong") + "\n" + ping)
	c.expect(failed("auth_failed: unknown user or wrong password"), failed(refused))
	c.expectEnd()
}

// A topic is counted in bytes of UTF-8, whatever its escapes take on the wire.
func TestDefaultTopicLimit(t *testing.T) {
	r := startBroker(t, Config{})
	c := r.dial(t)
	const refused = "too_large: the topic has 257 bytes, the limit is 256"
	tests := []struct{ topic, want string }{
		{strings.Repeat("x", 255), ok},
		{strings.Repeat("x", 256), ok},
		{strings.Repeat("é", 128), ok},
		{strings.Repeat(`\u00e9`, 127) + `\u0061\u0062`, ok},
		{strings.Repeat("x", 257), failed(refused)},
		{strings.Repeat("é", 128) + "x", failed(refused)},
		{strings.Repeat(`\u00e9`, 128) + `\u0061`, failed(refused)},
	}
	for _, test := range tests {
		c.ask(`{"op":"sub","topic":"`+test.topic+`"}`, test.want)
		c.ask(`{"op":"unsub","topic":"`+test.topic+`"}`, test.want)
		c.ask(`{"op":"pub","topic":"`+test.topic+`","data":""}`, test.want)
		c.ask(`{"op":"ping"}`, ok)
	}
}

func TestDefaultConnectionLimit(t *testing.T) {
	const limit = 10_000
	const refused = "too_many_connections: the limit of 10000 connections is reached: try again later"
	synctest.Test(t, func(t *testing.T) {
		r, ln := servePipes(t, Config{})
		var first net.Conn
		for range limit - 1 { // in memory: they need no descriptors
			ours, theirs := net.Pipe()
			first = ours
			ln.conns <- theirs
		}
		ln.dial(t).ask(`{"op":"ping"}`, ok)
		if got := r.Stats().Connections; got != limit {
			t.Fatalf("%d connections, want %d", got, limit)
		}
		c := ln.dial(t)
		c.expect(failed(refused))
		c.expectEnd()

		first.Close()
		synctest.Wait()
		ln.dial(t).ask(`{"op":"ping"}`, ok)
		c = ln.dial(t)
		c.expect(failed(refused))
		c.expectEnd()
	})
}

// 8 MiB may wait for one client, and not a byte more.
func TestDefaultQueueLimit(t *testing.T) {
	const message = 512 << 10
	overhead := len(`{"op":"pub","topic":"a","data":""}`) - len(`{"topic":"a","data":""}`+"\n")
	for extra, closed := range map[int]uint64{-1: 0, 0: 0, 1: 1} {
		synctest.Test(t, func(t *testing.T) {
			r, ln := servePipes(t, Config{})
			stalled, publisher := ln.dial(t), ln.dial(t)
			stalled.ask(`{"op":"sub","topic":"a"}`, ok)
			request, _ := publishOf(message + overhead)
			for range 15 {
				publisher.ask(request, ok)
			}
			request, _ = publishOf(message + overhead + extra)
			publisher.ask(request, ok)
			time.Sleep(time.Second) // more than lastWords, less than the stall
			if got := r.Stats().SlowConsumers; got != closed {
				t.Errorf("with 8 MiB%+d B waiting %d are closed, want %d", extra, got, closed)
			}
		})
	}
}
