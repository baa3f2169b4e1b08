package broker

import (
	"context"

	"joltui/internal/system"
	"joltui/jolt"
)

// This file is what a session has to wait for where the engine shares messages with
// other brokers. With the registry of a single one there is nothing.

// pending is something that is published, and not acknowledged yet.
type pending interface {
	// Wait returns nil when it can be acknowledged. An error says that it may have
	// been published or not.
	Wait() error
}

// shared is the part of an engine that is about other brokers.
type shared interface {
	// connect reaches the others. It is called once, before all else.
	connect(context.Context) error
	// ready returns nil while something can be published, or why not.
	ready() error
	// pass waits until all that was acknowledged has been queued for the subscribers
	// here, so that a subscription which begins or ends does so behind it.
	pass() error
	// engineStats returns nil where nothing is shared.
	engineStats() *EngineStats
	// close is called when nothing more is published, and all has been delivered.
	close()
}

// alone is the shared part of an engine that shares nothing.
type alone struct{}

func (alone) connect(context.Context) error { return nil }
func (alone) ready() error                  { return nil }
func (alone) pass() error                   { return nil }
func (alone) engineStats() *EngineStats     { return nil }
func (alone) close()                        {}

// debt is what a session knows of what it has to wait for. It belongs to the reading
// goroutine.
type debt struct {
	away   error // why nothing could be published when the read in hand began
	passed bool  // subscriptions can change without a wait
}

// look takes notice, at the beginning of a read, of whether something can be published.
func (s *session) look() {
	s.away, s.passed = s.b.engine.ready(), false
}

// await waits for all that was published, and reports whether it can be acknowledged.
// If not, the session ends without a word: an error would say that it was refused, and
// replies that come before would be taken for its own.
func (s *session) await() bool {
	for i, p := range s.fanOut.pending {
		if err := p.Wait(); err != nil && !s.over.wordless() {
			s.over = &refusal{explanation: err.Error()}
		}
		s.fanOut.pending[i] = nil
	}
	s.fanOut.pending = s.fanOut.pending[:0]
	return !s.over.wordless()
}

// pass has the subscription to a topic change behind all that was acknowledged. It costs
// a read at most one wait, and one more for each time that it publishes something. What
// the broker tells of itself does not come through the engine, and is there without it.
func (s *session) pass(topic string) *refusal {
	s.flush()
	if !s.await() {
		return s.over
	}
	if s.passed || system.Owned(topic) {
		return nil
	}
	if err := s.b.engine.pass(); err != nil {
		return refuse(jolt.CodeUnavailable, "%v; nothing has changed", err)
	}
	s.passed = true
	return nil
}

// unavailable refuses a publish because it is known that it would not be stored.
func unavailable(why error) *refusal {
	return refuse(jolt.CodeUnavailable, "%v; nothing was published", why)
}

// wordless tells the end of a session of which the client is told nothing.
func (r *refusal) wordless() bool { return r != nil && r.code == "" }
