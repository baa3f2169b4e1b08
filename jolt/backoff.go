package jolt

import (
	"math/rand/v2"
	"time"
)

const (
	backoffBase = 250 * time.Millisecond
	backoffMax  = 5 * time.Second
)

// FullJitter is the default backoff: a random time between 0 and
// min(5 s, 250 ms · 2ⁿ), where n attempts have failed since the client was last
// up. Many clients that lost the same broker so come back spread out, not all at
// once. It is safe for concurrent use.
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
