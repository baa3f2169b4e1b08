package broker

import (
	"slices"
	"time"
)

const (
	// longestWait is how long a publish waits for its subscribers at most, so that a
	// client that waits for its acknowledgement does not take the broker for dead.
	longestWait = 2 * time.Second
	// All that a publisher waits for subscribers that read less than Limits.PaceBytes is
	// maxPauses in patienceReturns.
	maxPauses       = time.Second
	patienceReturns = time.Minute
	// lastChance is when one that takes nothing is not waited for any more.
	lastChance = 500 * time.Millisecond
	// worthTelling is how long a publisher is held up before the log says so.
	worthTelling = time.Second
)

// Publishers can fill a queue faster than a perfectly healthy subscriber empties it:
// without pauses, one that reads 600,000 messages of 128 B a second was disconnected as
// slow after 0.13 s. So a publish to a subscriber whose queue is crowded waits, before
// anything is queued, until there is room for it, and takes that room for itself. So
// however many publish at the same time, they cannot overrun one that reads.
//
// One that does not read, or too little, must not hold anybody up for long. While
// publishers wait for a subscriber, nothing is queued for it: what it takes is what it can
// read. They wait as long as that is Limits.PaceBytes in a second at least, and beyond that
// each for a second in a minute, for all subscribers together. Then they publish all the
// same, and the subscriber is disconnected when its queue is full.

// crowdedAt is how much is in a queue of this limit when publishers begin to wait. The rest
// is for replies, and for publishes that saw the queue just before.
func crowdedAt(limit int) int { return limit / 4 * 3 }

// room says that n bytes more do not make the queue crowded. The mutex is held.
func (o *outbox) room(n int) bool {
	waiting := o.backlog + o.promised
	return o.ended || waiting == 0 || waiting+n <= crowdedAt(o.limit)
}

// ease lets those look again who wait for room. The mutex is held.
func (o *outbox) ease() {
	o.crowded.Store(!o.ended && o.backlog > crowdedAt(o.limit)/2)
	if o.eased != nil {
		close(o.eased)
		o.eased = nil
	}
}

// allowance is how long a publish may wait for a subscriber.
type allowance struct {
	pace     int           // bytes a second that the subscriber has to take, to be waited for
	fair     time.Duration // however little it takes
	patience time.Duration // beyond that
	most     time.Duration // in any case
}

// allow returns that of a publish of n bytes, but for the patience.
func allow(n, pace int) allowance {
	return allowance{pace: pace, fair: time.Duration(float64(n) / float64(pace) * float64(time.Second)), most: longestWait}
}

// admit waits until there is room for n bytes, and promises it to the caller, who calls
// keepPromise in the end. It returns how long that took, and how much of it was patience.
func (o *outbox) admit(n int, a allowance, leave <-chan struct{}) (waited, beyond time.Duration) {
	start := time.Now()
	o.mu.Lock()
	defer o.mu.Unlock()
	taken := o.taken
	deserved := func() time.Duration {
		reads := time.Duration(float64(o.taken-taken) / float64(a.pace) * float64(time.Second))
		return max(a.fair, reads)
	}
	for !o.room(n) {
		left := min(a.most, deserved()+a.patience, o.moved.Add(lastChance).Sub(start)) - time.Since(start)
		if left <= 0 || !o.progress(left, leave) {
			break
		}
	}
	o.promised += n
	waited = time.Since(start)
	return waited, max(0, waited-deserved())
}

// progress waits, with the mutex released, until the peer has taken something, for so long
// at most. It reports whether leave is still open.
func (o *outbox) progress(most time.Duration, leave <-chan struct{}) bool {
	if o.eased == nil {
		o.eased = make(chan struct{})
	}
	eased := o.eased
	o.mu.Unlock()
	defer o.mu.Lock()
	timer := time.NewTimer(most)
	defer timer.Stop()
	select {
	case <-eased:
	case <-timer.C:
	case <-leave:
		return false
	}
	return true
}

// keepPromise ends a promise: what it was for is in the queue.
func (o *outbox) keepPromise(n int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.promised -= n
	o.ease()
}

// waitFor waits until there is room for n bytes with a subscriber, which is admitted then,
// and takes that time off what is left of a and p.
func (f *fanOut) waitFor(slow *outbox, n int, a *allowance, p *indulgence, leave <-chan struct{}) (waited time.Duration) {
	f.deliver() // it may be what makes room
	a.patience = p.left(time.Now())
	waited, beyond := slow.admit(n, *a, leave)
	f.admitted = append(f.admitted, slow)
	p.used += beyond
	a.fair, a.most = max(0, a.fair-waited), max(0, a.most-waited)
	return waited
}

// keepPromises ends those for a burst of n bytes.
func (f *fanOut) keepPromises(n int) {
	for _, o := range f.admitted {
		o.keepPromise(n)
	}
	clear(f.admitted)
	f.admitted = f.admitted[:0]
}

// indulgence is how long a publisher can still be held up beyond what is fair.
type indulgence struct {
	used time.Duration
	at   time.Time // when that was so
}

// left returns how long that is.
func (p *indulgence) left(now time.Time) time.Duration {
	returned := now.Sub(p.at) / time.Duration(patienceReturns/maxPauses)
	p.used, p.at = max(0, p.used-returned), now
	return maxPauses - p.used
}

// isCrowded says that a publish has to wait for o, which it has not yet.
func (f *fanOut) isCrowded(o *outbox) bool {
	return o.crowded.Load() && !slices.Contains(f.admitted, o)
}
