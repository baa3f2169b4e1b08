package jolt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"
)

// startWindow starts three publishes, of which b and c go out together.
func startWindow(t *testing.T, p *peer, c *Client, told func(*Reply)) {
	t.Helper()
	for _, topic := range []string{"a", "b", "c"} {
		if err := c.Start(context.Background(), publishing(topic), told); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
	}
	p.expect(`{"op":"pub","topic":"a","data":"1"}`)
	p.send(okLine)
	p.expect(`{"op":"pub","topic":"b","data":"1"}`, `{"op":"pub","topic":"c","data":"1"}`)
}

// Replies that came before a connection ended count, refusals too.
func TestWindowCutShort(t *testing.T) {
	for reply, want := range map[string]string{okLine: "acknowledged", badLine: "rejected", "": "unknown", "{\"ok\":true}": "unknown"} {
		var got outcomes
		start(t, Config{Window: 2}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
			p := b.up()
			rec.take()
			startWindow(t, p, c, got.note)
			p.send(reply)
			p.Close()
			rec.expect(t, `pub "a": acknowledged`, `pub "b": `+want, `pub "c": unknown`, "down after 0: EOF")
			got.expect(t, `pub "a": acknowledged`, `pub "b": `+want, `pub "c": unknown`)
		})
	}
}

// A broker that goes on talking and owes a reply has left one out, of whichever request:
// none of a window counts then, and a refusal among them is told, without a guess.
func TestWindowWithAReplyLeftOut(t *testing.T) {
	var told []*Reply
	start(t, Config{Window: 2}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		p := b.up()
		rec.take()
		startWindow(t, p, c, func(r *Reply) { told = append(told, r) })
		p.send(badLine)
		for range 15 {
			p.send("{\"topic\":\"m\",\"data\":\"1\"}\n")
			time.Sleep(time.Second)
			if synctest.Wait(); !c.IsConnected() {
				break
			}
		}
	})
	if len(told) != 3 {
		t.Fatalf("%d outcomes", len(told))
	}
	for _, r := range told[1:] {
		var unplaced *UnplacedError
		if r.Outcome != Unknown || !errors.Is(r.Err, ErrUnknownOutcome) || !errors.Is(r.Err, ErrNoReply) ||
			!errors.As(r.Err, &unplaced) || unplaced.Text != "forbidden: no" || unplaced.Among != 2 || errors.As(r.Err, new(*RejectedError)) {
			t.Errorf("%s: %v", r.Outcome, r.Err)
		}
	}
}

// cutWindow is a stream of publishes over one connection that is cut somewhere.
type cutWindow struct {
	window, messages int
	refuse           int // each so manieth; 0 is none
	link             link
}

// run publishes in fake time, and returns what is wrong with the outcomes: they have to
// be what the replies say that reached the client whole, in order, and not a word more.
func (w cutWindow) run(t *testing.T) (err error) {
	synctest.Test(t, func(t *testing.T) {
		b := newHonest(w.link)
		b.refused["no"] = true
		c, newErr := New(Config{Window: w.window, NoReconnect: true, Dial: b.dial})
		if newErr != nil {
			t.Fatal(newErr)
		}
		defer c.Close()
		if synctest.Wait(); !c.IsConnected() {
			return // it was cut before it was up
		}
		got := make([]Outcome, w.messages)
		for i := range got {
			r := Request{Op: OpPublish, Topic: "yes", Data: fmt.Sprint(i), Ref: uint64(i + 1)}
			if w.refuse > 0 && i%w.refuse == 0 {
				r.Topic = "no"
			}
			if c.Start(context.Background(), r, func(r *Reply) { got[r.Request.Ref-1] = r.Outcome }) != nil {
				got[i] = NotSent
			}
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		c.Close()
		err = w.check(b, got)
	})
	return err
}

func (w cutWindow) check(b *honest, got []Outcome) error {
	_, answers, _ := bytes.Cut(b.up.wrote.Bytes(), []byte("\n")) // without that to the ping
	replies := strings.Split(string(answers), "\n")
	replies = replies[:len(replies)-1] // the last one is not whole
	asked := bytes.Count(b.up.read.Bytes(), []byte("\n")) - 1
	for i, o := range got {
		want := NotSent
		switch {
		case i < len(replies) && replies[i] == strings.TrimSpace(okLine):
			want = Acknowledged
		case i < len(replies):
			want = Rejected
		case i < asked:
			want = Unknown
		}
		// What has left, and did not get as far as the broker, may have.
		if o != want && !(want == NotSent && o == Unknown && i < len(replies)+w.window) {
			return fmt.Errorf("message %d of %d is %q, want %q; %d were answered", i, len(got), o, want, len(replies))
		}
	}
	return nil
}

// Promise 4 of reliability, in the strong sense: with any window, wherever the
// connection is cut, what was answered has the outcome of its reply, and nothing else
// has one.
//
// The long form is: go test ./jolt -run TestWindowsCutAnywhere -rapid.checks 10000
func TestWindowsCutAnywhere(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		for range 5 { // the short form is 500 cuts
			if err := drawCut(rt).run(t); err != nil {
				rt.Fatal(err)
			}
		}
	})
}

func drawCut(rt *rapid.T) cutWindow {
	const reply = len("{\"ok\":true}\n")
	w := cutWindow{
		window:   rapid.IntRange(1, 1000).Draw(rt, "window"),
		messages: rapid.IntRange(1, 1200).Draw(rt, "messages"),
		refuse:   rapid.IntRange(0, 5).Draw(rt, "refuse"),
		link:     link{toClient: never, toBroker: never},
	}
	if rapid.Bool().Draw(rt, "towards the client") {
		w.link.toClient = rapid.IntRange(reply, reply*(w.messages+2)).Draw(rt, "bytes")
	} else {
		w.link.toBroker = rapid.IntRange(len("{\"op\":\"ping\"}\n"), 36*(w.messages+1)).Draw(rt, "bytes")
	}
	return w
}
