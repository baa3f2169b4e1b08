package jolt

import (
	"context"
	"net"
	"os"
	"testing"
	"testing/synctest"
	"time"
)

// Promise 7 of reliability: a handler that stalls for longer than all time-outs
// ends no connection that is well, whether on a message or on being up. What the
// broker sent meanwhile, the reply to a request among it, is read when it goes on.
func TestHandlerStallsBeyondTimeouts(t *testing.T) {
	for name, stalls := range map[string]func(Event) bool{
		"on a message": func(e Event) bool { _, ok := e.(*Message); return ok },
		"when up":      func(e Event) bool { s, ok := e.(*StateChange); return ok && s.State == Up },
	} {
		rec := &recorder{}
		cfg := Config{Handler: func(batch []Event) {
			rec.handle(batch)
			for _, e := range batch {
				if stalls(e) {
					time.Sleep(20 * time.Second)
				}
			}
		}}
		t.Run(name, func(t *testing.T) {
			start(t, cfg, func(t *testing.T, b *fakeBroker, c *Client, _ *recorder) {
				p := b.accept()
				p.expect(`{"op":"ping"}`)
				p.send(okLine)
				rec.expect(t, "connecting 1", "ping: acknowledged (auto)", "up with 0 topics")
				done := async(func() error { return c.Publish(context.Background(), "a", "1") })
				p.expect(`{"op":"pub","topic":"a","data":"1"}`)
				message := "{\"topic\":\"m\",\"data\":\"1\"}\n"
				p.send(message, message, message) // a pipe takes each only when the handler is back
				p.send(okLine)
				if err := <-done; err != nil {
					t.Error(err)
				}
				time.Sleep(2 * time.Second) // not yet silent for long
				rec.expect(t, "message m=1", "message m=1", "message m=1", `pub "a": acknowledged`)
			})
		})
	}
}

// A process that was stopped for longer than the time-outs still gives its peer the
// whole of PingTimeout to answer a ping.
func TestStoppedProcess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, rec := newFakeBroker(t), &recorder{}
		c, err := New(Config{Handler: rec.handle, Dial: func(ctx context.Context, network, addr string) (net.Conn, error) {
			conn, err := b.dial(ctx, network, addr)
			return &stopped{Conn: conn, reads: 2}, err
		}})
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		p := b.up()
		p.expect(`{"op":"ping"}`)
		time.Sleep(3900 * time.Millisecond)
		p.send(okLine)
		rec.expect(t, "connecting 1", "ping: acknowledged (auto)", "up with 0 topics", "ping: acknowledged (auto)")
	})
}

// What was asked before the process was stopped, and answered meanwhile, is known.
func TestStoppedProcessGetsItsReply(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newFakeBroker(t)
		c, err := New(Config{Dial: func(ctx context.Context, network, addr string) (net.Conn, error) {
			conn, err := b.dial(ctx, network, addr)
			return &stopped{Conn: conn, reads: 2}, err
		}})
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		p := b.up()
		done := async(func() error { return c.Publish(context.Background(), "a", "1") })
		p.expect(`{"op":"pub","topic":"a","data":"1"}`)
		p.send(okLine)
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

// stopped is a connection one of whose reads finds that its deadline is long over.
type stopped struct {
	net.Conn
	reads int // until then
}

func (s *stopped) Read(p []byte) (int, error) {
	if s.reads--; s.reads == 0 {
		time.Sleep(20 * time.Second)
		return 0, os.ErrDeadlineExceeded
	}
	return s.Conn.Read(p)
}
