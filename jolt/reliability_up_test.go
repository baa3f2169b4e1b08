package jolt

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// Promise 33 of reliability: up means that the broker has answered, also where there
// is neither a login nor a topic. One that hangs takes connections all the same.
func TestUpMeansAnswered(t *testing.T) {
	start(t, Config{}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		p := b.accept()
		p.expect(`{"op":"ping"}`)
		if rec.expect(t, "connecting 1"); c.IsConnected() {
			t.Error("connected to a broker that has not answered")
		}
		time.Sleep(11 * time.Second)
		b.up()
		rec.expect(t, "ping: unknown (auto)", "ping: not sent (auto)", "down after 1: jolt: peer does not respond: silent for 7s", "connecting 2",
			"ping: acknowledged (auto)", "up with 0 topics")
		if !c.IsConnected() {
			t.Error("not connected to a broker that has answered")
		}
	})
}

// A refusal is an answer, and the client can log in; but not one that says that the
// connection is of no use.
func TestFirstPingRefused(t *testing.T) {
	for text, up := range map[string]bool{
		"auth_required: auth has to come before ping": true,
		"who are you?":    true,
		"busy: try again": false,
		"bad_request: this broker speaks TLS only": false,
	} {
		start(t, Config{}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
			p := b.accept()
			p.expect(`{"op":"ping"}`)
			p.send(string(AppendError(nil, text)))
			if !up {
				rec.expect(t, "connecting 1", "ping: rejected (auto)", "down after 1: jolt: ping rejected: "+text)
				b.up()
				return
			}
			rec.expect(t, "connecting 1", "ping: rejected (auto)", "up with 0 topics")
			login := async(func() error { return c.Auth(context.Background(), "ann", "pw") })
			p.expect(`{"op":"auth","user":"ann","pass":"pw"}`)
			p.send(okLine)
			if err := <-login; err != nil {
				t.Errorf("login: %v", err)
			}
		})
	}
}

// A broker that is too busy to look at a password has not refused it: the login is
// tried again, with growing waits, although it was never accepted before.
func TestBusyLogin(t *testing.T) {
	var asked []int
	cfg := Config{User: "ann", Pass: "pw", Backoff: func(n int) time.Duration { asked = append(asked, n); return time.Second }}
	const busy = "busy: 40 logins wait; try again in 3s"
	start(t, cfg, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		for attempt := range 3 {
			p := b.accept()
			rec.take()
			p.expect(`{"op":"auth","user":"ann","pass":"pw"}`)
			p.send(string(AppendError(nil, busy)))
			if down := rec.downNow(); down == nil || down.Attempt != attempt+1 || down.Cause.Error() != "jolt: auth rejected: "+busy {
				t.Fatalf("attempt %d: %+v", attempt+1, down)
			}
		}
		p := b.accept()
		p.expect(`{"op":"auth","user":"ann","pass":"pw"}`)
		p.send(okLine)
		if synctest.Wait(); !c.IsConnected() || !slices.Equal(asked, []int{1, 2, 3}) {
			t.Errorf("connected %v after waits %v", c.IsConnected(), asked)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		b := newFakeBroker(t)
		go func() {
			p := b.accept()
			p.expect(`{"op":"auth","user":"ann","pass":"pw"}`)
			p.send(string(AppendError(nil, busy)))
		}()
		var rejected *RejectedError
		if _, err := Dial(context.Background(), Config{User: "ann", Pass: "pw", Dial: b.dial}); !errors.As(err, &rejected) || rejected.Code() != CodeBusy {
			t.Errorf("Dial = %v", err)
		}
	})
}

// downNow is lastDown when nothing moves any more.
func (r *recorder) downNow() *StateChange {
	synctest.Wait()
	return r.lastDown()
}

// A broker that is checking a password says nothing. It has as long as any reply may
// take, before the client is up and later.
func TestSlowLogin(t *testing.T) {
	start(t, Config{User: "ann", Pass: "pw"}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		p := b.accept()
		p.expect(`{"op":"auth","user":"ann","pass":"pw"}`)
		time.Sleep(9 * time.Second)
		p.send(okLine)
		rec.expect(t, "connecting 1", `auth "ann": acknowledged (auto)`, "up with 0 topics")
		again := async(func() error { return c.Auth(context.Background(), "bob", "pw") })
		p.expect(`{"op":"auth","user":"bob","pass":"pw"}`)
		time.Sleep(9 * time.Second)
		p.send(okLine)
		if err := <-again; err != nil {
			t.Error(err)
		}
		p.expect(`{"op":"ping"}`) // to know up to when everything has come
		p.send(okLine)
		rec.take()
		again = async(func() error { return c.Auth(context.Background(), "cleo", "pw") })
		p.expect(`{"op":"auth","user":"cleo","pass":"pw"}`)
		begin := time.Now()
		if err := <-again; !errors.Is(err, ErrNoReply) || time.Since(begin) != 10*time.Second {
			t.Errorf("given up after %s: %v", time.Since(begin), err)
		}
	})
}

// What ends a connection answers no request, whatever is under way.
func TestFarewells(t *testing.T) {
	for _, code := range []string{CodeShuttingDown, CodeSlowConsumer, CodeTooManyConnections, CodeIdleTimeout, CodeDisconnected, CodeInterrupted} {
		start(t, Config{}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
			p := b.up()
			done := async(func() error { return c.Publish(context.Background(), "a", "1") })
			p.expect(`{"op":"pub","topic":"a","data":"1"}`)
			p.send("{\"ok\":false,\"error\":\"" + code + ": it is over\"}\n")
			var said *BrokerError
			if err := <-done; !errors.Is(err, ErrUnknownOutcome) || !errors.As(err, &said) {
				t.Errorf("%s: publish: %v", code, err)
			}
		})
	}
}

// Promise 1 of reliability: a cut is mended at once, but connections that are lost
// as soon as they are made count as attempts that fail.
func TestFlappingSlowsDown(t *testing.T) {
	var asked []int
	cfg := Config{Backoff: func(n int) time.Duration { asked = append(asked, n); return time.Second }}
	start(t, cfg, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		expect := func(what string, want ...int) {
			t.Helper()
			if synctest.Wait(); !slices.Equal(asked, want) {
				t.Errorf("%s: waits of %v, want %v", what, asked, want)
			}
			asked = nil
		}
		cut := func(after time.Duration) {
			p := b.up()
			if after > 3*time.Second {
				answering(p)
			}
			time.Sleep(after)
			p.Close()
		}
		for range 5 {
			cut(100 * time.Millisecond)
		}
		expect("flapping", 0, 1, 2, 3, 4)
		b.accept().Close()
		b.accept().Close()
		cut(100 * time.Millisecond)
		expect("with attempts that fail in between", 5, 6, 5)
		cut(11 * time.Second)
		cut(11 * time.Second)
		expect("cuts of connections that had settled", 0, 0)
		cut(time.Second)
		cut(11 * time.Second)
		expect("one that had not", 0, 0)
	})
}
