package jolt

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
)

// outcomes notes what Start's callbacks were told, in order. The reader calls
// them one at a time.
type outcomes []string

func (o *outcomes) note(r *Reply) { *o = append(*o, summary(r)) }

func publishing(topic string) Request { return Request{Op: OpPublish, Topic: topic, Data: "1"} }

func (o *outcomes) start(t *testing.T, c *Client, topics ...string) {
	t.Helper()
	for _, topic := range topics {
		if err := c.Start(context.Background(), publishing(topic), o.note); err != nil {
			t.Fatalf("%s: %v", topic, err)
		}
	}
	synctest.Wait()
}

func (o *outcomes) expect(t *testing.T, want ...string) {
	t.Helper()
	synctest.Wait()
	if !slices.Equal(*o, want) {
		t.Fatalf("outcomes %q, want %q", *o, want)
	}
	*o = nil
}

// What is started while a window is under way leaves in the next one, and each
// is told its outcome, after its event, in order.
func TestStart(t *testing.T) {
	var got outcomes
	start(t, Config{Window: 3}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		p := b.up()
		rec.take()
		got.start(t, c, "a") // alone in the first window
		got.start(t, c, "b", "c", "d")
		p.expect(`{"op":"pub","topic":"a","data":"1"}`)
		p.send(okLine)
		p.expect(`{"op":"pub","topic":"b","data":"1"}`, `{"op":"pub","topic":"c","data":"1"}`, `{"op":"pub","topic":"d","data":"1"}`)
		got.expect(t, `pub "a": acknowledged`)
		p.send(okLine + badLine)
		got.expect(t)
		p.send(okLine)
		rec.expect(t, `pub "a": acknowledged`, `pub "b": acknowledged`, `pub "c": rejected`, `pub "d": acknowledged`)
		got.expect(t, `pub "b": acknowledged`, `pub "c": rejected`, `pub "d": acknowledged`)
	})
}

// An outcome is told once its event was handed over.
func TestStartToldAfterEvent(t *testing.T) {
	var order []string
	cfg := Config{Handler: func(batch []Event) {
		for _, e := range batch {
			if r, ok := e.(*Reply); ok && !r.Request.Auto {
				order = append(order, "event")
			}
		}
	}}
	start(t, cfg, func(t *testing.T, b *fakeBroker, c *Client, _ *recorder) {
		p := b.up()
		synctest.Wait()
		if err := c.Start(context.Background(), publishing("a"), func(*Reply) { order = append(order, "told") }); err != nil {
			t.Fatal(err)
		}
		p.expect(`{"op":"pub","topic":"a","data":"1"}`)
		p.send(okLine)
		synctest.Wait()
		if want := []string{"event", "told"}; !slices.Equal(order, want) {
			t.Errorf("%q, want %q", order, want)
		}
	})
}

// No more than a window is queued behind the one under way: Start waits, and
// gives up when its context ends.
func TestStartWaitsForRoom(t *testing.T) {
	var got outcomes
	start(t, Config{Window: 2}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		p := b.up()
		rec.take()
		got.start(t, c, "a") // alone in the first window
		got.start(t, c, "b", "c")
		ctx, cancel := context.WithCancel(context.Background())
		given := async(func() error { return c.Start(ctx, publishing("given up"), got.note) })
		waiting := async(func() error { return c.Start(context.Background(), publishing("d"), got.note) })
		synctest.Wait()
		if len(given)+len(waiting) > 0 {
			t.Fatal("Start did not wait for room")
		}
		cancel()
		if err := <-given; !errors.Is(err, context.Canceled) {
			t.Errorf("given up: %v", err)
		}
		p.expect(`{"op":"pub","topic":"a","data":"1"}`)
		p.send(okLine)
		if err := <-waiting; err != nil {
			t.Errorf("waiting: %v", err)
		}
		p.expect(`{"op":"pub","topic":"b","data":"1"}`, `{"op":"pub","topic":"c","data":"1"}`)
		p.send(okLine + okLine)
		p.expect(`{"op":"pub","topic":"d","data":"1"}`)
		p.send(okLine)
		rec.expect(t, `pub "given up": not sent`, `pub "a": acknowledged`,
			`pub "b": acknowledged`, `pub "c": acknowledged`, `pub "d": acknowledged`)
		got.expect(t, `pub "a": acknowledged`, `pub "b": acknowledged`, `pub "c": acknowledged`, `pub "d": acknowledged`)
	})
}

// When the connection is lost, what was sent is unknown and what was queued was
// not sent; whoever waits for room, and whoever comes later, is refused.
func TestStartConnectionLost(t *testing.T) {
	var got outcomes
	start(t, Config{Window: 2}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		p := b.up()
		rec.take()
		got.start(t, c, "a")
		got.start(t, c, "b", "c")
		waiting := async(func() error { return c.Start(context.Background(), publishing("d"), got.note) })
		p.expect(`{"op":"pub","topic":"a","data":"1"}`)
		synctest.Wait()
		p.Close()
		got.expect(t, `pub "a": unknown`, `pub "b": not sent`, `pub "c": not sent`)
		for _, err := range []error{<-waiting, c.Start(context.Background(), publishing("e"), got.note)} {
			if !errors.Is(err, ErrNotConnected) {
				t.Errorf("%v, want %v", err, ErrNotConnected)
			}
		}
		got.expect(t)
	})
}

// What cannot be sent is refused at once, whatever the state of the connection.
func TestStartRefuses(t *testing.T) {
	var got outcomes
	start(t, Config{}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		b.up()
		rec.take()
		ended, cancel := context.WithCancel(context.Background())
		cancel()
		for _, tt := range []struct {
			ctx  context.Context
			r    Request
			want error
		}{
			{context.Background(), Request{Op: OpPublish}, ErrBadTopic},
			{context.Background(), Request{Op: OpPublish, Topic: "a", Data: "\xff"}, ErrInvalidUTF8},
			{context.Background(), Request{}, ErrUnknownOp},
			{ended, publishing("a"), context.Canceled},
		} {
			if err := c.Start(tt.ctx, tt.r, got.note); !errors.Is(err, tt.want) {
				t.Errorf("%v: %v, want %v", tt.r, err, tt.want)
			}
		}
		got.expect(t)
		if events := rec.take(); strings.Count(events, ": not sent\n") != 4 {
			t.Errorf("events:\n%s", events)
		}
	})
}

// Many publishers, a window larger than a write: each outcome comes once, and
// each publisher's own in its order.
func TestStartMany(t *testing.T) {
	const publishers, each = 4, 2000
	start(t, Config{Window: 700}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		p := b.up()
		rec.take()
		go func() {
			for {
				line, err := p.r.ReadString('\n')
				if err != nil {
					return
				}
				reply := okLine
				if strings.Contains(line, "-7") {
					reply = badLine
				}
				if _, err := p.Write([]byte(reply)); err != nil {
					return
				}
			}
		}()
		got := make([][]string, publishers)
		var done []<-chan error
		for i := range publishers {
			done = append(done, async(func() error {
				for n := range each {
					r := Request{Op: OpPublish, Topic: "t", Data: fmt.Sprint(i, "-", n, strings.Repeat("x", 200))}
					err := c.Start(context.Background(), r, func(r *Reply) {
						data, _, _ := strings.Cut(r.Request.Data, "x")
						got[i] = append(got[i], fmt.Sprint(data, " ", r.Outcome))
					})
					if err != nil {
						return err
					}
				}
				return nil
			}))
		}
		for _, d := range done {
			if err := <-d; err != nil {
				t.Fatal(err)
			}
		}
		synctest.Wait()
		for i := range publishers {
			if len(got[i]) != each {
				t.Fatalf("publisher %d was told %d outcomes, want %d", i, len(got[i]), each)
			}
			for n, line := range got[i] {
				want := fmt.Sprint(i, "-", n, " ", Acknowledged)
				if strings.HasPrefix(fmt.Sprint(n), "7") {
					want = fmt.Sprint(i, "-", n, " ", Rejected)
				}
				if line != want {
					t.Fatalf("publisher %d, outcome %d: %q, want %q", i, n, line, want)
				}
			}
		}
	})
}
