package views

import (
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"joltui/internal/feed"
	"joltui/jolt"
)

func TestWelcomeSaysWhyAndWhatToDo(t *testing.T) {
	no := &jolt.RejectedError{Op: jolt.OpAuth, Text: "auth_failed: \x1b[31mno"}
	for _, tc := range []struct {
		name string
		c    feed.Connection
		want []string
	}{
		{"waiting", feed.Connection{State: jolt.Down, Cause: syscall.ECONNREFUSED, Attempt: 3, RetryAt: start().Add(3 * time.Second)},
			[]string{"No broker at h:1 yet", "connection refused", "try 4 in 3 s", "START", "joltui demo", "--host HOST --port PORT"}},
		{"trying", feed.Connection{State: jolt.Connecting, Cause: syscall.ECONNREFUSED, Attempt: 4},
			[]string{"No broker at h:1 yet", "connection refused", "try 4: connecting…"}},
		{"refused", feed.Connection{State: jolt.Down, Cause: no, Attempt: 1, RetryAt: start().Add(3 * time.Second)},
			[]string{"said no", `auth_failed: \x1b[31mno`, "try 2 in 3 s", "--user NAME"}},
		{"refused for good", feed.Connection{State: jolt.Closed, Cause: no},
			[]string{"said no", "not trying again", "--user NAME"}},
		{"given up", feed.Connection{State: jolt.Closed, Cause: jolt.ErrUnsafeAuth},
			[]string{"Could not connect to h:1", "in clear"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			v := NewWelcome(&Styles{})
			v.SetSize(80, 20)
			got := strings.Join(v.NoBroker(tc.c, "h:1", "START", start()), "\n")
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
	v := NewWelcome(&Styles{})
	v.SetSize(60, 14)
	got := strings.Join(v.NoTopics(bind("S", "S"), bind("P", "P"), bind("F1", "f1")), "\n")
	for _, want := range []string{"S     subscribe", "P     publish", "F1    all keys"} {
		if !strings.Contains(got, want) {
			t.Errorf("it does not say %q:\n%s", want, got)
		}
	}
}

func TestWelcomeFitsEveryRegion(t *testing.T) {
	v := NewWelcome(coloured())
	c := feed.Connection{State: jolt.Down, Cause: syscall.ECONNREFUSED}
	for w := range 80 {
		for h := range 20 {
			v.SetSize(w, h)
			checkRows(t, v.NoBroker(c, "東京:1", "START", start()), w, h)
			checkRows(t, v.NoTopics(bind("s", "s"), bind("p", "p"), bind("?", "?")), w, h)
		}
	}
}

func checkRows(t *testing.T, rows []string, w, h int) {
	t.Helper()
	if len(rows) != h {
		t.Fatalf("%d rows in %d×%d", len(rows), w, h)
	}
	for _, row := range rows {
		if got := ansi.StringWidth(row); got != w {
			t.Fatalf("a row of %d cells in %d×%d: %q", got, w, h, row)
		}
	}
}

func TestTinyFitsEveryWindowAndSaysTheSizes(t *testing.T) {
	tiny := NewTiny(coloured())
	for w := range 60 {
		for h := range 20 {
			rows := tiny.View(w, h, 40, 12)
			checkRows(t, rows, w, h)
			if text := strings.Join(rows, "\n"); w >= 15 && h >= 1 && !strings.Contains(text, "40×12") {
				t.Fatalf("%d×%d does not say what it needs: %q", w, h, text)
			}
		}
	}
}
