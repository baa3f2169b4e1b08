package load

import (
	"context"
	"sync"
	"time"

	"joltui/internal/publisher"
	"joltui/jolt"
)

// acks has the outcomes of the messages of some publishers. There are as many acks as
// processors: a histogram for each publisher would take 0.3 MB each.
type acks struct {
	mu        sync.Mutex
	latency   histogram
	overslept histogram
	outcomes  publisher.Outcomes
	refusal   error     // the first rejection
	last      time.Time // when the last outcome became known
}

// series is what one publisher sends in one phase.
type series struct {
	*phase
	link    *link
	sleeper sleeper
	index   int
	payload payload
	acks    *acks

	slots    chan struct{}     // holds a token for each request in flight
	due      []time.Duration   // when each of these was due, by number modulo window
	answered func(*jolt.Reply) // the method done, allocated once
	sent     int64             // how many messages were handed to the client
	excused  []spans           // messages that nobody is owed, by topic; under acks.mu
}

func newSeries(p *phase, index int, l *link, s sleeper, a *acks) *series {
	out := &series{
		phase: p, link: l, sleeper: s, index: index, acks: a,
		payload: newPayload(p.size),
		slots:   make(chan struct{}, p.window),
		due:     make([]time.Duration, p.window),
		excused: make([]spans, len(p.topics)),
	}
	out.answered = out.done
	return out
}

// run publishes until the load, or ctx, ends, and returns when each message has
// an outcome.
func (s *series) run(ctx context.Context) {
	for s.next(ctx) {
		s.sent++
	}
	for range cap(s.slots) {
		s.slots <- struct{}{}
	}
}

// next waits until the next message is due and the window has room, and hands
// it to the client. It returns false when there is nothing more to send.
func (s *series) next(ctx context.Context) bool {
	due, ok := s.schedule.due(s.index, s.sent)
	if !ok {
		return false
	}
	if s.schedule.rate > 0 {
		s.await(ctx, due)
	}
	s.slots <- struct{}{} // every request has an outcome in the end, so this needs no ctx
	if ctx.Err() != nil {
		<-s.slots
		return false
	}
	if s.schedule.rate == 0 {
		due = time.Since(s.began)
	}
	s.due[s.sent%int64(s.window)] = due
	if s.link.publish(ctx, s.request(due), s.answered) != nil {
		<-s.slots
		return false
	}
	return true
}

// await sleeps until a message is due, and records how late it woke up.
func (s *series) await(ctx context.Context, due time.Duration) {
	at := s.began.Add(due)
	if time.Until(at) <= 0 {
		return
	}
	sleepUntil(ctx, s.sleeper, at)
	if ctx.Err() == nil {
		s.acks.oversleep(time.Since(at))
	}
}

func (s *series) request(due time.Duration) jolt.Request {
	return jolt.Request{
		Op:    jolt.OpPublish,
		Topic: s.topics[s.sent%int64(len(s.topics))],
		Data:  s.payload.text(header{s.id, s.index, s.sent, due}),
		Ref:   uint64(s.sent),
	}
}

// done handles an outcome, on the client's reader goroutine.
func (s *series) done(r *jolt.Reply) {
	number := int64(r.Request.Ref)
	due := s.began.Add(s.due[number%int64(s.window)])
	s.acks.take(r, due)
	if r.Outcome != jolt.Acknowledged {
		s.excuse(number)
	}
	<-s.slots
}

func (a *acks) take(r *jolt.Reply, due time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.last = r.At
	switch r.Outcome {
	case jolt.Acknowledged:
		a.outcomes.Acknowledged++
		a.latency.record(r.At.Sub(due))
	case jolt.Rejected:
		a.outcomes.Rejected++
		if a.refusal == nil {
			a.refusal = r.Err
		}
	case jolt.Unknown:
		a.outcomes.Unknown++
	default:
		a.outcomes.NotSent++
	}
}

func (a *acks) oversleep(d time.Duration) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.overslept.record(d)
}

// excuse records that nobody is owed a message.
func (s *series) excuse(number int64) {
	topics := int64(len(s.topics))
	s.acks.mu.Lock()
	defer s.acks.mu.Unlock()
	s.excused[number%topics].extend(number/topics, number/topics+1)
}
