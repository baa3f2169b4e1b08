package frame

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/bubbles/key"

	"joltui/internal/feed"
	"joltui/jolt"
	"joltui/ui/views/kit"
	"joltui/ui/views/kit/kittest"
)

func statusFeed(states ...*jolt.StateChange) *feed.Feed {
	f := feed.New(feed.Limits{})
	for _, s := range states {
		f.Apply([]jolt.Event{s})
	}
	return f
}

func TestHeaderSaysWhereTheConnectionStands(t *testing.T) {
	at := kittest.Start().Add(-3*time.Hour - 12*time.Minute)
	cause := errors.New("jolt: reset")
	up := &jolt.StateChange{At: at, State: jolt.Up, Addr: "h:1", User: "alice"}
	down := &jolt.StateChange{
		At: kittest.Start(), State: jolt.Down, Addr: "h:1", Attempt: 3, Cause: cause, RetryAt: kittest.Start().Add(2500 * time.Millisecond),
	}
	for _, tc := range []struct {
		name   string
		states []*jolt.StateChange
		want   string
	}{
		{"at first", nil, " joltui  given:1  ◌ connecting…  bob"},
		{"up", []*jolt.StateChange{up}, " joltui  h:1  ● connected 3h12m  alice"},
		{"down", []*jolt.StateChange{down}, " joltui  h:1  ✗ disconnected · reset · retry in 3 s (try 4)  bob"},
		{"again", []*jolt.StateChange{down, {At: kittest.Start(), State: jolt.Connecting, Addr: "h:1", Attempt: 4}},
			" joltui  h:1  ◌ connecting… (try 4)  bob"},
		{"closed", []*jolt.StateChange{{At: kittest.Start(), State: jolt.Closed, Addr: "h:1", Cause: cause}},
			" joltui  h:1  ■ closed · reset  bob"},
		{"closed on purpose", []*jolt.StateChange{{At: kittest.Start(), State: jolt.Closed, Addr: "h:1"}},
			" joltui  h:1  ■ closed  bob"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			info := Info{Addr: "given:1", User: "bob"}
			got := New(&kit.Styles{}).Header(statusFeed(tc.states...), kittest.Start(), 100, info)
			if strings.TrimRight(strings.TrimSuffix(got, "UTC "), " ") != tc.want {
				t.Errorf("got  %q\nwant %q", got, tc.want)
			}
		})
	}
}

func TestARetryThatIsDueIsNow(t *testing.T) {
	f := statusFeed(&jolt.StateChange{At: kittest.Start(), State: jolt.Down, Addr: "h:1", RetryAt: kittest.Start()})
	if got := New(&kit.Styles{}).Header(f, kittest.Start().Add(time.Second), 100, Info{}); !strings.Contains(got, "retry now") {
		t.Errorf("got %q", got)
	}
}

// However narrow the row is, it has the width that was asked for, and the state and what
// needs attention are left out last.
func TestStatusGivesWayWhenNarrow(t *testing.T) {
	f := statusFeed(&jolt.StateChange{At: kittest.Start(), State: jolt.Up, Addr: "broker.example:8080", User: "alice"})
	f.Tick(kittest.Start())
	kittest.Orders(f, "a", 0, 5000)
	f.Dropped("a", 77, 1)
	f.Tick(kittest.Start().Add(time.Second))
	keys := []key.Binding{kittest.Bind("p", "p"), kittest.Bind("s", "s"), kittest.Bind("enter", "enter"), kittest.Bind("?", "?")}
	info := Info{Paused: true, Hidden: 2, Keys: keys}
	s := New(kittest.Coloured())
	for w := range 140 {
		header, footer := s.Header(f, kittest.Start(), w, info), s.Footer(f, w, info)
		if kit.Width(header) != w || kit.Width(footer) != w {
			t.Fatalf("at %d the rows are %d and %d wide", w, kit.Width(header), kit.Width(footer))
		}
		if w >= 36 && (!strings.Contains(header, "connected") || !strings.Contains(header, "PAUSED")) {
			t.Errorf("at %d: %q", w, header)
		}
		if w >= 20 && !strings.Contains(footer, "dropped") {
			t.Errorf("at %d: %q", w, footer)
		}
	}
}

func TestFooterCountsAddUp(t *testing.T) {
	f := feed.New(feed.Limits{TopicMessages: 1000})
	f.Tick(kittest.Start())
	kittest.Orders(f, "a", 0, 5000)
	f.Dropped("a", 77, 1)
	got := strings.TrimRight(New(&kit.Styles{}).Footer(f, 120, Info{}), " ")
	if want := " received 5,077  shown 1,000  evicted 4,000  dropped 77"; got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestFooterSaysWhenPayloadsWereCut(t *testing.T) {
	f := feed.New(feed.Limits{Body: 4})
	f.Apply([]jolt.Event{kittest.Message(kittest.Start(), "a", "too long")})
	if got := New(&kit.Styles{}).Footer(f, 120, Info{}); !strings.Contains(got, "cut 1") {
		t.Errorf("got %q", got)
	}
}
