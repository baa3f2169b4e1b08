package jolt

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"net"
	"testing"
	"testing/synctest"
	"time"
)

// situation brings a client into a state.
type situation struct {
	cfg   Config
	enter func(*testing.T, *fakeBroker, *Client)
	want  error // of an operation
	waits bool  // an operation lasts until its context ends
}

// situations are the states in which a client can be asked for something.
func situations() map[string]situation {
	stuck := func(ctx context.Context, _, _ string) (net.Conn, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	accept := func(t *testing.T, b *fakeBroker, c *Client) { b.accept() }
	return map[string]situation{
		"connecting":     {cfg: Config{Dial: stuck}, want: ErrNotConnected},
		"logging in":     {cfg: Config{User: "ann", Pass: "pw"}, enter: accept, want: ErrNotConnected},
		"resubscribing":  {cfg: Config{Topics: []string{"a", "b"}}, enter: accept, want: ErrNotConnected},
		"backing off":    {enter: func(t *testing.T, b *fakeBroker, c *Client) { b.setDown(errRefused); b.accept().Close() }, want: ErrNotConnected},
		"TLS handshake":  {cfg: Config{TLS: &tls.Config{InsecureSkipVerify: true}}, enter: accept, want: ErrNotConnected},
		"closed":         {enter: func(t *testing.T, b *fakeBroker, c *Client) { c.Close() }, want: ErrClosed},
		"writer stalled": {enter: func(t *testing.T, b *fakeBroker, c *Client) { b.up() }, want: ErrUnknownOutcome, waits: true},
		"queue stalled": {enter: func(t *testing.T, b *fakeBroker, c *Client) {
			b.up()
			go c.Publish(context.Background(), "a", "1")
		}, want: context.DeadlineExceeded, waits: true},
		"no reply": {enter: func(t *testing.T, b *fakeBroker, c *Client) {
			p := b.up()
			go func() {
				for {
					if _, err := p.r.ReadString('\n'); err != nil {
						return
					}
				}
			}()
		}, want: ErrUnknownOutcome, waits: true},
	}
}

// in runs a test in each of the situations.
func in(t *testing.T, test func(*testing.T, situation, *Client, *recorder)) {
	t.Helper()
	for name, s := range situations() {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b, rec := newFakeBroker(t), &recorder{}
				cfg := s.cfg
				if cfg.Dial == nil {
					cfg.Dial = b.dial
				}
				cfg.Handler = rec.handle
				cfg.Backoff = func(int) time.Duration { return time.Second }
				c, err := New(cfg)
				if err != nil {
					t.Fatal(err)
				}
				defer c.Close()
				synctest.Wait()
				if s.enter != nil {
					s.enter(t, b, c)
				}
				synctest.Wait()
				test(t, s, c, rec)
			})
		})
	}
}

// Promise 6 of reliability: without a connection an operation fails at once,
// and with one it lasts no longer than its context.
func TestOperationsInEveryState(t *testing.T) {
	const patience = 700 * time.Millisecond
	in(t, func(t *testing.T, s situation, c *Client, rec *recorder) {
		rec.take()
		ops := map[string]func(context.Context) error{
			"publish":     func(ctx context.Context) error { return c.Publish(ctx, "a", "1") },
			"subscribe":   func(ctx context.Context) error { return c.Subscribe(ctx, "a") },
			"unsubscribe": func(ctx context.Context) error { return c.Unsubscribe(ctx, "a") },
			"auth":        func(ctx context.Context) error { return c.Auth(ctx, "ann", "pw") },
			"ping":        func(ctx context.Context) error { _, err := c.Ping(ctx); return err },
		}
		if s.waits {
			ops = map[string]func(context.Context) error{"publish": ops["publish"]} // the first one alone is sent
		}
		for name, op := range ops {
			ctx, cancel := context.WithTimeout(context.Background(), patience)
			begin := time.Now()
			err := op(ctx)
			cancel()
			took, want := time.Since(begin), time.Duration(0)
			if s.waits {
				want = patience
			}
			if !errors.Is(err, s.want) || took != want {
				t.Errorf("%s: %v after %s; want %v after %s", name, err, took, s.want, want)
			}
		}
	})
}

// A context that ended before the operation began means that nothing is sent.
func TestEndedContext(t *testing.T) {
	in(t, func(t *testing.T, s situation, c *Client, rec *recorder) {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		r, err := c.Do(ctx, Request{Op: OpPublish, Topic: "a"})
		if !errors.Is(err, context.Canceled) || r == nil || r.Outcome != NotSent {
			t.Errorf("Do = %+v, %v", r, err)
		}
	})
}

// Promise 9 of reliability: Close returns within 5 s whatever the client is
// doing, and so does every operation that is under way.
func TestCloseInEveryState(t *testing.T) {
	in(t, func(t *testing.T, s situation, c *Client, rec *recorder) {
		op := async(func() error { return c.Publish(context.Background(), "a", "1") })
		synctest.Wait()
		begin := time.Now()
		c.Close()
		if d := time.Since(begin); d > 5*time.Second {
			t.Errorf("Close took %s", d)
		}
		if err := <-op; err == nil {
			t.Error("the operation under way succeeded")
		}
		if d := time.Since(begin); d > 5*time.Second {
			t.Errorf("the operation under way took %s", d)
		}
		rec.take()
		time.Sleep(time.Minute)
		rec.expect(t)
	})
}

// Close is within 5 s over TLS too, where it says goodbye to a peer that may
// not be reading.
func TestCloseStalledTLS(t *testing.T) {
	cert := selfSigned(t)
	synctest.Test(t, func(t *testing.T) {
		client, server := net.Pipe()
		defer server.Close()
		c, err := New(Config{
			TLS:  &tls.Config{InsecureSkipVerify: true},
			Dial: func(context.Context, string, string) (net.Conn, error) { return pipeEnd{client}, nil },
		})
		if err != nil {
			t.Fatal(err)
		}
		secure := tls.Server(server, &tls.Config{Certificates: []tls.Certificate{cert}})
		p := &peer{t: t, Conn: secure, r: bufio.NewReader(secure)}
		p.expect(`{"op":"ping"}`)
		p.send(okLine)
		synctest.Wait()
		if !c.IsConnected() {
			t.Fatal("not connected")
		}
		begin := time.Now()
		c.Close()
		if d := time.Since(begin); d > 5*time.Second {
			t.Errorf("Close took %s", d)
		}
	})
}
