package broker

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"joltui/broker/internal/login"
)

const goodbye = "shutting_down: the broker is shutting down"

func TestShutdownTellsEverybody(t *testing.T) {
	r := startBroker(t, Config{})
	idle, subscriber := r.dial(t), r.dial(t)
	idle.ask(`{"op":"ping"}`, ok)
	subscriber.ask(`{"op":"sub","topic":"a"}`, ok)
	done := make(chan error, 2)
	for range 2 {
		go func() { done <- r.Shutdown(context.Background()) }()
	}
	for _, c := range []*client{idle, subscriber} {
		c.expect(failed(goodbye))
		c.expectEnd()
		c.conn.Close()
	}
	for range 2 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if err := <-r.served; err != nil {
		t.Errorf("Serve returned %v", err)
	}
	if err := r.Shutdown(context.Background()); err != nil {
		t.Errorf("Shutdown after the end: %v", err)
	}
	if err := r.Close(); err != nil {
		t.Errorf("Close after the end: %v", err)
	}
	if conn, err := net.Dial("tcp", r.addr); err == nil {
		conn.Close()
		t.Error("still accepting")
	}
	if got := r.Stats(); got.Connections != 0 || got.Topics != 0 {
		t.Errorf("left behind: %+v", got)
	}
}

// What is queued when the context ends is delivered, however slowly it is
// read, and every request that was read has its reply.
func TestDrainDelivers(t *testing.T) {
	const n = 50
	synctest.Test(t, func(t *testing.T) {
		r, ln := servePipes(t, Config{})
		subscriber, publisher := ln.dial(t), ln.dial(t)
		subscriber.ask(`{"op":"sub","topic":"a"}`, ok)
		for i := range n {
			publisher.ask(fmt.Sprintf(`{"op":"pub","topic":"a","data":"%d"}`, i), ok)
		}
		publisher.write("{\"op\":\"pub\",\"topic\":\"a\",\"data\":\"last\"}\n")
		synctest.Wait()
		r.cancel()
		for i := range n {
			time.Sleep(100 * time.Millisecond)
			subscriber.expect(fmt.Sprintf(`{"topic":"a","data":"%d"}`, i))
		}
		subscriber.expect(`{"topic":"a","data":"last"}`, failed(goodbye))
		publisher.expect(ok, failed(goodbye))
		subscriber.expectEnd()
		publisher.expectEnd()
		if err := <-r.served; err != nil {
			t.Errorf("Serve returned %v", err)
		}
	})
}

// Megabytes that wait for a client over a real socket are delivered in the
// drain, nobody new is let in meanwhile, and a client that goes on without
// reading costs ErrNotDrained.
func TestDrainDeliversBacklog(t *testing.T) {
	oneGateway(t, "its own end")
	const n = 14 // 7 MiB: more than the sockets hold, less than the queue does
	request, message := publishOf(512 << 10)
	for name, reads := range map[string]bool{"read": true, "not read": false} {
		t.Run(name, func(t *testing.T) {
			limits := Limits{Drain: time.Minute}
			if !reads {
				limits.Drain = 100 * time.Millisecond
			}
			r := startBroker(t, Config{Limits: limits})
			subscriber, publisher := r.dial(t), r.dial(t)
			subscriber.ask(`{"op":"sub","topic":"a"}`, ok)
			for range n {
				publisher.ask(request, ok)
			}
			r.cancel()
			publisher.expect(failed(goodbye))
			publisher.expectEnd()
			if conn, err := net.Dial("tcp", r.addr); err == nil {
				conn.Close()
				t.Error("still accepting")
			}
			if !reads {
				if err := <-r.served; !errors.Is(err, ErrNotDrained) {
					t.Errorf("Serve returned %v, want ErrNotDrained", err)
				}
				return
			}
			for range n {
				subscriber.expect(message)
			}
			subscriber.expect(failed(goodbye))
			subscriber.expectEnd()
			subscriber.conn.Close()
			if err := <-r.served; err != nil {
				t.Errorf("Serve returned %v", err)
			}
		})
	}
}

// Draining ends after Limits.Drain, or at once with Close.
func TestDrainIsBounded(t *testing.T) {
	for name, test := range map[string]struct {
		cut   func(*running)
		after time.Duration
		want  error
	}{
		"time out":        {func(*running) {}, 3 * time.Second, ErrNotDrained},
		"Close":           {func(r *running) { r.Close() }, 0, nil},
		"second Shutdown": {func(r *running) { shutdownWithin(r, time.Second) }, time.Second, ErrNotDrained},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r, ln := servePipes(t, Config{Limits: Limits{Drain: 3 * time.Second}})
				deaf := ln.dial(t)
				deaf.write("{\"op\":\"ping\"}\n")
				synctest.Wait()
				start := time.Now()
				r.cancel()
				synctest.Wait()
				test.cut(r)
				err := <-r.served
				if !errors.Is(err, test.want) {
					t.Errorf("Serve returned %v, want %v", err, test.want)
				}
				if got := time.Since(start); got != test.after {
					t.Errorf("it took %v, want %v", got, test.after)
				}
			})
		})
	}
}

func shutdownWithin(r *running, d time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), d)
	defer cancel()
	return r.Shutdown(ctx)
}

func TestShutdownCutShort(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, ln := servePipes(t, Config{})
		deaf := ln.dial(t)
		deaf.write("{\"op\":\"ping\"}\n")
		synctest.Wait()
		err := shutdownWithin(r, time.Second)
		if !errors.Is(err, ErrNotDrained) || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Shutdown returned %v", err)
		}
	})
}

// Whatever clients do, a shutdown ends within Limits.Drain and a second.
func TestShutdownWhateverClientsDo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cfg := secure(t)
		cfg.Users = append(cfg.Users, User{Name: "costly", PasswordHash: login.NewHash(100_000_000).String()})
		cfg.Limits = Limits{Drain: 10 * time.Second, QueueStall: time.Hour, LineBytes: 1000, QueueBytes: 64 << 10}
		r, ln := servePipes(t, cfg)
		publisher := ln.dial(t)
		publisher.ask(loginLine("admin", "root"), ok)
		ln.dial(t).write(`{"op":`) // a stranger inside a line
		for range 5 {              // who read nothing any more: some are cut off for that, some are not
			c := ln.dial(t)
			c.ask(loginLine("admin", "root"), ok)
			c.ask(`{"op":"sub","topic":"a"}`, ok)
			c.write(`{"op":`)
		}
		for range 80 {
			publisher.ask(`{"op":"pub","topic":"a","data":"`+strings.Repeat("x", 900)+`"}`, ok)
		}
		late := ln.dial(t)
		late.ask(loginLine("admin", "root"), ok)
		late.ask(`{"op":"sub","topic":"a"}`, ok)
		publisher.ask(`{"op":"pub","topic":"a","data":"1"}`, ok)
		go io.WriteString(ln.dial(t).conn, strings.Repeat(loginLine("costly", "x")+"\n", 3))
		r.await(t, "a login", func(s Stats) bool { return s.LoginsPending > 0 })
		if got := r.Stats().SlowConsumers; got != 5 {
			t.Errorf("%d slow consumers, want 5", got)
		}
		start := time.Now()
		r.cancel()
		<-r.served
		if took := time.Since(start); took > 11*time.Second {
			t.Errorf("it took %v", took)
		}
	})
}

func TestServeOnceAndAfterTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := servePipes(t, Config{})
		synctest.Wait()
		if err := r.Serve(t.Context(), newPipeListener()); !errors.Is(err, ErrServed) {
			t.Errorf("second Serve: %v", err)
		}

		b, err := New(Config{})
		if err != nil {
			t.Fatal(err)
		}
		if err := b.Shutdown(t.Context()); err != nil {
			t.Error(err)
		}
		ln := newPipeListener()
		if err := b.Serve(t.Context(), ln); err != nil {
			t.Errorf("Serve after Shutdown: %v", err)
		}
		if _, err := ln.Accept(); !errors.Is(err, net.ErrClosed) {
			t.Error("Serve left its listener open")
		}
	})
}

func TestListenerClosedByOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, ln := servePipes(t, Config{})
		c := ln.dial(t)
		c.ask(`{"op":"ping"}`, ok)
		ln.Close()
		c.expect(failed(goodbye))
		c.expectEnd()
		if err := <-r.served; !errors.Is(err, net.ErrClosed) {
			t.Errorf("Serve returned %v", err)
		}
	})
}

// Running out of descriptors is waited out, longer each time.
func TestAcceptErrors(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, ln := servePipes(t, Config{})
		start := time.Now()
		for range 12 {
			ln.errs <- &net.OpError{Op: "accept", Err: syscall.EMFILE}
		}
		c := ln.dial(t)
		c.ask(`{"op":"ping"}`, ok)
		// 5 ms doubled up to 640 ms, then a second each.
		if got, want := time.Since(start), 1275*time.Millisecond+4*time.Second; got != want {
			t.Errorf("recovered after %v, want %v", got, want)
		}
		ln.errs <- &net.OpError{Op: "accept", Err: syscall.EMFILE}
		start = time.Now()
		ln.dial(t).ask(`{"op":"ping"}`, ok)
		if got := time.Since(start); got != 5*time.Millisecond {
			t.Errorf("waited %v after a success, want 5ms", got)
		}
	})
}

func TestShutdownWhileAcceptFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, ln := servePipes(t, Config{})
		ln.errs <- syscall.EMFILE
		start := time.Now()
		r.cancel()
		if err := <-r.served; err != nil || time.Since(start) != 0 {
			t.Errorf("Serve returned %v after %v", err, time.Since(start))
		}
	})
}

func TestTooManyConnections(t *testing.T) {
	oneGateway(t, "limits of its own")
	r := startBroker(t, Config{Limits: Limits{Connections: 3}})
	var clients []*client
	for range 3 {
		c := r.dial(t)
		c.ask(`{"op":"ping"}`, ok)
		clients = append(clients, c)
	}
	refused := r.dial(t)
	refused.write("{\"op\":\"ping\"}\n") // unread input must not cost the client its reason
	refused.expect(failed("too_many_connections: the limit of 3 connections is reached: try again later"))
	refused.expectEnd()
	refused.conn.Close()

	clients[1].conn.Close()
	r.await(t, "a place", func(s Stats) bool { return s.Connections == 2 })
	r.dial(t).ask(`{"op":"ping"}`, ok)
	clients[0].ask(`{"op":"ping"}`, ok)
}

// Even those who are refused cannot make the broker hold many connections.
func TestRefusingIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, ln := servePipes(t, Config{Limits: Limits{Connections: 1}})
		ln.dial(t).ask(`{"op":"ping"}`, ok)
		var deaf []*client
		for range maxRefusing {
			deaf = append(deaf, ln.dial(t))
		}
		start := time.Now()
		ln.dial(t).expectEnd()
		if time.Since(start) != 0 {
			t.Error("one too many to be told why is not closed at once")
		}
		time.Sleep(linger)
		synctest.Wait()
		for _, c := range deaf {
			c.expectEnd()
		}
		if got := ln.dial(t).read(); !strings.Contains(got, "too_many_connections: ") {
			t.Errorf("got %s", got)
		}
	})
}
