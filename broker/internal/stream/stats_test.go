package stream

import (
	"log/slog"
	"testing"
	"testing/synctest"
	"time"
)

// An engine counts what an operator has to know of it.
func TestStats(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newFakeStream()
		e := engine("e", time.Minute, slog.New(slog.DiscardHandler), s.dial)
		c, _ := s.dial(t.Context())
		if err := e.begin(t.Context(), c, new(trace)); err != nil {
			t.Fatal(err)
		}
		defer e.Close()
		expect := func(want Stats) {
			t.Helper()
			got := e.Stats()
			got.StoreTime = 0
			if got != want {
				t.Errorf("%+v, want %+v", got, want)
			}
		}
		publish := func() error { return e.Publish(batchOf([]Message{{"a", []byte("\n")}})).Wait() }
		if err := publish(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		expect(Stats{Ready: true, BlocksOut: 1, BlocksIn: 1})
		s.set(func() { s.refuse = true })
		s.cut()
		time.Sleep(2 * time.Second)
		expect(Stats{BlocksOut: 1, BlocksIn: 1})
		s.set(func() { s.refuse = false })
		s.anew(true)
		time.Sleep(2 * time.Second)
		expect(Stats{Ready: true, Reconnects: 1, BlocksOut: 1, BlocksIn: 1, Interruptions: 1})
		s.set(func() { s.leaderless = true })
		if err := publish(); err == nil {
			t.Error("it was stored without a leader")
		}
		expect(Stats{Reconnects: 1, BlocksOut: 1, BlocksUnknown: 1, BlocksIn: 1, Interruptions: 1})
	})
}
