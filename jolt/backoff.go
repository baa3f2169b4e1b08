package jolt

import (
	"math/rand/v2"
	"time"
)

const (
	backoffBase = 250 * time.Millisecond
	backoffMax  = 5 * time.Second
	// settled is how long a connection has to be up so that its end is no failure.
	settled = 10 * time.Second
)

// FullJitter is the default backoff: a random time between 0 and
// min(5 s, 250 ms · 2ⁿ), where n is as [Config.Backoff] has it. Many clients that
// lost the same broker so come back spread out, not all at once. It is safe for
// concurrent use.
func FullJitter(n int) time.Duration { return rand.N(backoffCeiling(n) + 1) }

func backoffCeiling(n int) time.Duration {
	d := backoffBase
	for range n {
		if d *= 2; d >= backoffMax {
			return backoffMax
		}
	}
	return d
}

// tries counts what has gone wrong lately.
type tries struct {
	failed int // attempts since the client was last up
	brief  int // connections in a row that were up only briefly
}

func (t *tries) ended(up bool, lasted time.Duration) {
	switch {
	case !up:
		t.failed++
	case lasted >= settled:
		*t = tries{}
	default:
		t.failed, t.brief = 0, t.brief+1
	}
}

// count is what [Config.Backoff] is asked with. The first connection that ends soon
// is no failure: a cut is mended at once.
func (t *tries) count() int { return t.failed + max(t.brief-1, 0) }
