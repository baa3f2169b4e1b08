package login

import (
	"math"
	"strings"
	"time"
)

// Tries that may fail in a row, and how long it takes until one more may. A
// password that is right is given back its try, so only those that are wrong count,
// and those who leave before they are told.
const (
	userTries    = 10
	userEvery    = 6 * time.Second
	addressTries = 100
	addressEvery = time.Second
	// mostBuckets bounds what is remembered of those who failed: about 3 MB.
	mostBuckets = 10_000
)

// throttle counts the tries that failed, of each user at each address and of each
// address. The gate's mutex guards it.
type throttle struct {
	users, addresses buckets
}

func newThrottle() throttle {
	return throttle{
		users:     buckets{tries: userTries, every: userEvery, all: make(map[Attempt]*bucket)},
		addresses: buckets{tries: addressTries, every: addressEvery, all: make(map[Attempt]*bucket)},
	}
}

// user returns how long a's user has to wait at a's address; 0 if not at all.
func (t *throttle) user(a Attempt) time.Duration { return t.users.wait(userKey(a)) }

// address returns how long everybody has to wait at a's address.
func (t *throttle) address(a Attempt) time.Duration { return t.addresses.wait(addressKey(a)) }

// take counts a try.
func (t *throttle) take(a Attempt) {
	t.takeUser(a)
	t.addresses.add(addressKey(a), -1)
}

// takeUser counts a try of a's user at a's address alone.
func (t *throttle) takeUser(a Attempt) { t.users.add(userKey(a), -1) }

// giveBack takes back a try that was no failure.
func (t *throttle) giveBack(a Attempt) {
	t.users.add(userKey(a), 1)
	t.addresses.add(addressKey(a), 1)
}

// userKey has the beginning of a name that no user has: strangers choose it.
func userKey(a Attempt) Attempt {
	const most = 128
	if len(a.Name) > most {
		a.Name = strings.Clone(a.Name[:most])
	}
	return Attempt{Name: a.Name, Address: a.Address}
}

func addressKey(a Attempt) Attempt { return Attempt{Address: a.Address} }

// buckets has a number of tries for each key, which grows with time. A key that is
// not there has all of them.
type buckets struct {
	tries float64
	every time.Duration // until there is one try more
	all   map[Attempt]*bucket
}

type bucket struct {
	tries float64
	at    time.Time // when there were so many
}

func (b *buckets) wait(key Attempt) time.Duration {
	t := b.all[key]
	if t == nil {
		return 0
	}
	if missing := 1 - b.left(t, time.Now()); missing > 0 {
		return wholeSeconds(time.Duration(missing * float64(b.every)))
	}
	return 0
}

func (b *buckets) left(t *bucket, now time.Time) float64 {
	return min(b.tries, t.tries+float64(now.Sub(t.at))/float64(b.every))
}

func (b *buckets) add(key Attempt, n float64) {
	now := time.Now()
	t := b.all[key]
	if t == nil {
		b.makeRoom(now)
		t = &bucket{tries: b.tries}
		b.all[key] = t
	}
	t.tries, t.at = min(b.tries, b.left(t, now)+n), now
	if t.tries == b.tries {
		delete(b.all, key)
	}
}

// makeRoom forgets some key where there are too many, of a few the one that has the
// most tries: to be forgotten by that, one would have to fail from thousands of
// addresses.
func (b *buckets) makeRoom(now time.Time) {
	if len(b.all) < mostBuckets {
		return
	}
	const few = 8
	seen, most := 0, -1.0
	var best Attempt
	for key, t := range b.all { // which begins anywhere
		if left := b.left(t, now); left > most {
			best, most = key, left
		}
		if seen++; seen == few {
			break
		}
	}
	delete(b.all, best)
}

// wholeSeconds rounds up to what a person is told.
func wholeSeconds(d time.Duration) time.Duration {
	return time.Duration(math.Ceil(d.Seconds())) * time.Second
}
