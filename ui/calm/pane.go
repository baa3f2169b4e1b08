package calm

import "time"

const (
	// Before is how long a pane is left alone before it shrinks. It is longer than people
	// look away between two keys, so that nothing moves while they work.
	Before = 10 * time.Second
	// still is how long after a key a pane does not grow while the user reads further up:
	// rows would move under their eyes.
	still = 3 * time.Second
)

// Sight is what is to be seen of a pane.
type Sight struct {
	// Busy means that the pane needs its rows: it has the focus, or something is under way.
	Busy bool
	// Changes changes whenever something new is in the pane.
	Changes uint64
	// Troubles changes whenever something has gone wrong there.
	Troubles uint64
	// Touched is when the latest key was pressed, or the mouse used; zero for never.
	Touched time.Time
	// Reading means that the user has scrolled another pane.
	Reading bool
}

// Pane is whether a pane is small. The zero Pane is not.
//
// It shrinks after Before without a key, the focus or anything new. What is new does not make
// it grow again, since its last rows show it; what goes wrong does. So a pane does not
// flicker: it shrinks once in so many seconds at most.
type Pane struct {
	small    bool
	since    time.Time // of the calm
	changes  uint64
	troubles uint64
	owed     bool // it has to grow
}

// Small returns a pane that is small from the beginning.
func Small() Pane { return Pane{small: true} }

// See looks at the pane, and reports whether it is small now.
func (p *Pane) See(now time.Time, s Sight) bool {
	p.owed = p.owed || s.Troubles != p.troubles
	if s.Busy || s.Changes != p.changes || s.Troubles != p.troubles || p.since.IsZero() {
		p.since = now
	}
	p.changes, p.troubles = s.Changes, s.Troubles
	if s.Touched.After(p.since) {
		p.since = s.Touched
	}
	scrolls := s.Reading && now.Sub(s.Touched) < still
	switch {
	case s.Busy, p.owed && !scrolls:
		p.small, p.owed, p.since = false, false, now
	case now.Sub(p.since) >= Before && !p.owed:
		p.small = true
	}
	return p.small
}
