package welcome

import (
	"strings"
	"syscall"
	"testing"
	"time"

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
			got := strings.Join(v.NoBroker(tc.c, "h:1", "START", kittest.Bind("C", "C"), kittest.Start()), "\n")
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

func TestWelcomeNamesTheKeys(t *testing.T) {
	v := New(&kit.Styles{})
	v.SetSize(60, 14)
	got := strings.Join(v.NoTopics(kittest.Bind("S", "S"), kittest.Bind("P", "P"), kittest.Bind("F1", "f1")), "\n")
	for _, want := range []string{"S     subscribe", "P     publish", "F1    all keys"} {
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
			kittest.RequireSize(t, v.NoBroker(c, "東京:1", "START", kittest.Bind("C", "C"), kittest.Start()), w, h)
			kittest.RequireSize(t, v.NoTopics(kittest.Bind("s", "s"), kittest.Bind("p", "p"), kittest.Bind("?", "?")), w, h)
		}
	}
}
