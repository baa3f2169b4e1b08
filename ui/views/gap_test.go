package views

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"joltui/internal/feed"
	"joltui/jolt"
)

// An outage is never said to be shorter than it was.
func TestUpTo(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0:                                   "0 ms",
		time.Nanosecond:                     "1.00 ms",
		141 * time.Millisecond:              "141 ms",
		141*time.Millisecond + 1:            "142 ms",
		1040 * time.Millisecond:             "1.1 s",
		9949 * time.Millisecond:             "10 s",
		10*time.Second + time.Millisecond:   "11 s",
		59*time.Second + time.Millisecond:   "1m",
		119*time.Second + time.Millisecond:  "2m",
		150 * time.Second:                   "2m30s",
		time.Hour + time.Second:             "1h1m",
		2*24*time.Hour + time.Second:        "2d1h",
		59*time.Minute + 59*time.Second + 1: "1h",
	} {
		if got := UpTo(d); got != want {
			t.Errorf("UpTo(%s) = %q, want %q", d, got, want)
		}
	}
}

// Why there was an outage fits beside how long it was on a screen of 80 columns, in
// the stream and in the ledger; several in a row are one row of a stream.
func TestGapSaysWhy(t *testing.T) {
	f := feed.New(feed.Limits{})
	slow := fmt.Errorf("%w: EOF", jolt.ErrFellBehind)
	f.Apply([]jolt.Event{
		message(start(), "orders.eu", "1"),
		&jolt.Gap{From: start(), To: start().Add(8100 * time.Millisecond), Cause: slow},
		message(start(), "orders.eu", "2"),
		&jolt.Gap{From: start(), To: start().Add(time.Second), Cause: slow},
		&jolt.Gap{From: start().Add(2 * time.Second), To: start().Add(31 * time.Second), Cause: &jolt.BrokerError{Text: "slow_consumer: nothing was read for 10s"}},
	})
	stream := strings.Join(newStream("", 80, 12).View(f, start()), "\n")
	for _, want := range []string{"── gap of up to 8.1 s: this program was too slow or stopped ──", "── 2 gaps within 31 s: slow_consumer: nothing was read for 10s ──"} {
		if !strings.Contains(stream, want) {
			t.Errorf("the stream lacks %q:\n%s", want, stream)
		}
	}
	log := strings.Join(newLog(80, 12).View(f, start()), "\n")
	for _, want := range []string{"── gap of up to 8.1 s: this program was too slow or stopped", "── gap of up to 29 s: slow_consumer: nothing was read for 10s"} {
		if !strings.Contains(log, want) {
			t.Errorf("the log lacks %q:\n%s", want, log)
		}
	}
}
