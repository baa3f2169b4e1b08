package welcome

import (
	"errors"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/bubbles/key"

	"joltui/internal/feed"
	"joltui/jolt"
	"joltui/ui/views/kit"
	"joltui/ui/views/kit/kittest"
)

func TestWelcomeSaysWhyAndWhatToDo(t *testing.T) {
	no := &jolt.RejectedError{Op: jolt.OpAuth, Text: "auth_failed: \x1b[31mno"}
	for _, tc := range []struct {
		name string
		c    feed.Connection
		want []string
	}{
		{"waiting", feed.Connection{State: jolt.Down, Cause: syscall.ECONNREFUSED, Attempt: 3, RetryAt: kittest.Start().Add(3 * time.Second)},
			[]string{"No broker at h:1 yet", "connection refused", "try 4 in 3 s", "START", "joltui demo", "--host HOST --port PORT"}},
		{"trying", feed.Connection{State: jolt.Connecting, Cause: syscall.ECONNREFUSED, Attempt: 4},
			[]string{"No broker at h:1 yet", "connection refused", "try 4: connecting…"}},
		{"refused", feed.Connection{State: jolt.Down, Cause: no, Attempt: 1, RetryAt: kittest.Start().Add(3 * time.Second)},
			[]string{"said no", `auth_failed: \x1b[31mno`, "try 2 in 3 s", "--user NAME"}},
		{"refused for good", feed.Connection{State: jolt.Closed, Cause: no},
			[]string{"said no", "not trying again", "--user NAME"}},
		{"given up", feed.Connection{State: jolt.Closed, Cause: jolt.ErrUnsafeAuth},
			[]string{"Could not connect to h:1", "in clear"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			v := New(&kit.Styles{})
			v.SetSize(80, 20)
			got := strings.Join(v.NoBroker(tc.c, "h:1", "START", kittest.Start()), "\n")
			for _, want := range tc.want {
				if !strings.Contains(got, want) {
					t.Errorf("it does not say %q:\n%s", want, got)
				}
			}
			if strings.Contains(got, "\x1b") {
				t.Errorf("the broker's words reach the terminal raw: %q", got)
			}
		})
	}
}

// What can be done about a broker of this program is offered where it helps, and nowhere else.
func TestWelcomeOffersABroker(t *testing.T) {
	broker, demo := kittest.Bind("H", "H"), kittest.Bind("T", "T")
	off := key.NewBinding(key.WithDisabled())
	no := &jolt.RejectedError{Op: jolt.OpAuth, Text: "auth_failed: no"}
	for name, tc := range map[string]struct {
		own        Own
		cause      error
		want, lack []string
	}{
		"offered":  {Own{Broker: broker, Demo: demo}, syscall.ECONNREFUSED, []string{"H  start a broker here", "T  try the demo", "C  choose a profile"}, []string{"joltui demo"}},
		"starting": {Own{Broker: off, Demo: off, Starting: true}, syscall.ECONNREFUSED, []string{"◌ starting a broker here"}, []string{"try the demo"}},
		"runs":     {Own{Broker: off, Demo: off, Addr: "h:1"}, syscall.ECONNREFUSED, []string{"● a broker of this program runs at h:1"}, []string{"try the demo"}},
		"failed":   {Own{Broker: broker, Demo: demo, Err: errors.New("the port\x1b is taken")}, syscall.ECONNREFUSED, []string{`✗ not started: the port\x1b is taken`, "T  try the demo"}, nil},
		"refusal":  {Own{Broker: off, Demo: off, Refusal: "h:1 is elsewhere"}, syscall.ECONNREFUSED, []string{"No broker can be started here: h:1 is elsewhere", "joltui demo"}, []string{"try the demo"}},
		"login":    {Own{Broker: broker, Demo: demo}, no, []string{"said no"}, []string{"start a broker", "try the demo"}},
	} {
		t.Run(name, func(t *testing.T) {
			v := New(&kit.Styles{})
			v.SetSize(80, 20)
			v.SetOwn(tc.own)
			v.SetHintKeys(kit.HintKeys{Profiles: kittest.Bind("C", "C"), Retry: kittest.Bind("R", "R")})
			got := strings.Join(v.NoBroker(feed.Connection{State: jolt.Down, Cause: tc.cause}, "h:1", "START", kittest.Start()), "\n")
			for _, want := range tc.want {
				if !strings.Contains(got, want) {
					t.Errorf("it does not say %q:\n%s", want, got)
				}
			}
			for _, lack := range append(tc.lack, "\x1b") {
				if strings.Contains(got, lack) {
					t.Errorf("it says %q:\n%s", lack, got)
				}
			}
		})
	}
}

func TestWelcomeNamesTheKeys(t *testing.T) {
	v := New(&kit.Styles{})
	v.SetSize(60, 14)
	v.SetOwn(Own{Addr: "127.0.0.1:9"})
	got := strings.Join(v.NoTopics(kittest.Bind("S", "S"), kittest.Bind("P", "P"), kittest.Bind("F1", "f1")), "\n")
	for _, want := range []string{"S     subscribe", "P     publish", "F1    all keys", "joltui pub --port 9 TOPIC DATA"} {
		if !strings.Contains(got, want) {
			t.Errorf("it does not say %q:\n%s", want, got)
		}
	}
}

func TestWelcomeFitsEveryRegion(t *testing.T) {
	v := New(kittest.Coloured())
	c := feed.Connection{State: jolt.Down, Cause: syscall.ECONNREFUSED}
	for w := range 80 {
		for h := range 20 {
			v.SetSize(w, h)
			v.SetOwn(Own{Err: errors.New("東京 is in use by something that is not a broker"), Broker: kittest.Bind("H", "H")})
			kittest.RequireSize(t, v.NoBroker(c, "東京:1", "START", kittest.Start()), w, h)
			kittest.RequireSize(t, v.NoTopics(kittest.Bind("s", "s"), kittest.Bind("p", "p"), kittest.Bind("?", "?")), w, h)
		}
	}
}
