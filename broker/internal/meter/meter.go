package meter

import (
	"sync"
	"time"
)

// span is how far one may be ahead: after a pause, that much can be done at once.
const span = time.Second

// least is below how many are known it is not worth looking whom to forget.
const least = 1024

// Meter bounds how often each may do something. Its methods are safe for concurrent use.
type Meter struct {
	each time.Duration // what one time takes

	mu    sync.Mutex
	until map[string]time.Time // what each has done takes until then
	look  int                  // at how many to look whom to forget
}

// New returns a meter that allows so much in a second, 1 to 1e9.
func New(perSecond int) *Meter {
	return &Meter{each: time.Second / time.Duration(perSecond), until: make(map[string]time.Time), look: least}
}

// Take returns 0 if who may do it now, and then it counts; or how long to wait.
func (m *Meter) Take(who string) (wait time.Duration) {
	now := time.Now()
	m.mu.Lock()
	defer m.mu.Unlock()
	until, known := m.until[who]
	if until.Before(now) {
		until = now
	}
	until = until.Add(m.each)
	if wait = until.Sub(now) - span; wait > 0 {
		return wait
	}
	if !known && len(m.until) >= m.look {
		m.forget(now)
	}
	m.until[who] = until
	return 0
}

// forget drops those who are not ahead: they are as if they had done nothing.
func (m *Meter) forget(now time.Time) {
	for who, until := range m.until {
		if !until.After(now) {
			delete(m.until, who)
		}
	}
	m.look = max(least, 2*len(m.until))
}
