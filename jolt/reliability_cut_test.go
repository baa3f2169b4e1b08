package jolt

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"
)

// recordedSession is what a client does in the tests that cut it off.
func recordedSession() (cfg Config, ops []Request) {
	cfg = Config{User: "ann", Pass: "pw", Topics: []string{"a", "b", "no"}}
	ops = []Request{
		{Op: OpSubscribe, Topic: "c"},
		{Op: OpPublish, Topic: "a"},
		{Op: OpPublish, Topic: "no"},
		{Op: OpPing},
		{Op: OpUnsubscribe, Topic: "b"},
		{Op: OpPublish, Topic: "c"},
		{Op: OpSubscribe, Topic: "no"},
	}
	for i := range ops {
		ops[i].Ref = uint64(i + 1)
		if ops[i].Op == OpPublish {
			ops[i].Data = fmt.Sprint(ops[i].Ref)
		}
	}
	return cfg, ops
}

// runSession runs the recorded session with the first connections cut as
// planned, and returns what is wrong with it, and how many bytes the last
// connection carried.
func runSession(t *testing.T, window int, plan ...link) (sent, got int, err error) {
	synctest.Test(t, func(t *testing.T) {
		b, rec := newHonest(plan...), &recorder{}
		b.refused["no"] = true
		cfg, ops := recordedSession()
		cfg.Window, cfg.Dial, cfg.Handler = window, b.dial, rec.handle
		c, newErr := New(cfg)
		if newErr != nil {
			t.Fatal(newErr)
		}
		defer c.Close()
		for _, op := range ops {
			awaitUp(t, c)
			c.Do(context.Background(), op) // the events tell how it ended
		}
		awaitUp(t, c)
		synctest.Wait()
		c.Close()
		synctest.Wait()
		err = b.check(cfg.Topics, ops, rec.events)
		if err == nil {
			err = checkTopicErrors(rec.events)
		}
		sent, got = b.up.sent, b.up.got
	})
	return sent, got, err
}

// awaitUp waits for a minute of fake time at most.
func awaitUp(t *testing.T, c *Client) {
	t.Helper()
	for range 6000 {
		if c.IsConnected() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("the client does not come up")
}

// checkTopicErrors: the topic that is not permitted is told as such before each
// time the client is up, and does not keep it from coming up.
func checkTopicErrors(events []Event) error {
	refused := false
	for _, e := range events {
		switch e := e.(type) {
		case *Reply:
			refused = refused || e.Request.Topic == "no" && e.Outcome == Rejected
		case *StateChange:
			if e.State == Up && !refused {
				return fmt.Errorf("up, without a word about the topic that is not permitted")
			}
			refused = refused && e.State != Connecting
		}
	}
	return nil
}

// Promise 3 of reliability, and 4: wherever a connection is cut, to the byte,
// everything that was subscribed is back, and every request has one outcome
// that agrees with what the broker took.
func TestCutAtEveryByte(t *testing.T) {
	for _, window := range []int{1, 4} {
		sent, got, err := runSession(t, window)
		if err != nil || sent < 200 || got < 300 {
			t.Fatalf("without a cut: %v; %d bytes to the client, %d to the broker", err, sent, got)
		}
		for n := range sent {
			if _, _, err := runSession(t, window, link{toClient: n, toBroker: never}); err != nil {
				t.Errorf("window %d, cut after %d bytes to the client: %v", window, n, err)
			}
		}
		for n := range got {
			if _, _, err := runSession(t, window, link{toClient: never, toBroker: n}); err != nil {
				t.Errorf("window %d, cut after %d bytes to the broker: %v", window, n, err)
			}
		}
		t.Logf("window %d: cut after each of %d bytes to the client and %d to the broker", window, sent, got)
	}
}
