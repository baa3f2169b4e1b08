package views

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/bubbles/key"

	"joltui/internal/feed"
	"joltui/jolt"
)

func statusFeed(states ...*jolt.StateChange) *feed.Feed {
	f := feed.New(feed.Limits{})
	for _, s := range states {
		f.Apply([]jolt.Event{s})
	}
	return f
}

func TestHeaderSaysWhereTheConnectionStands(t *testing.T) {
	at := start().Add(-3*time.Hour - 12*time.Minute)
	cause := errors.New("jolt: reset")
	up := &jolt.StateChange{At: at, State: jolt.Up, Addr: "h:1", User: "alice"}
	down := &jolt.StateChange{
		At: start(), State: jolt.Down, Addr: "h:1", Attempt: 3, Cause: cause, RetryAt: start().Add(2500 * time.Millisecond),
	}
	for _, tc := range []struct {
		name   string
		states []*jolt.StateChange
		want   string
	}{
		{"at first", nil, " joltui  given:1  ◌ connecting…  bob"},
		{"up", []*jolt.StateChange{up}, " joltui  h:1  ● connected 3h12m  alice"},
		{"down", []*jolt.StateChange{down}, " joltui  h:1  ✗ disconnected · reset · retry in 3 s (try 4)  bob"},
		{"again", []*jolt.StateChange{down, {At: start(), State: jolt.Connecting, Addr: "h:1", Attempt: 4}},
			" joltui  h:1  ◌ connecting… (try 4)  bob"},
		{"closed", []*jolt.StateChange{{At: start(), State: jolt.Closed, Addr: "h:1", Cause: cause}},
			" joltui  h:1  ■ closed · reset  bob"},
		{"closed on purpose", []*jolt.StateChange{{At: start(), State: jolt.Closed, Addr: "h:1"}},
			" joltui  h:1  ■ closed  bob"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			info := StatusInfo{Addr: "given:1", User: "bob"}
			got := NewStatus(&Styles{}).Header(statusFeed(tc.states...), start(), 100, info)
			if strings.TrimRight(got, " ") != tc.want {
				t.Errorf("got  %q\nwant %q", got, tc.want)
			}
		})
	}
}

func TestARetryThatIsDueIsNow(t *testing.T) {
	f := statusFeed(&jolt.StateChange{At: start(), State: jolt.Down, Addr: "h:1", RetryAt: start()})
	if got := NewStatus(&Styles{}).Header(f, start().Add(time.Second), 100, StatusInfo{}); !strings.Contains(got, "retry now") {
		t.Errorf("got %q", got)
	}
}

// However narrow it is, the row is as wide as asked, and the state and what
// needs attention are what stays longest.
func TestStatusGivesWayWhenNarrow(t *testing.T) {
	f := statusFeed(&jolt.StateChange{At: start(), State: jolt.Up, Addr: "broker.example:8080", User: "alice"})
	f.Tick(start())
	orders(f, "a", 0, 5000)
	f.Dropped("a", 77, 1)
	f.Tick(start().Add(time.Second))
	keys := []key.Binding{bind("p", "p"), bind("s", "s"), bind("enter", "enter"), bind("?", "?")}
	info := StatusInfo{Paused: true, Waiting: 1204, Hidden: 2, Keys: keys}
	s := NewStatus(coloured())
	for w := range 140 {
		header, footer := s.Header(f, start(), w, info), s.Footer(f, w, info)
		if Width(header) != w || Width(footer) != w {
			t.Fatalf("at %d the rows are %d and %d wide", w, Width(header), Width(footer))
		}
		if w >= 36 && (!strings.Contains(header, "connected") || !strings.Contains(header, "PAUSED +1,204")) {
			t.Errorf("at %d: %q", w, header)
		}
		if w >= 20 && !strings.Contains(footer, "dropped") {
			t.Errorf("at %d: %q", w, footer)
		}
	}
}

func TestFooterCountsAddUp(t *testing.T) {
	f := feed.New(feed.Limits{TopicMessages: 1000})
	f.Tick(start())
	orders(f, "a", 0, 5000)
	f.Dropped("a", 77, 1)
	got := strings.TrimRight(NewStatus(&Styles{}).Footer(f, 120, StatusInfo{}), " ")
	if want := " received 5,077  shown 1,000  evicted 4,000  dropped 77"; got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestFooterSaysWhenPayloadsWereCut(t *testing.T) {
	f := feed.New(feed.Limits{Body: 4})
	f.Apply([]jolt.Event{message(start(), "a", "too long")})
	if got := NewStatus(&Styles{}).Footer(f, 120, StatusInfo{}); !strings.Contains(got, "cut 1") {
		t.Errorf("got %q", got)
	}
}
