package jolt

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestOperations(t *testing.T) {
	ctx := context.Background()
	start(t, Config{}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		p := b.up()
		rec.expect(t, "connecting 1", "ping: acknowledged (auto)", "up with 0 topics")
		if !c.IsConnected() {
			t.Error("not connected")
		}
		for _, tt := range []struct {
			op    func() error
			line  string
			event string
		}{
			{func() error { return c.Auth(ctx, "ann", "secret") }, `{"op":"auth","user":"ann","pass":"secret"}`, `auth "ann"`},
			{func() error { return c.Subscribe(ctx, "a") }, `{"op":"sub","topic":"a"}`, `sub "a"`},
			{func() error { return c.Publish(ctx, "a", "x\n") }, `{"op":"pub","topic":"a","data":"x\n"}`, `pub "a"`},
			{func() error { return c.Unsubscribe(ctx, "a") }, `{"op":"unsub","topic":"a"}`, `unsub "a"`},
			{func() error { _, err := c.Ping(ctx); return err }, `{"op":"ping"}`, `ping`},
		} {
			done := async(tt.op)
			p.expect(tt.line)
			p.send(okLine)
			if err := <-done; err != nil {
				t.Errorf("%s: %v", tt.event, err)
			}
			rec.expect(t, tt.event+": acknowledged")

			done = async(tt.op)
			p.expect(tt.line)
			p.send(badLine)
			var rejected *RejectedError
			if err := <-done; !errors.As(err, &rejected) || rejected.Text != "forbidden: no" || rejected.Code() != CodeForbidden {
				t.Errorf("%s: %v; want a *RejectedError", tt.event, err)
			}
			rec.expect(t, tt.event+": rejected")
		}
	})
}

func TestPingMeasuresRoundTrip(t *testing.T) {
	start(t, Config{}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		p := b.up()
		rec.take()
		var rtt time.Duration
		done := async(func() (err error) { rtt, err = c.Ping(context.Background()); return err })
		p.expect(`{"op":"ping"}`)
		time.Sleep(7 * time.Millisecond)
		p.send(okLine)
		if err := <-done; err != nil || rtt != 7*time.Millisecond {
			t.Errorf("Ping = %v, %v", rtt, err)
		}
	})
}

// Replies carry no id: the next request waits for the reply to the one before,
// and messages between them do not shift them.
func TestOneRequestAtATime(t *testing.T) {
	start(t, Config{}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		p := b.up()
		rec.take()
		var done []<-chan error
		for _, topic := range []string{"a", "b", "c"} {
			done = append(done, async(func() error { return c.Publish(context.Background(), topic, "1") }))
			synctest.Wait()
		}
		for i, reply := range []string{okLine, badLine, okLine} {
			topic := string(rune('a' + i))
			p.expect(`{"op":"pub","topic":"` + topic + `","data":"1"}`)
			synctest.Wait()
			p.send("{\"topic\":\"m\",\"data\":\"1\"}\n" + reply)
			if err := <-done[i]; (err == nil) != (reply == okLine) {
				t.Errorf("%s: %v", topic, err)
			}
		}
		rec.expect(t, "message m=1", `pub "a": acknowledged`, "message m=1", `pub "b": rejected`, "message m=1", `pub "c": acknowledged`)
	})
}

// A window of several requests is sent in one go, and settled when all of it
// has been answered.
func TestWindow(t *testing.T) {
	start(t, Config{Window: 2}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		p := b.up()
		rec.take()
		var done []<-chan error
		for _, topic := range []string{"a", "b", "c", "d"} {
			done = append(done, async(func() error { return c.Publish(context.Background(), topic, "1") }))
			synctest.Wait()
		}
		p.expect(`{"op":"pub","topic":"a","data":"1"}`)
		p.send(okLine)
		p.expect(`{"op":"pub","topic":"b","data":"1"}`, `{"op":"pub","topic":"c","data":"1"}`)
		rec.expect(t, `pub "a": acknowledged`)
		p.send(badLine)
		rec.expect(t)
		p.send("{\"topic\":\"m\",\"data\":\"1\"}\n" + okLine)
		rec.expect(t, "message m=1", `pub "b": rejected`, `pub "c": acknowledged`)
		p.expect(`{"op":"pub","topic":"d","data":"1"}`)
		p.Close()
		if err := errors.Join(<-done[0], <-done[2]); err != nil {
			t.Error(err)
		}
		if err := <-done[1]; !errors.As(err, new(*RejectedError)) {
			t.Errorf("b: %v", err)
		}
		if err := <-done[3]; !errors.Is(err, ErrUnknownOutcome) {
			t.Errorf("d: %v", err)
		}
	})
}

// One reply too many: it may be the second reply to the last request, and the
// reply to the next request could be taken for it.
func TestSurplusReply(t *testing.T) {
	start(t, Config{}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		p := b.up()
		rec.take()
		first := async(func() error { return c.Publish(context.Background(), "a", "1") })
		p.expect(`{"op":"pub","topic":"a","data":"1"}`)
		second := async(func() error { return c.Publish(context.Background(), "b", "1") })
		synctest.Wait()
		p.send(okLine + okLine)
		if err := <-first; err != nil {
			t.Error(err)
		}
		if err := <-second; !errors.Is(err, ErrNotConnected) {
			t.Errorf("b: %v; it must not have been sent", err)
		}
		rec.expect(t, `pub "a": acknowledged`, `unsolicited {"ok":true}`, `pub "b": not sent`,
			"down after 0: jolt: replies can no longer be matched to requests: there was one more than there were requests")
	})
}

// What a broker says before it hangs up is the cause, and no reply.
func TestLastWords(t *testing.T) {
	start(t, Config{}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		p := b.up()
		rec.take()
		done := async(func() error { return c.Publish(context.Background(), "a", "1") })
		p.expect(`{"op":"pub","topic":"a","data":"1"}`)
		p.send("{\"ok\":false,\"error\":\"slow_consumer: read faster\"}\n")
		var said *BrokerError
		if err := <-done; !errors.Is(err, ErrUnknownOutcome) || !errors.As(err, &said) {
			t.Errorf("err = %v", err)
		}
		rec.expect(t, `unsolicited {"ok":false,"error":"slow_consumer: read faster"}`, `pub "a": unknown`,
			"down after 0: jolt: the broker ended the connection: slow_consumer: read faster")
		p = b.up()
		rec.expect(t, "connecting 1", "ping: acknowledged (auto)",
			"gap of 1s: jolt: the broker ended the connection: slow_consumer: read faster", "up with 0 topics")
		p.send(badLine)
		rec.expect(t, "unsolicited "+strings.TrimSpace(badLine), "down after 0: jolt: the broker ended the connection: forbidden: no")
	})
}

func TestEveryLineIsAnEvent(t *testing.T) {
	start(t, Config{MaxLine: 40}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		p := b.up()
		rec.take()
		p.send("nonsense\r\n", "{\"hello\":1}\n", "\n  \n", strings.Repeat("x", 41)+"\n",
			"{\"topic\":\"a\",", "\"data\":[1, 2]}", "\n")
		rec.expect(t, "bad line of 8: nonsense", `unknown frame {"hello":1}`,
			"bad line of 41: "+strings.Repeat("x", 41), "message a=[1, 2]")
		if !c.IsConnected() {
			t.Error("odd lines must not end the connection")
		}
	})
}

// A line that could not be read may have been the reply: what follows must
// not be taken for it.
func TestBadLineWhileWaiting(t *testing.T) {
	start(t, Config{}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		p := b.up()
		rec.take()
		done := async(func() error { return c.Publish(context.Background(), "a", "1") })
		p.expect(`{"op":"pub","topic":"a","data":"1"}`)
		p.send("{\"ok\":tru\n" + okLine)
		if err := <-done; !errors.Is(err, ErrUnknownOutcome) || !errors.Is(err, ErrOutOfStep) {
			t.Errorf("err = %v", err)
		}
		if got := rec.take(); !strings.HasPrefix(got, "bad line of 9: {\"ok\":tru\nunsolicited {\"ok\":true}\npub \"a\": unknown\ndown after 0: ") {
			t.Errorf("events:\n%s", got)
		}
	})
}

// A line with a topic and data was no reply, whatever is wrong with it: it costs no
// connection, and what follows is the reply.
func TestBadMessageWhileWaiting(t *testing.T) {
	start(t, Config{MaxLine: 300}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		p := b.up()
		for _, line := range []string{
			"{\"topic\":\"a\",\"data\":\"a\ttab\"}", "{\"topic\":\"\xff\",\"data\":\"\"}", `{"topic":"a","data":"\x"}`, `{"topic":"a","data":`,
			`{"topic":"a","topic":"a","data":"b"}`, `{"x":[{"y":"}"}],"data":"\"\ud8", "topic" :"t"}`,
			`{"ok":false,"topic":"a","data":"` + strings.Repeat("x", 300) + `"}`,
		} {
			rec.take()
			done := async(func() error { return c.Publish(context.Background(), "a", "1") })
			p.expect(`{"op":"pub","topic":"a","data":"1"}`)
			p.send(line + "\n" + okLine)
			if err := <-done; err != nil {
				t.Errorf("after %q: %v", line, err)
			}
			if got := rec.take(); !strings.HasPrefix(got, "bad line of") || !strings.HasSuffix(got, "\npub \"a\": acknowledged\n") {
				t.Errorf("after %q: events:\n%s", line, got)
			}
		}
	})
}

// Half a surrogate pair is shown as it is escaped, an error without ok is a rejection,
// and neither costs the connection while a request waits.
func TestOddFramesWhileWaiting(t *testing.T) {
	start(t, Config{}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		p := b.up()
		rec.take()
		done := async(func() error { return c.Publish(context.Background(), "a", "1") })
		p.expect(`{"op":"pub","topic":"a","data":"1"}`)
		const cut = `{"topic":"f","data":"cut emoji \ud83d"}`
		p.send(cut + "\n" + `{"error":"no \ud83d"}` + "\n")
		var rejected *RejectedError
		if err := <-done; !errors.As(err, &rejected) || rejected.Text != `no \ud83d` {
			t.Errorf("err = %v", err)
		}
		synctest.Wait()
		if m, ok := rec.events[0].(*Message); !ok || m.Data != `cut emoji \ud83d` || m.Raw() != cut || m.Verbatim != cut {
			t.Errorf("%#v", rec.events[0])
		}
		rec.expect(t, `message f=cut emoji \ud83d`, `pub "a": rejected`)
		if !c.IsConnected() {
			t.Error("the connection was lost")
		}
	})
}

func TestReconnect(t *testing.T) {
	ctx := context.Background()
	start(t, Config{User: "ann", Pass: "pw", Topics: []string{"a", "b"}}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		p := b.accept()
		p.expect(`{"op":"auth","user":"ann","pass":"pw"}`)
		rec.expect(t, "connecting 1")
		if err := c.Publish(ctx, "a", "1"); !errors.Is(err, ErrNotConnected) {
			t.Errorf("publish before up: %v", err)
		}
		p.send(okLine)
		p.expect(`{"op":"sub","topic":"a"}`, `{"op":"sub","topic":"b"}`)
		p.send(okLine + "{\"topic\":\"a\",\"data\":\"early\"}\n" + badLine)
		// One was refused: which one is certain only when they are asked for in turn.
		p.expect(`{"op":"sub","topic":"a"}`)
		p.send(okLine)
		p.expect(`{"op":"sub","topic":"b"}`)
		p.send(badLine)
		rec.expect(t, `pub "a": not sent`, `auth "ann": acknowledged (auto)`, "message a=early", `sub "a": acknowledged (auto)`,
			`sub "b": rejected (auto)`, "up with 1 topics")

		done := async(func() error { return c.Subscribe(ctx, "c") })
		p.expect(`{"op":"sub","topic":"c"}`)
		p.send(okLine)
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		lost := async(func() error { return c.Publish(ctx, "a", "2") })
		p.expect(`{"op":"pub","topic":"a","data":"2"}`)
		b.setDown(errRefused)
		p.send("{\"topic\":\"a\",\"da") // cut in the middle of a line
		p.Close()
		if err := <-lost; !errors.Is(err, ErrUnknownOutcome) || !errors.Is(err, io.EOF) {
			t.Errorf("publish cut off: %v", err)
		}
		rec.expect(t, `sub "c": acknowledged`, `pub "a": unknown`, "down after 0: EOF")
		if err := c.Publish(ctx, "a", "3"); !errors.Is(err, ErrNotConnected) {
			t.Errorf("publish while down: %v", err)
		}
		time.Sleep(1500 * time.Millisecond)
		rec.expect(t, `pub "a": not sent`, "connecting 1", "down after 1: connection refused")

		b.setDown(nil)
		p = b.accept()
		p.expect(`{"op":"auth","user":"ann","pass":"pw"}`)
		p.send(okLine)
		p.expect(`{"op":"sub","topic":"a"}`, `{"op":"sub","topic":"b"}`, `{"op":"sub","topic":"c"}`)
		p.send(okLine, okLine, okLine)
		rec.expect(t, "connecting 2", `auth "ann": acknowledged (auto)`, `sub "a": acknowledged (auto)`,
			`sub "b": acknowledged (auto)`, `sub "c": acknowledged (auto)`, "gap of 2s: EOF", "up with 3 topics")
	})
}

func TestForget(t *testing.T) {
	start(t, Config{Topics: []string{"a", "b"}}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		p := b.accept()
		p.expect(`{"op":"sub","topic":"a"}`, `{"op":"sub","topic":"b"}`)
		p.send(okLine, okLine)
		synctest.Wait()
		c.Forget("b")
		p.Close()
		p = b.accept()
		p.expect(`{"op":"sub","topic":"a"}`)
		p.send(okLine)
		rec.take()
		if !c.IsConnected() {
			t.Error("not up after a was back")
		}
	})
}

// A subscription cut off without its reply is asked for again; an
// unsubscription is not undone.
func TestUnknownSubscription(t *testing.T) {
	ctx := context.Background()
	start(t, Config{Topics: []string{"old", "kept"}}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		p := b.accept()
		p.expect(`{"op":"sub","topic":"old"}`, `{"op":"sub","topic":"kept"}`)
		p.send(okLine, okLine)
		synctest.Wait()
		unsub := async(func() error { return c.Unsubscribe(ctx, "old") })
		p.expect(`{"op":"unsub","topic":"old"}`)
		p.Close()
		if err := <-unsub; !errors.Is(err, ErrUnknownOutcome) {
			t.Errorf("unsubscribe: %v", err)
		}
		p = b.accept()
		p.expect(`{"op":"sub","topic":"kept"}`)
		p.send(okLine)
		synctest.Wait()
		sub := async(func() error { return c.Subscribe(ctx, "new") })
		p.expect(`{"op":"sub","topic":"new"}`)
		p.Close()
		if err := <-sub; !errors.Is(err, ErrUnknownOutcome) {
			t.Errorf("subscribe: %v", err)
		}
		b.accept().expect(`{"op":"sub","topic":"kept"}`, `{"op":"sub","topic":"new"}`)
	})
}

func TestDeadPeer(t *testing.T) {
	start(t, Config{}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		begin := time.Now()
		p := b.up()
		rec.take()
		p.expect(`{"op":"ping"}`)
		if silent := time.Since(begin); silent != 3*time.Second {
			t.Errorf("pinged after %s", silent)
		}
		p.send(okLine)
		rec.expect(t, "ping: acknowledged (auto)")
		time.Sleep(2 * time.Second)
		p.send("{\"topic\":\"a\",\"data\":\"as good as a pong\"}\n")
		rec.expect(t, "message a=as good as a pong")
		p.expect(`{"op":"ping"}`)
		if d := time.Since(begin); d != 8*time.Second {
			t.Errorf("pinged again after %s", d)
		}
		time.Sleep(4 * time.Second)
		rec.expect(t, "ping: unknown (auto)", "down after 0: jolt: peer does not respond: silent for 7s")
	})
}

// While messages come nobody has to be pinged to be known alive, but the round
// trip is measured all the same.
func TestPingInterval(t *testing.T) {
	start(t, Config{PingInterval: 2 * time.Second}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		p := b.accept()
		p.expect(`{"op":"ping"}`)
		p.send(okLine)
		rec.expect(t, "connecting 1", "ping: acknowledged (auto)", "up with 0 topics")
		for range 2 {
			time.Sleep(time.Second)
			p.send("{\"topic\":\"a\",\"data\":\"1\"}\n")
		}
		p.expect(`{"op":"ping"}`)
		p.send(okLine)
		rec.expect(t, "message a=1", "message a=1", "ping: acknowledged (auto)")
	})
}

// A broker that owes a reply and goes on talking is given up: the reply that
// comes next could be anybody's.
func TestNoReply(t *testing.T) {
	start(t, Config{}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		p := b.up()
		rec.take()
		done := async(func() error { return c.Publish(context.Background(), "a", "1") })
		p.expect(`{"op":"pub","topic":"a","data":"1"}`)
		for range 11 {
			time.Sleep(time.Second)
			if _, err := io.WriteString(p, "{\"topic\":\"m\",\"data\":\"1\"}\n"); err != nil {
				break
			}
		}
		if err := <-done; !errors.Is(err, ErrUnknownOutcome) || !errors.Is(err, ErrNoReply) {
			t.Errorf("err = %v", err)
		}
		if got := rec.take(); !strings.Contains(got, "pub \"a\": unknown\ndown after 0: jolt: no reply in time: waited 10s\n") {
			t.Errorf("events:\n%s", got)
		}
	})
}

// A context that ends gives the caller back its time; the outcome still comes,
// once, as an event, and later replies stay with their requests.
func TestContextEndsFirst(t *testing.T) {
	start(t, Config{}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		p := b.up()
		rec.take()
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		sent := async(func() error { return c.Publish(ctx, "a", "1") })
		p.expect(`{"op":"pub","topic":"a","data":"1"}`)
		queued := async(func() error { return c.Publish(ctx, "b", "1") })
		if err := <-sent; !errors.Is(err, ErrUnknownOutcome) || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a: %v", err)
		}
		if err := <-queued; errors.Is(err, ErrUnknownOutcome) || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("b: %v", err)
		}
		rec.expect(t, `pub "b": not sent`)
		next := async(func() error { return c.Publish(context.Background(), "c", "1") })
		p.send(badLine)
		p.expect(`{"op":"pub","topic":"c","data":"1"}`)
		p.send(okLine)
		if err := <-next; err != nil {
			t.Errorf("the next request got the late reply: %v", err)
		}
		rec.expect(t, `pub "a": rejected`, `pub "c": acknowledged`)
		if err := c.Publish(ctx, "a", "2"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("err = %v", err)
		}
		rec.expect(t, `pub "a": not sent`)
	})
}

// A peer that does not read cannot hold up a caller.
func TestStalledWriteHonoursContext(t *testing.T) {
	start(t, Config{}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		b.up()
		rec.take()
		ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
		defer cancel()
		begin := time.Now()
		var done []<-chan error
		for range 3 {
			done = append(done, async(func() error { return c.Publish(ctx, "a", "1") }))
		}
		for _, d := range done {
			if err := <-d; !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("err = %v", err)
			}
		}
		if d := time.Since(begin); d != 100*time.Millisecond {
			t.Errorf("took %s", d)
		}
	})
}

func TestRefusedLocally(t *testing.T) {
	ctx := context.Background()
	start(t, Config{}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		p := b.up()
		rec.take()
		for _, tt := range []struct {
			req  Request
			want error
		}{
			{Request{Op: OpSubscribe}, ErrBadTopic},
			{Request{Op: OpPublish, Data: "x"}, ErrBadTopic},
			{Request{Op: OpPublish, Topic: "a", Data: "\xff"}, ErrInvalidUTF8},
			{Request{Op: 77, Topic: "a"}, ErrUnknownOp},
		} {
			tt.req.Ref = 42
			r, err := c.Do(ctx, tt.req)
			if !errors.Is(err, tt.want) || r.Outcome != NotSent || r.Request.Ref != 42 || r.Latency() != 0 {
				t.Errorf("Do(%s) = %+v, %v; want %v", tt.req, r, err, tt.want)
			}
		}
		rec.expect(t, `sub "": not sent`, `pub "": not sent`, `pub "a": not sent`, `Op(77) "a": not sent`)
		done := async(func() error { return c.Publish(ctx, "b", "1") })
		p.expect(`{"op":"pub","topic":"b","data":"1"}`)
		p.send(okLine)
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

func TestLoginRefused(t *testing.T) {
	start(t, Config{User: "ann", Pass: "wrong"}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		p := b.accept()
		p.expect(`{"op":"auth","user":"ann","pass":"wrong"}`)
		p.send("{\"ok\":false,\"error\":\"auth_failed: no\"}\n")
		rec.expect(t, "connecting 1", `auth "ann": rejected (auto)`, "closed after 0: jolt: auth rejected: auth_failed: no")
		var rejected *RejectedError
		if err := c.Publish(context.Background(), "a", "1"); !errors.Is(err, ErrClosed) || !errors.As(err, &rejected) {
			t.Errorf("err = %v", err)
		}
		rec.expect(t, `pub "a": not sent`)
		time.Sleep(time.Minute)
		if b.dials != 1 {
			t.Errorf("%d attempts with a login that was refused", b.dials)
		}
	})
}

// A login that was once accepted is tried again: a restarting broker may
// refuse it for a while.
func TestLoginRefusedLater(t *testing.T) {
	ctx := context.Background()
	start(t, Config{}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		p := b.up()
		done := async(func() error { synctest.Wait(); return c.Auth(ctx, "ann", "pw") })
		p.expect(`{"op":"auth","user":"ann","pass":"pw"}`)
		p.send(okLine)
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		p.Close()
		p = b.accept()
		p.expect(`{"op":"auth","user":"ann","pass":"pw"}`)
		p.send(badLine)
		p = b.accept()
		p.expect(`{"op":"auth","user":"ann","pass":"pw"}`)
		p.send(okLine)
		synctest.Wait()
		if !c.IsConnected() {
			t.Errorf("not up; events:\n%s", rec.take())
		}
	})
}

// Who asked for it is told at once.
func TestLoginRefusedLaterIsTheEnd(t *testing.T) {
	start(t, Config{User: "ann", Pass: "pw", NoLoginRetry: true}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		for _, reply := range []string{okLine, "{\"error\":\"busy: later\"}\n", "{\"error\":\"auth_failed: no\"}\n"} {
			p := b.accept()
			p.expect(`{"op":"auth","user":"ann","pass":"pw"}`)
			p.send(reply)
			synctest.Wait()
			p.Close()
		}
		if got := rec.take(); !strings.HasSuffix(got, "closed after 0: jolt: auth rejected: auth_failed: no\n") || strings.Count(got, "down") != 2 {
			t.Errorf("events:\n%s", got)
		}
	})
}

type remote struct {
	net.Conn
	addr net.Addr
}

func (r remote) RemoteAddr() net.Addr { return r.addr }

func TestPasswordInClear(t *testing.T) {
	for ip, safe := range map[string]bool{"127.0.0.1": true, "::1": true, "10.0.0.7": false, "2001:db8::1": false} {
		conn := remote{addr: &net.TCPAddr{IP: net.ParseIP(ip), Port: 8080}}
		c := &Client{}
		if err := c.mayLogIn(conn); (err == nil) != safe {
			t.Errorf("%s: %v", ip, err)
		}
		c.cfg.InsecurePlaintextAuth = true
		if err := c.mayLogIn(conn); err != nil {
			t.Errorf("%s, insecure allowed: %v", ip, err)
		}
	}
	synctest.Test(t, func(t *testing.T) {
		b, rec := newFakeBroker(t), &recorder{}
		c, err := New(Config{User: "ann", Pass: "pw", Handler: rec.handle, Dial: func(ctx context.Context, n, a string) (net.Conn, error) {
			conn, err := b.dial(ctx, n, a)
			return remote{conn, &net.TCPAddr{IP: net.IPv4(10, 0, 0, 7)}}, err
		}})
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		rec.expect(t, "connecting 1", "closed after 0: "+ErrUnsafeAuth.Error())
		if got, _ := io.ReadAll(b.accept()); len(got) != 0 {
			t.Errorf("the broker read %q", got)
		}
	})
}

func TestDial(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newFakeBroker(t)
		done := make(chan *Client)
		go func() {
			c, err := Dial(context.Background(), Config{Dial: b.dial, Topics: []string{"a"}})
			if err != nil {
				t.Error(err)
			}
			done <- c
		}()
		p := b.accept()
		p.expect(`{"op":"sub","topic":"a"}`)
		select {
		case <-done:
			t.Error("Dial returned before the subscription was answered")
		default:
		}
		p.send(okLine)
		c := <-done
		if !c.IsConnected() || c.Addr() != DefaultAddr {
			t.Errorf("IsConnected = %v, Addr = %q", c.IsConnected(), c.Addr())
		}
		c.Close()

		b.setDown(errRefused)
		if _, err := Dial(context.Background(), Config{Dial: b.dial}); !errors.Is(err, errRefused) ||
			err.Error() != "jolt: connect to 127.0.0.1:8080: connection refused" {
			t.Errorf("Dial = %v", err)
		}
		b.setDown(nil)
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if _, err := Dial(ctx, Config{Dial: b.dial, Topics: []string{"never answered"}}); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Dial = %v", err)
		}
	})
}

func TestNoReconnect(t *testing.T) {
	start(t, Config{NoReconnect: true}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		p := b.up()
		synctest.Wait()
		p.Close()
		rec.expect(t, "connecting 1", "ping: acknowledged (auto)", "up with 0 topics", "closed after 0: EOF")
	})
}

func TestClose(t *testing.T) {
	start(t, Config{}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		p := b.up()
		rec.take()
		done := async(func() error { return c.Publish(context.Background(), "a", "1") })
		p.expect(`{"op":"pub","topic":"a","data":"1"}`)
		begin := time.Now()
		c.Close()
		c.Close()
		if d := time.Since(begin); d != 0 {
			t.Errorf("Close took %s", d)
		}
		if err := <-done; !errors.Is(err, ErrUnknownOutcome) || !errors.Is(err, ErrClosed) {
			t.Errorf("err = %v", err)
		}
		rec.expect(t, `pub "a": unknown`, "closed after 0: <nil>")
		if err := c.Publish(context.Background(), "a", "1"); !errors.Is(err, ErrClosed) {
			t.Errorf("err = %v", err)
		}
		if c.IsConnected() {
			t.Error("connected after Close")
		}
		rec.expect(t)
	})
}

// An operation that fails at once may be called from the handler itself.
func TestRefusalFromHandler(t *testing.T) {
	var c *Client
	var got []string
	ready := make(chan struct{})
	cfg := Config{Handler: func(batch []Event) {
		<-ready
		for _, e := range batch {
			got = append(got, strings.Split(summary(e), ": ")[0])
			if s, ok := e.(*StateChange); ok && s.State == Down {
				c.Publish(context.Background(), "a", "1")
			}
		}
	}}
	start(t, cfg, func(t *testing.T, b *fakeBroker, client *Client, _ *recorder) {
		c = client
		close(ready)
		p := b.up()
		b.setDown(errRefused)
		p.Close()
		time.Sleep(500 * time.Millisecond)
		client.Close()
		if want := "connecting 1|ping|up with 0 topics|down after 0|pub \"a\"|closed after 0"; strings.Join(got, "|") != want {
			t.Errorf("events %q", got)
		}
	})
}

func TestBadConfig(t *testing.T) {
	for _, tt := range []struct {
		cfg  Config
		want error
	}{
		{Config{Addr: "no port"}, ErrBadConfig},
		{Config{ConnectTimeout: -1}, ErrBadConfig},
		{Config{MaxLine: -1}, ErrBadConfig},
		{Config{Window: -1}, ErrBadConfig},
		{Config{Topics: []string{""}}, ErrBadTopic},
		{Config{Topics: []string{"\xff"}}, ErrInvalidUTF8},
	} {
		if c, err := New(tt.cfg); c != nil || !errors.Is(err, tt.want) {
			t.Errorf("New(%+v) = %v, %v; want %v", tt.cfg, c, err, tt.want)
		}
	}
}

func TestBackoffLaw(t *testing.T) {
	for n, want := range []time.Duration{250, 500, 1000, 2000, 4000, 5000, 5000} {
		if got := backoffCeiling(n); got != want*time.Millisecond {
			t.Errorf("ceiling of %d = %s", n, got)
		}
	}
	if backoffCeiling(1<<30) != backoffMax {
		t.Error("the ceiling grows without end")
	}
	for n := range 10 {
		lowest, highest := backoffMax, time.Duration(0)
		for range 2000 {
			d := FullJitter(n)
			lowest, highest = min(lowest, d), max(highest, d)
		}
		if limit := backoffCeiling(n); lowest < 0 || lowest > limit/10 || highest > limit || highest < limit*9/10 {
			t.Errorf("FullJitter(%d) lay between %s and %s", n, lowest, highest)
		}
	}
}

func TestCallbacks(t *testing.T) {
	var got []string
	note := func(s string) { got = append(got, s) }
	cb := Callbacks{
		OK:           func(r *Reply) { note("ok " + r.Request.String()) },
		Error:        func(r *Reply) { note("error " + r.Outcome.String()) },
		Message:      func(m *Message) { note("message " + m.Raw()) },
		Disconnected: func(err error) { note("disconnected") },
		Other:        func(e Event) { note("other " + summary(e)) },
	}
	batch := []Event{
		&Message{Verbatim: "{}"}, &Reply{Outcome: Acknowledged, Request: Request{Op: OpPing}}, &Reply{Outcome: Rejected},
		&Reply{Outcome: Unknown}, &StateChange{State: Down, Cause: os.ErrClosed}, &StateChange{State: Closed},
		&StateChange{State: Connecting, Attempt: 3}, &UnknownFrame{Raw: "{}"},
	}
	cb.Handle(batch)
	Callbacks{}.Handle(batch)
	want := "message {}|ok ping|error rejected|error unknown|disconnected|disconnected|other connecting 3|other unknown frame {}"
	if strings.Join(got, "|") != want {
		t.Errorf("calls %q", got)
	}
}

// A program that recovers what the client's goroutines throw can still close
// the client.
func TestPanicInHandler(t *testing.T) {
	thrown := make(chan any, 10)
	cfg := Config{
		Handler: func([]Event) { panic("on purpose") },
		Go: func(f func()) {
			go func() {
				defer func() { thrown <- recover() }()
				f()
			}()
		},
	}
	start(t, cfg, func(t *testing.T, _ *fakeBroker, c *Client, _ *recorder) {
		if v := <-thrown; v != "on purpose" {
			t.Errorf("thrown: %v", v)
		}
		c.Close()
	})
}

// Reader and writer are started by Config.Go, and end.
func TestGoStartsReaderAndWriter(t *testing.T) {
	var started, ended atomic.Int32
	cfg := Config{Go: func(f func()) {
		started.Add(1)
		go func() {
			defer ended.Add(1)
			f()
		}()
	}}
	start(t, cfg, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		b.accept()
		rec.take()
		if n := started.Load(); n != 2 {
			t.Errorf("%d goroutines were started, want a reader and a writer", n)
		}
		c.Close()
		synctest.Wait()
		if ended.Load() != started.Load() {
			t.Errorf("%d of %d have ended", ended.Load(), started.Load())
		}
	})
}
