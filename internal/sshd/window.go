package sshd

import "time"

const (
	minWindow = 16 << 10
	maxWindow = 256 << 10
	// What is on its way delays the answer to a key. More than this is felt.
	mostDelay = 250 * time.Millisecond
)

// window is how many bytes may be on their way to a viewer, not acknowledged: many on a link
// that is fast or long, few on a slow one, where each waits for all that were sent before it.
type window struct {
	size int
	// best is the shortest round trip, what the way itself takes. It does not follow longer
	// ones: under a steady load there are no others, and the delay would be taken for the way.
	best time.Duration
}

// answered adapts the window to a round trip behind so many bytes; held says that more would
// have been sent. Where half a window takes less than half of mostDelay, twice as much may be on its way
// before a viewer feels it.
func (w *window) answered(took time.Duration, behind int, held bool) {
	if w.best == 0 || took < w.best {
		w.best = took
	}
	switch delay := took - w.best; {
	case delay > mostDelay:
		w.size = max(minWindow, w.size/2)
	case held && behind >= w.size/2 && delay < mostDelay/2:
		w.size = min(maxWindow, w.size*2)
	}
}
