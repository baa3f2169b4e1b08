package traffic

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"joltui/internal/system"
)

func TestStates(t *testing.T) {
	start := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	c := New(start)
	c.Subscribers("listened", 2)
	c.Subscribers("gone before it was known", 0)
	c.Published([]string{"heard"}, []int{3}, []int{300})
	c.Published([]string{"heard"}, []int{1}, []int{100})
	expect(t, c, start.Add(2*time.Second),
		system.Topic{Topic: "heard", Messages: 4, Bytes: 400, MessageRate: 2, ByteRate: 200, LastHeard: "2026-01-02T03:04:07.000Z"},
		system.Topic{Topic: "listened", Subscribers: 2})
	c.Subscribers("listened", 0)
	expect(t, c, start.Add(3*time.Second),
		system.Topic{Topic: "heard", Messages: 4, Bytes: 400, LastHeard: "2026-01-02T03:04:07.000Z"})
	expect(t, c, start.Add(2*time.Second).Add(lingers))
}

func expect(t *testing.T, c *Counter, at time.Time, want ...system.Topic) {
	t.Helper()
	states := make(map[string]system.Topic)
	for _, s := range want {
		states[s.Topic] = s
	}
	if diff := cmp.Diff(states, c.States(at)); diff != "" {
		t.Error(diff)
	}
}

// Publishers can make up topics; what is kept of them is bounded.
func TestTopicsAreBounded(t *testing.T) {
	now := time.Now()
	c := New(now)
	for n := range 2 * Most {
		c.Published([]string{fmt.Sprint(n)}, []int{1}, []int{1})
		c.Subscribers(fmt.Sprint(n), 1)
	}
	if got := len(c.States(now)); got != Most {
		t.Errorf("%d topics are kept, want %d", got, Most)
	}
}
