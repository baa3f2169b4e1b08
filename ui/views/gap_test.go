package views_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"joltui/internal/feed"
	"joltui/jolt"
	"joltui/ui/views/kit"
	"joltui/ui/views/kit/kittest"
	"joltui/ui/views/ledger"
	"joltui/ui/views/stream"
)

// On a screen of 80 columns the cause of an outage fits beside its length, in the stream and
// in the ledger. Consecutive outages are one row of a stream.
func TestGapSaysWhy(t *testing.T) {
	f := feed.New(feed.Limits{})
	slow := fmt.Errorf("%w: EOF", jolt.ErrFellBehind)
	f.Apply([]jolt.Event{
		kittest.Message(kittest.Start(), "orders.eu", "1"),
		&jolt.Gap{From: kittest.Start(), To: kittest.Start().Add(8100 * time.Millisecond), Cause: slow},
		kittest.Message(kittest.Start(), "orders.eu", "2"),
		&jolt.Gap{From: kittest.Start(), To: kittest.Start().Add(time.Second), Cause: slow},
		&jolt.Gap{From: kittest.Start().Add(2 * time.Second), To: kittest.Start().Add(31 * time.Second), Cause: &jolt.BrokerError{Text: "slow_consumer: nothing was read for 10s"}},
	})
	stream := strings.Join(streamOf(80, 12).View(f, kittest.Start()), "\n")
	for _, want := range []string{"── gap of up to 8.1 s: this program was too slow or stopped ──", "── 2 gaps within 31 s: slow_consumer: nothing was read for 10s ──"} {
		if !strings.Contains(stream, want) {
			t.Errorf("the stream lacks %q:\n%s", want, stream)
		}
	}
	log := strings.Join(logOf(80, 12).View(f, kittest.Start()), "\n")
	for _, want := range []string{"── gap of up to 8.1 s: this program was too slow or stopped", "── gap of up to 29 s: slow_consumer: nothing was read for 10s"} {
		if !strings.Contains(log, want) {
			t.Errorf("the log lacks %q:\n%s", want, log)
		}
	}
}

func streamOf(w, h int) *stream.Pane {
	v := stream.New(new(kit.Styles), stream.Actions(), kittest.MoveKeys())
	v.SetSize(w, h)
	return v
}

func logOf(w, h int) *ledger.Pane {
	v := ledger.New(new(kit.Styles), ledger.Actions(), kittest.MoveKeys())
	v.SetSize(w, h)
	return v
}
