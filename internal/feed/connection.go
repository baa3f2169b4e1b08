package feed

import (
	"time"

	"joltui/jolt"
)

// Connection is the state of the client's connection.
type Connection struct {
	State   jolt.State
	Addr    string
	User    string    // the name that the client last logged in with
	Since   time.Time // when this state was entered
	Attempt int       // attempts since the last Up, from 1; 0 while up
	// Cause is why there is no connection, also while the next is being made;
	// nil while up.
	Cause   error
	RetryAt time.Time // when the next attempt starts; zero unless down
	Outages int       // how often a connection that was up has ended
	// DownSince is when the outage began, as the From of its gap will be, or when the
	// first attempt failed; zero while up.
	DownSince time.Time
}

// Connection returns the state of the connection.
func (f *Feed) Connection() Connection { return f.connection }

func (f *Feed) stateChange(s *jolt.StateChange) {
	c := &f.connection
	c.State, c.Addr, c.Since = s.State, s.Addr, s.At
	c.Attempt, c.RetryAt = s.Attempt, s.RetryAt
	if f.log.stateChange(s) {
		f.counters.Unsolicited-- // the words belong to the end of the connection
	}
	switch s.State {
	case jolt.Up:
		f.up(s)
	case jolt.Down:
		f.down(s)
	case jolt.Closed:
		c.Cause = s.Cause
		f.moveWanted(TopicIdle)
	}
}

func (f *Feed) up(s *jolt.StateChange) {
	f.connection.User = s.User
	f.connection.Cause = nil
	f.connection.DownSince = time.Time{}
	f.everUp = true
	f.hints.newConnection()
}

func (f *Feed) down(s *jolt.StateChange) {
	c := &f.connection
	c.Cause = s.Cause
	f.log.loops.disconnected()
	if c.DownSince.IsZero() {
		if c.DownSince = s.Since; c.DownSince.IsZero() {
			c.DownSince = s.At
		}
		if f.everUp {
			c.Outages++
		}
	}
	f.moveWanted(TopicPending)
	if f.hints.noBrokerDue(s.Cause) {
		f.log.hint(s.At, HintNoBroker, "")
	}
}

// moveWanted sets the state of every topic that is subscribed or pending.
func (f *Feed) moveWanted(to TopicState) {
	for _, t := range f.topics {
		if t.wanted() {
			t.State = to
		}
	}
}

// reply applies the outcome of a request.
func (f *Feed) reply(r *jolt.Reply) {
	f.log.reply(r)
	switch r.Request.Op {
	case jolt.OpSubscribe:
		f.subscribeReply(r)
	case jolt.OpUnsubscribe:
		f.unsubscribeReply(r)
	case jolt.OpPublish:
		t := f.topics[r.Request.Topic]
		by := f.patterns.on && f.patterns.of(r.Request.Topic) != nil
		f.log.answered(r, by || t != nil && t.State == TopicSubscribed)
		if !by && f.hints.notSubscribedDue(r, t) {
			f.log.hint(r.At, HintNotSubscribed, r.Request.Topic)
		}
	case jolt.OpPing:
		if r.Outcome == jolt.Acknowledged {
			f.rtt, f.hasRTT = r.Latency(), true
		}
	}
	if hint := f.hints.authDue(r); hint != 0 {
		f.log.hint(r.At, hint, r.Request.Topic)
	}
}

func (f *Feed) subscribeReply(r *jolt.Reply) {
	t := f.knownTopic(r.Request.Topic, r.At)
	t.Err = errorText(r.Err)
	switch r.Outcome {
	case jolt.Acknowledged:
		t.State = TopicSubscribed
		f.hints.subscribed(t.Name)
		f.subscribedAgain(t, r.At)
	case jolt.Rejected:
		t.State = TopicRejected
		t.leave(r.At)
	case jolt.NotSent:
		if t.State == TopicPending {
			t.State = TopicIdle
		}
	}
}

func (f *Feed) unsubscribeReply(r *jolt.Reply) {
	t := f.topics[r.Request.Topic]
	if t == nil { // forgotten meanwhile
		return
	}
	t.Err = errorText(r.Err)
	if r.Outcome == jolt.Acknowledged {
		t.State = TopicIdle
		t.leave(r.At)
	}
}
