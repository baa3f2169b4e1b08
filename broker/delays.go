package broker

import (
	"maps"
	"sync"
	"time"
)

// delays is who holds up whom: how long publishers paused for subscribers that were
// behind. Its methods are safe for concurrent use.
type delays struct {
	mu     sync.Mutex
	byUser map[string]time.Duration // the user of the subscriber; empty without one
	untold map[peer]time.Duration   // by a subscriber, since the log told of it
}

// mostUntold bounds the subscribers that are told apart until the log tells of them.
const mostUntold = 1000

// heldUp books that a publisher waited for a subscriber, and logs it where that adds up.
func (b *Broker) heldUp(publisher string, slow *outbox, waited time.Duration) {
	if waited == 0 || slow.who == nil {
		return
	}
	subscriber := slow.who()
	if total := b.delays.book(subscriber, waited); total > 0 {
		b.episodes.Warn("delay "+subscriber.remote, "a slow subscriber holds up publishers",
			"remote", subscriber.remote, "user", subscriber.user, "publisher", publisher, "seconds", total.Seconds())
	}
}

// book returns how much is to be told, or 0.
func (d *delays) book(subscriber peer, waited time.Duration) time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.byUser == nil {
		d.byUser, d.untold = make(map[string]time.Duration), make(map[peer]time.Duration)
	}
	d.byUser[subscriber.user] += waited
	if len(d.untold) >= mostUntold {
		clear(d.untold)
	}
	d.untold[subscriber] += waited
	total := d.untold[subscriber]
	if total < worthTelling {
		return 0
	}
	delete(d.untold, subscriber)
	return total
}

// all returns the sums by user.
func (d *delays) all() map[string]time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	return maps.Clone(d.byUser)
}
