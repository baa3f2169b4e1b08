package jolt

import (
	"context"
	"testing"
	"time"
)

// Promise 7 of reliability: a handler that stalls for longer than all time-outs
// ends no connection that is well. What the broker sent meanwhile, the reply to a
// request among it, is read when it goes on.
func TestHandlerStallsBeyondTimeouts(t *testing.T) {
	rec := &recorder{}
	cfg := Config{Handler: func(batch []Event) {
		rec.handle(batch)
		for _, e := range batch {
			if _, ok := e.(*Message); ok {
				time.Sleep(20 * time.Second)
			}
		}
	}}
	start(t, cfg, func(t *testing.T, b *fakeBroker, c *Client, _ *recorder) {
		p := b.accept()
		rec.expect(t, "connecting 1", "up with 0 topics")
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
}
