package jolt

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// What would wait for itself in a function that the client calls is refused at once, in
// whichever of them; another goroutine's call waits, as always, while one runs.
func TestInHandler(t *testing.T) {
	ctx := context.Background()
	var c *Client
	waits := map[string]func() error{
		"publish":     func() error { return c.Publish(ctx, "a", "1") },
		"do":          func() error { _, err := c.Do(ctx, publishing("a")); return err },
		"subscribe":   func() error { return c.Subscribe(ctx, "a") },
		"unsubscribe": func() error { return c.Unsubscribe(ctx, "a") },
		"auth":        func() error { return c.Auth(ctx, "u", "p") },
		"ping":        func() error { _, err := c.Ping(ctx); return err },
	}
	var within func() // called once, in whichever function of the program comes first
	once := func() {
		if f := within; f != nil {
			within = nil
			f()
		}
	}
	for where, cfg := range map[string]Config{
		"handler": {Handler: func([]Event) { once() }},
		"trace, reading": {Trace: func(l TraceLine) {
			if !l.Sent {
				once()
			}
		}},
		"done": {},
	} {
		for what, wait := range waits {
			t.Run(where+"/"+what, func(t *testing.T) {
				cfg.InsecurePlaintextAuth = true
				start(t, cfg, func(t *testing.T, b *fakeBroker, client *Client, _ *recorder) {
					c = client
					p := b.up()
					var err error
					within = func() { err = wait() }
					if where == "done" {
						if err := c.StartPublish(ctx, "a", "1", func(*Reply) { once() }); err != nil {
							t.Fatal(err)
						}
						p.expect(`{"op":"pub","topic":"a","data":"1"}`)
						p.send(okLine)
					} else {
						p.send("{\"topic\":\"a\",\"data\":\"1\"}\n")
					}
					synctest.Wait()
					if !errors.Is(err, ErrInHandler) {
						t.Errorf("%v, want %v", err, ErrInHandler)
					}
					answered := async(func() error { return c.Publish(ctx, "b", "2") })
					p.expect(`{"op":"pub","topic":"b","data":"2"}`)
					p.send(okLine)
					if err := <-answered; err != nil {
						t.Error(err)
					}
				})
			})
		}
	}
}

// The goroutine that writes calls Trace as well.
func TestInTraceOfWhatIsSent(t *testing.T) {
	var c *Client
	var err error
	cfg := Config{Trace: func(l TraceLine) {
		if l.Sent && l.Request.Op == OpPublish && err == nil {
			err = c.Publish(context.Background(), "b", "2")
		}
	}}
	start(t, cfg, func(t *testing.T, b *fakeBroker, client *Client, _ *recorder) {
		c = client
		p := b.up()
		done := async(func() error { return c.Publish(context.Background(), "a", "1") })
		p.expect(`{"op":"pub","topic":"a","data":"1"}`)
		p.send(okLine)
		if published := <-done; published != nil || !errors.Is(err, ErrInHandler) {
			t.Errorf("%v, %v", published, err)
		}
	})
}

// A handler that runs does not keep other goroutines from waiting for their own outcome.
func TestOthersWaitWhileAHandlerRuns(t *testing.T) {
	var letGo chan struct{}
	cfg := Config{Handler: func(batch []Event) {
		if _, ok := batch[0].(*Message); ok {
			<-letGo
		}
	}}
	start(t, cfg, func(t *testing.T, b *fakeBroker, c *Client, _ *recorder) {
		p := b.up()
		letGo = make(chan struct{})
		p.send("{\"topic\":\"a\",\"data\":\"1\"}\n")
		synctest.Wait()
		done := async(func() error { return c.Publish(context.Background(), "a", "1") })
		p.expect(`{"op":"pub","topic":"a","data":"1"}`)
		close(letGo)
		p.send(okLine)
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

// Start works in a handler, without waiting for room, in order, and up to a bound.
func TestStartInHandler(t *testing.T) {
	const messages = 5
	var c *Client
	var once sync.Once
	var started, refused int
	var outcomes outcomes
	cfg := Config{Handler: func(batch []Event) {
		for _, e := range batch {
			m, ok := e.(*Message)
			if !ok {
				continue
			}
			if m.Data == "flood" {
				once.Do(func() {
					for refused == 0 {
						if err := c.StartPublish(context.Background(), "flood", "", nil); errors.Is(err, ErrInHandler) {
							refused++
						} else if started++; err != nil {
							panic(err)
						}
					}
				})
				continue
			}
			if err := c.StartPublish(context.Background(), "answer", m.Data, outcomes.note); err != nil {
				panic(err)
			}
		}
	}}
	start(t, cfg, func(t *testing.T, b *fakeBroker, client *Client, _ *recorder) {
		c = client
		p := b.up()
		var lines string
		for i := range messages {
			lines += fmt.Sprintf("{\"topic\":\"a\",\"data\":\"%d\"}\n", i)
		}
		p.send(lines)
		for i := range messages {
			p.expect(fmt.Sprintf(`{"op":"pub","topic":"answer","data":"%d"}`, i))
			p.send(okLine)
			outcomes.expect(t, `pub "answer": acknowledged`)
		}
		p.send("{\"topic\":\"a\",\"data\":\"flood\"}\n")
		synctest.Wait()
		if started < mostStarted || started > mostStarted+1 || refused != 1 {
			t.Errorf("%d were started, %d refused", started, refused)
		}
	})
}

// Close in a handler does not wait for the handler, and the client ends after it.
func TestCloseInHandler(t *testing.T) {
	for where, cfg := range map[string]func(note func()) Config{
		"handler": func(note func()) Config { return Config{Handler: func([]Event) { note() }} },
		"trace":   func(note func()) Config { return Config{Trace: func(TraceLine) { note() }} },
		"backoff": func(note func()) Config { return Config{Backoff: func(int) time.Duration { note(); return 0 }} },
	} {
		t.Run(where, func(t *testing.T) {
			var c *Client
			var err error
			var once sync.Once
			var ready chan struct{}
			note := func() {
				<-ready
				once.Do(func() { err = c.Close() })
			}
			synctest.Test(t, func(t *testing.T) {
				ready = make(chan struct{})
				b := newFakeBroker(t)
				settings := cfg(note)
				settings.Dial = b.dial
				if where == "backoff" {
					b.setDown(errors.New("no network"))
				}
				client, newErr := New(settings)
				if newErr != nil {
					t.Fatal(newErr)
				}
				c = client
				close(ready)
				if where != "backoff" {
					p := b.accept()
					p.SetReadDeadline(time.Now().Add(time.Second))
					p.r.ReadString('\n')
				}
				synctest.Wait()
				if !errors.Is(err, ErrInHandler) {
					t.Errorf("%v, want %v", err, ErrInHandler)
				}
				if err := c.Close(); err != nil {
					t.Errorf("from outside: %v", err)
				}
			})
		})
	}
}

// A handler that is called by an operation that fails at once is one as well.
func TestInHandlerOfARefusal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newFakeBroker(t)
		b.setDown(errors.New("no network"))
		var c *Client
		var err error
		c, newErr := New(Config{Dial: b.dial, Backoff: func(int) time.Duration { return time.Hour }, Handler: func(batch []Event) {
			if _, ok := batch[0].(*Reply); ok {
				err = c.Close()
			}
		}})
		if newErr != nil {
			t.Fatal(newErr)
		}
		synctest.Wait()
		c.Publish(context.Background(), "a", "1")
		if !errors.Is(err, ErrInHandler) {
			t.Errorf("%v, want %v", err, ErrInHandler)
		}
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
}
