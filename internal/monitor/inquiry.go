package monitor

import (
	"slices"

	"joltui/internal/human"
	"joltui/internal/system"
	"joltui/jolt"
)

// inquiry finds out whether a broker tells of itself. It asks for one topic after the
// other, and for all of them only when the first that was taken has been answered by a
// message: a broker that does not know these topics takes them as it takes any other.
type inquiry struct {
	topics     []string // to ask for, in turn
	connection int      // how many there have been

	state    State
	err      error // of Refused and Down
	asked    int   // of topics, on this connection
	pending  string
	taken    []string
	refused  []string
	refusal  error          // the first
	waits    bool           // a topic was just taken that has to be answered by a message
	requests []jolt.Request // to send
}

// newInquiry makes one about some of the $SYS topics, or all where none are named.
func newInquiry(topics []string) inquiry {
	all := system.Names()
	if len(topics) > 0 {
		all = slices.DeleteFunc(all, func(name string) bool { return !slices.Contains(topics, name) })
	}
	return inquiry{topics: all}
}

// begin is for a new connection.
func (q *inquiry) begin() {
	*q = inquiry{topics: q.topics, connection: q.connection + 1}
	q.ask()
}

// ask asks for the next topic. Where there is none, and none was taken, that is it.
func (q *inquiry) ask() {
	switch {
	case q.asked < len(q.topics):
		q.pending = q.topics[q.asked]
		q.asked++
		q.requests = append(q.requests, jolt.Request{Op: jolt.OpSubscribe, Topic: q.pending})
	case len(q.taken) == 0:
		q.state, q.err = Refused, q.refusal
	}
}

// answered takes the reply to a subscription.
func (q *inquiry) answered(r *jolt.Reply) {
	if r.Request.Topic != q.pending || q.pending == "" {
		return
	}
	switch r.Outcome {
	case jolt.Acknowledged:
		q.pending = ""
		q.taken = append(q.taken, r.Request.Topic)
		switch {
		case q.state == Offered:
			q.ask()
		case r.Request.Topic == system.EventsTopic:
			// Nothing is said before something happens. A broker that has refused the
			// other topics knows them; where this one alone is asked for, it is believed.
			q.told()
		default:
			q.waits = true
		}
	case jolt.Rejected:
		q.pending = ""
		q.refused = append(q.refused, r.Request.Topic)
		if q.refusal == nil {
			q.refusal = r.Err
		}
		q.ask()
	}
}

// told is for a message that only a broker sends that tells of itself.
func (q *inquiry) told() {
	if q.state != Asking {
		return
	}
	q.state = Offered
	q.ask()
}

// silent is for a connection on which no message has followed in time.
func (q *inquiry) silent(connection int) {
	if connection != q.connection || q.state != Asking {
		return
	}
	q.state = Absent
	for _, topic := range q.taken {
		q.requests = append(q.requests, jolt.Request{Op: jolt.OpUnsubscribe, Topic: topic})
	}
}

// down is for the end of a connection, or one that could not be made.
func (q *inquiry) down(err error) {
	q.state, q.err = Down, err
	q.pending, q.requests, q.waits = "", nil, false
}

// describe puts into a snapshot how far the inquiry is.
func (q *inquiry) describe(s *Snapshot) {
	s.State, s.Err = q.state, q.err
	s.Forbidden = slices.Clone(q.refused)
	s.Reason = human.Cause(q.err)
}
