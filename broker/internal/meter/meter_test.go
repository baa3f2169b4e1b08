package meter

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"
)

// However somebody goes about it, it is at most a second's worth at once, and so much in
// each second; whoever waits as long as told may go on, and others are not held up.
func TestTake(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := New(10)
		for n := range 10 {
			if wait := m.Take("alice"); wait != 0 {
				t.Fatalf("the %dth has to wait for %v", n+1, wait)
			}
		}
		for range 3 { // what is refused does not count
			if wait := m.Take("alice"); wait != 100*time.Millisecond {
				t.Fatalf("waits for %v", wait)
			}
		}
		if wait := m.Take("bob"); wait != 0 {
			t.Errorf("bob waits for %v", wait)
		}
		done := 0
		for start := time.Now(); time.Since(start) < 10*time.Second; time.Sleep(time.Millisecond) {
			if m.Take("alice") == 0 {
				done++
			}
		}
		if done != 99 { // the first after 100 ms
			t.Errorf("%d in 10 s, want 99", done)
		}
		time.Sleep(time.Minute)
		for done = 0; m.Take("alice") == 0; done++ {
		}
		if done != 10 {
			t.Errorf("%d at once after a pause", done)
		}
	})
}

// Those who have paused are forgotten, and nobody else.
func TestForget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := New(1)
		for n := range 10 * least {
			m.Take(fmt.Sprint(n))
			time.Sleep(10 * time.Millisecond)
		}
		if got := len(m.until); got > 2*least {
			t.Errorf("%d are known", got)
		}
		if m.Take(fmt.Sprint(10*least-1)) == 0 {
			t.Error("the last one was forgotten")
		}
	})
}
