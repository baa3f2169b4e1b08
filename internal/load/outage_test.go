package load

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"joltui/internal/publisher"
)

// A connection that comes back in time: what was in flight has no outcome, the
// rest is sent late, and counts as late.
func TestOutageThatHeals(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broker := &fakeBroker{takes: func(int) time.Duration { return 5 * time.Millisecond }}
		cfg := broker.config()
		cfg.Rate, cfg.Window, cfg.Duration = 100, 4, 10*time.Second
		go func() {
			time.Sleep(4*time.Second + 7*time.Millisecond) // amid the message that is due after 4 s
			broker.cut(2 * time.Second)
		}()
		r, err := Run(t.Context(), cfg)
		if err != nil {
			t.Fatal(err)
		}
		want := publisher.Outcomes{Acknowledged: 999, Unknown: 1}
		if r.Outcomes != want || r.Overdue != 0 || r.Deliveries.Received != 999 || r.Deliveries.Lost != 0 || r.Sound() {
			t.Errorf("%+v, overdue %d, %+v", r.Outcomes, r.Overdue, r.Deliveries)
		}
		if r.Outages != 2 || r.Outage != 4*time.Second { // of a publisher and a subscriber
			t.Errorf("%d outages, %v", r.Outages, r.Outage)
		}
		if r.Ack.Max < 1900*time.Millisecond || r.Ack.Max > 2100*time.Millisecond {
			t.Errorf("the slowest took %v", r.Ack.Max)
		}
	})
}

// A connection that does not come back ends the run, with what was measured until then.
func TestOutageThatLasts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broker := &fakeBroker{takes: func(int) time.Duration { return 5 * time.Millisecond }}
		cfg := broker.config()
		cfg.Window, cfg.Duration, cfg.MaxOutage = 64, time.Hour, 3*time.Second
		started := time.Now()
		go func() {
			time.Sleep(4*time.Second + 2*time.Millisecond)
			broker.cut(time.Minute)
		}()
		r, err := Run(t.Context(), cfg)
		var outage *OutageError
		if !errors.As(err, &outage) || outage.After != cfg.MaxOutage || !errors.Is(err, errCut) {
			t.Errorf("%v", err)
		}
		if took := time.Since(started); took != 7*time.Second+2*time.Millisecond {
			t.Errorf("it ended after %v", took)
		}
		// One message was asked for the topic; a window was in flight.
		if want := (publisher.Outcomes{Acknowledged: 799, Unknown: 64}); r == nil || r.Outcomes != want || !r.Interrupted {
			t.Errorf("%+v", r)
		}
		synctest.Wait()
		time.Sleep(time.Minute) // for cut to end
	})
}
