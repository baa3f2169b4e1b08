package broker

import "time"

const (
	// paceBytes is how much a session publishes between two pauses.
	paceBytes = 64 << 10
	// maxPause is the longest pause. With paceBytes it lets each publisher
	// send 13 MB/s whatever its subscribers do.
	maxPause = 5 * time.Millisecond
	// stalledAfter is when a peer that takes nothing does not count any more.
	stalledAfter = 100 * time.Millisecond
)

// One publisher can fill a queue faster than a perfectly healthy subscriber
// empties it: without pauses, one that reads 600,000 messages of 128 B a second
// was disconnected as slow after 0.13 s, with them it loses nothing. So a
// session that publishes a lot pauses, shortly, while one of its subscribers is
// more than half its limit behind and catching up. A subscriber that has
// stalled makes nobody wait.

// behind says that whoever fills the outbox should slow down. The mutex is
// held.
func (o *outbox) behind() bool {
	return o.backlog > o.limit/2 && !o.ended && time.Since(o.moved) < stalledAfter
}

// ease lets go those who wait in catchUp. The mutex is held.
func (o *outbox) ease() {
	if o.eased != nil {
		close(o.eased)
		o.eased = nil
	}
}

// catchUp waits until the outbox is not behind, for maxPause at most.
func (o *outbox) catchUp() {
	o.mu.Lock()
	if !o.behind() {
		o.mu.Unlock()
		return
	}
	if o.eased == nil {
		o.eased = make(chan struct{})
	}
	eased := o.eased
	o.mu.Unlock()

	timer := time.NewTimer(maxPause)
	defer timer.Stop()
	select {
	case <-eased:
	case <-timer.C:
	}
}

// pace pauses if the session has published a lot since the last time and a
// subscriber is behind.
func (s *session) pace() {
	if s.unpaced < paceBytes {
		return
	}
	s.unpaced = 0
	if s.fanOut.behind != nil {
		s.fanOut.behind.catchUp()
		s.fanOut.behind = nil
	}
}
