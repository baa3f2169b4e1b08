package broker

import "time"

const (
	// paceBytes is how much a session publishes at least between two pauses.
	paceBytes = 64 << 10
	// longPause is the longest pause for a subscriber whose queue is nearly full.
	// All that a publisher is held up in such pauses beyond Limits.PaceBytes is
	// maxPauses in patienceReturns.
	longPause       = 250 * time.Millisecond
	maxPauses       = time.Second
	patienceReturns = time.Minute
	// stalledAfter is when a peer that takes nothing does not count any more, and
	// lastChance when one whose queue is nearly full does not.
	stalledAfter = 100 * time.Millisecond
	lastChance   = 500 * time.Millisecond
	// worthTelling is how long a publisher is held up before the log says so.
	worthTelling = time.Second
)

// One publisher can fill a queue faster than a perfectly healthy subscriber
// empties it: without pauses, one that reads 600,000 messages of 128 B a second
// was disconnected as slow after 0.13 s, with them it loses nothing. So a
// session that publishes a lot pauses, shortly, while one of its subscribers is
// more than half its limit behind and catching up. Where the machine is so busy
// that even that is too fast for all of its subscribers, it pauses for longer:
// 64 that read 2 GB/s together fell out one by one when something else took the
// processors for some 100 ms. Whoever has taken nothing for half a second makes
// nobody wait.
//
// What a publisher waits for all of its subscribers together is bounded, so that
// none of them, and no number of them, can hold it up for longer: the short pauses
// by Limits.PaceBytes, the long ones by its indulgence.

// behind says that whoever fills the outbox should slow down. The mutex is
// held.
func (o *outbox) behind() bool {
	if o.backlog <= o.limit/2 || o.ended {
		return false
	}
	still := time.Since(o.moved)
	return still < stalledAfter || o.nearlyFull() && still < lastChance
}

// nearlyFull says that a little more ends the outbox. The mutex is held.
func (o *outbox) nearlyFull() bool { return o.backlog > o.limit/4*3 }

// ease lets go those who wait in catchUp. The mutex is held.
func (o *outbox) ease() {
	if o.eased != nil {
		close(o.eased)
		o.eased = nil
	}
}

// catchUp waits until the outbox is not behind: for short at most, or for long where
// its queue is nearly full. It returns how long that took.
func (o *outbox) catchUp(short, long time.Duration) time.Duration {
	o.mu.Lock()
	if !o.behind() {
		o.mu.Unlock()
		return 0
	}
	if o.eased == nil {
		o.eased = make(chan struct{})
	}
	eased, pause := o.eased, short
	if o.nearlyFull() {
		pause = max(short, long)
	}
	o.mu.Unlock()

	start := time.Now()
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-eased:
	case <-timer.C:
	}
	return time.Since(start)
}

// indulgence is how long a publisher can still be held up in long pauses.
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

// pace pauses if the session has published a lot since the last time and a
// subscriber is behind.
func (s *session) pace() {
	if s.unpaced < paceBytes {
		return
	}
	published := min(s.unpaced, batchReadBytes)
	s.unpaced = 0
	slow := s.fanOut.behind
	if slow == nil {
		return
	}
	s.fanOut.behind, s.fanOut.waiting = nil, 0
	short := time.Duration(float64(published) / float64(s.b.cfg.Limits.PaceBytes) * float64(time.Second))
	waited := slow.catchUp(short, min(longPause, s.indulgence.left(time.Now())))
	s.indulgence.used += max(0, waited-short)
	s.b.delays.add(s, slow, waited)
}
