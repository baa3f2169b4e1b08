package broker

import "time"

const (
	// paceBytes is how much a session publishes at least between two pauses.
	paceBytes = 64 << 10
	// maxPause is the longest pause for as much: it lets each publisher send
	// 13 MB/s whatever its subscribers do.
	maxPause = 5 * time.Millisecond
	// longPause is the longest pause for a subscriber whose queue is nearly full,
	// and maxPauses how long publishers wait for it in such pauses, all
	// together, until it has caught up.
	longPause = 250 * time.Millisecond
	maxPauses = time.Second
	// stalledAfter is when a peer that takes nothing does not count any more, and
	// lastChance when one whose queue is nearly full does not.
	stalledAfter = 100 * time.Millisecond
	lastChance   = 500 * time.Millisecond
)

// One publisher can fill a queue faster than a perfectly healthy subscriber
// empties it: without pauses, one that reads 600,000 messages of 128 B a second
// was disconnected as slow after 0.13 s, with them it loses nothing. So a
// session that publishes a lot pauses, shortly, while one of its subscribers is
// more than half its limit behind and catching up. Where the machine is so busy
// that even that is too fast for all of its subscribers, it pauses for longer,
// for a second in all: 64 that read 2 GB/s together fell out one by one when
// something else took the processors for some 100 ms. Whoever has taken nothing
// for half a second makes nobody wait.

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
	o.waited = 0
	if o.eased != nil {
		close(o.eased)
		o.eased = nil
	}
}

// catchUp waits until the outbox is not behind, but not for longer than its
// subscriber may hold up somebody who has published so much.
func (o *outbox) catchUp(published int) {
	short := maxPause * time.Duration(min(published, batchReadBytes)/paceBytes)
	o.mu.Lock()
	if !o.behind() {
		o.mu.Unlock()
		return
	}
	if o.eased == nil {
		o.eased = make(chan struct{})
	}
	eased, pause := o.eased, o.pause(short)
	o.mu.Unlock()

	start := time.Now()
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-eased:
	case <-timer.C:
		if pause > short {
			o.mu.Lock()
			o.waited += time.Since(start)
			o.mu.Unlock()
		}
	}
}

// pause is how long to wait for the outbox: short or long. The mutex is held.
func (o *outbox) pause(short time.Duration) time.Duration {
	if !o.nearlyFull() {
		return short
	}
	return max(short, min(longPause, maxPauses-o.waited))
}

// pace pauses if the session has published a lot since the last time and a
// subscriber is behind.
func (s *session) pace() {
	if s.unpaced < paceBytes {
		return
	}
	published := s.unpaced
	s.unpaced = 0
	if s.fanOut.behind != nil {
		s.fanOut.behind.catchUp(published)
		s.fanOut.behind, s.fanOut.waiting = nil, 0
	}
}
