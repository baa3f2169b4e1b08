package feed

import (
	"math/rand/v2"
	"time"
)

// sampler decides which messages the watches evaluate when there are more than
// there is time for: one out of stride on average, at random distances, because
// traffic that repeats itself would else show one side only.
type sampler struct {
	clock  func() time.Time // nil: all the time there is
	left   time.Duration    // may be a debt
	stride int              // less than 1 counts as 1
	wait   int              // messages to pass over
	seen   int              // messages of the batch
	taken  int              // of them
	random *rand.Rand
}

const maxStride = 1 << 16

// Allow gives the watches so much time by a clock for the next Apply. What is
// beyond it they skip. An evaluation that took longer than there was time is
// made up for in later batches. A feed that was never told has all the time it
// wants.
func (s *Watches) Allow(budget time.Duration, clock func() time.Time) { s.sampler.begin(budget, clock) }

// begin starts a batch. How it went with the one before decides how much of this
// one is evaluated: as much as there was time for, but half as much at least; or
// more, where there was time enough.
func (s *sampler) begin(budget time.Duration, clock func() time.Time) {
	s.stride = max(s.stride, 1)
	switch {
	case s.hasTime():
		s.stride = max(s.stride*3/4, 1)
	case s.seen > 0: // else it only pays back
		s.stride = min(2*s.stride, s.seen/max(s.taken, 1)+1, maxStride)
	}
	s.clock, s.left = clock, min(s.left, 0)+budget
	s.seen, s.taken = 0, 0
	s.wait = min(s.wait, 2*s.stride-2)
}

// take reports whether the next message is to be evaluated.
func (s *sampler) take() bool {
	s.seen++
	if s.wait > 0 {
		s.wait--
		return false
	}
	if !s.hasTime() {
		return false
	}
	s.taken++
	if s.stride > 1 {
		if s.random == nil {
			s.random = rand.New(rand.NewPCG(1, 2))
		}
		s.wait = s.random.IntN(2*s.stride - 1)
	}
	return true
}

func (s *sampler) hasTime() bool { return s.clock == nil || s.left > 0 }

// start and stop measure an evaluation, and nothing else: to book a message takes
// a good part of the time of a batch, too. That is 0.1 µs for one of 0.4 µs.
func (s *sampler) start() time.Time {
	if s.clock == nil {
		return time.Time{}
	}
	return s.clock()
}

func (s *sampler) stop(started time.Time) {
	if s.clock != nil {
		s.left -= s.clock().Sub(started)
	}
}
