package publisher

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"joltui/jolt"
)

// flaky is a broker whose connections end after so many requests, and so many replies.
type flaky struct {
	mu   sync.Mutex
	plan []cut
	took []int64 // numbers of the messages, as they came
}

// cut ends a connection after the last of so many requests, of which so many are
// answered.
type cut struct{ requests, replies int }

func (b *flaky) dial(context.Context, string, string) (net.Conn, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	c := cut{-1, -1}
	if len(b.plan) > 0 {
		c, b.plan = b.plan[0], b.plan[1:]
	}
	client, server := net.Pipe()
	go b.serve(server, c)
	return whole{client}, nil
}

// whole takes a deadline after the other end was closed, as a socket does.
type whole struct{ net.Conn }

func (w whole) SetReadDeadline(t time.Time) error {
	w.Conn.SetReadDeadline(t)
	return nil
}

func (b *flaky) serve(conn net.Conn, c cut) {
	defer conn.Close()
	answers := make(chan struct{}, 10_000)
	defer close(answers)
	go func() {
		for n := 0; n != c.replies; n++ {
			if _, ok := <-answers; !ok {
				return
			}
			if _, err := conn.Write(jolt.AppendAck(nil)); err != nil {
				return
			}
		}
	}()
	for r, n := bufio.NewReader(conn), 0; n != c.requests; n++ {
		line, err := r.ReadString('\n')
		if err != nil {
			return
		}
		if request, err := jolt.ParseRequest(strings.TrimSuffix(line, "\n")); err == nil && request.Op == jolt.OpPublish {
			number, _ := strconv.ParseInt(request.Data, 10, 64)
			b.mu.Lock()
			b.took = append(b.took, number)
			b.mu.Unlock()
		}
		answers <- struct{}{}
	}
	time.Sleep(time.Millisecond) // what was answered is read
}

// run publishes lines 1 to n, and returns what is wrong with what became of them.
func (b *flaky) run(t *testing.T, window int, n int64) (err error) {
	synctest.Test(t, func(t *testing.T) {
		defer time.Sleep(time.Minute) // until the broker's goroutines have ended
		p := New(t.Context())
		p.Reconnect = true
		client, dialErr := jolt.Dial(t.Context(), jolt.Config{Dial: b.dial, Window: window, Handler: p.Handle,
			Backoff: func(int) time.Duration { return time.Second }})
		if dialErr != nil {
			return // it was cut before it was up
		}
		defer client.Close()
		p.Use(client)
		for line := int64(1); line <= n; line++ {
			if err = p.Publish(t.Context(), Message{Topic: "t", Data: fmt.Sprint(line), Line: line}); err != nil {
				return
			}
		}
		p.Wait(t.Context())
		synctest.Wait()
		err = b.check(p.Progress(), n)
	})
	return err
}

func (b *flaky) check(got Progress, n int64) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i, number := range b.took {
		if i > 0 && number <= b.took[i-1] {
			return fmt.Errorf("the broker took %d after %d", number, b.took[i-1])
		}
	}
	unknown := int64(0)
	for _, s := range got.Lines.Unknown.All {
		unknown += s[1] - s[0] + 1
	}
	if got.Acknowledged+got.Unknown != n || got.Unknown != unknown || got.Lines.Next() != n+1 {
		return fmt.Errorf("%+v", got)
	}
	for line := int64(1); line <= n; line++ {
		lost := slices.ContainsFunc(got.Lines.Unknown.All, func(s [2]int64) bool { return s[0] <= line && line <= s[1] })
		if !lost && !slices.Contains(b.took, line) {
			return fmt.Errorf("line %d counts as acknowledged, and was not taken", line)
		}
	}
	return nil
}

// However often the connection is lost, each message is sent once at most, in order,
// and only those that were under way are unknown.
func TestReconnect(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b := &flaky{}
		for range rapid.IntRange(0, 6).Draw(rt, "cuts") {
			requests := rapid.IntRange(1, 40).Draw(rt, "requests")
			b.plan = append(b.plan, cut{requests, rapid.IntRange(1, requests).Draw(rt, "replies")})
		}
		window := rapid.IntRange(1, 30).Draw(rt, "window")
		if err := b.run(t, window, int64(rapid.IntRange(1, 100).Draw(rt, "messages"))); err != nil {
			rt.Fatal(err)
		}
	})
}

// What comes back while the next message is waited for is sent again at once.
func TestWhatComesBackIsNotHeldUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		defer time.Sleep(time.Minute)    // until the broker's goroutines have ended
		b := &flaky{plan: []cut{{2, 1}}} // the first message alone arrives, and is not answered
		p := New(t.Context())
		p.Reconnect = true
		client, err := jolt.Dial(t.Context(), jolt.Config{Dial: b.dial, Window: 2, Handler: p.Handle})
		if err != nil {
			t.Fatal(err)
		}
		defer client.Close()
		p.Use(client)
		for line := range int64(3) {
			if err := p.Publish(t.Context(), Message{Topic: "t", Data: fmt.Sprint(line + 1), Line: line + 1}); err != nil {
				t.Fatal(err)
			}
			synctest.Wait() // the first leaves alone
		}
		time.Sleep(time.Minute)
		got := p.Progress()
		if got.Acknowledged != 2 || got.Unknown != 1 || got.Lines.Unknown.String() != "line 1" || got.Lines.Acknowledged != 3 {
			t.Errorf("%+v", got)
		}
	})
}

// What waits for a connection holds up no end.
func TestEndAmidAnOutage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		p := New(ctx)
		p.Reconnect = true
		p.Use(&scripted{refuse: map[string]error{"a": jolt.ErrNotConnected}})
		begun := time.Now()
		err := p.Publish(ctx, Message{Topic: "t", Data: "a", Line: 1})
		p.Wait(ctx)
		if took := time.Since(begun); !errors.Is(err, context.DeadlineExceeded) || took != time.Minute {
			t.Errorf("%v after %s", err, took)
		}
		if got := p.Progress(); got.NotSent != 1 || got.Lines.Next() != 1 {
			t.Errorf("%+v", got)
		}
	})
}

// Without Reconnect the end of the connection is the end; it is known where to go on.
func TestWhereToGoOn(t *testing.T) {
	c := &scripted{refuse: map[string]error{"\xff": jolt.ErrInvalidUTF8, "late": jolt.ErrNotConnected}}
	p := New(t.Context())
	p.Use(c)
	for i, data := range []string{"a", "b", "c", "d", "\xff", "late"} {
		p.Publish(t.Context(), Message{Topic: "t", Data: data, Line: int64(i + 1)})
	}
	c.answer(jolt.Acknowledged, nil)
	c.answer(jolt.Rejected, &jolt.RejectedError{})
	c.answer(jolt.Unknown, io.EOF)
	c.answer(jolt.NotSent, io.EOF)
	l := p.Progress().Lines
	if l.Acknowledged != 1 || l.Rejected.String() != "line 2" || l.Unknown.String() != "line 3" || l.Bad.String() != "line 5" || l.Next() != 4 {
		t.Errorf("%+v, next %d", l, l.Next())
	}
}

func TestSpans(t *testing.T) {
	var s Spans
	for _, line := range []int64{1, 2, 3, 7, 10, 11, 20, 30, 40, 41} {
		s.add(line)
	}
	if got, want := s.String(), "lines 1–3, 7, 10–11, 20, 30 and 2 more"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	for line := int64(100); line < 10_000; line += 2 {
		s.add(line)
	}
	if len(s.All) != mostSpans || int64(len(s.All))+s.More != 6+4950 {
		t.Errorf("%d spans and %d more", len(s.All), s.More)
	}
}
