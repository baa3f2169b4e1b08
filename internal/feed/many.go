package feed

import (
	"slices"
	"strings"
	"time"

	"joltui/jolt"
)

// Many is requests of one kind that were made at once, such as the subscriptions of a long
// list. They are a single row of the log; each that fails has a row of its own as well. Their
// outcomes are in the totals as those of any request.
type Many struct {
	Topics   []string       // untrusted, in the order in which they were asked for
	Outcomes []jolt.Outcome // one for each topic

	Latest  time.Time     // outcome; zero before the first
	Slowest time.Duration // the longest that an acknowledgement took

	request jolt.Request // the first one
	at      time.Time
	row     uint64
}

// Count returns how many of the requests have an outcome.
func (m *Many) Count(outcome jolt.Outcome) uint64 {
	n := uint64(0)
	for _, o := range m.Outcomes {
		if o == outcome {
			n++
		}
	}
	return n
}

// Of returns the topics of the requests with an outcome.
func (m *Many) Of(outcome jolt.Outcome) (topics []string) {
	for i, o := range m.Outcomes {
		if o == outcome {
			topics = append(topics, m.Topics[i])
		}
	}
	return topics
}

// fewRequests is how many requests that are made at once still have a row each.
const fewRequests = 8

// BeginAll is [Log.Begin] for requests that are made at once: more than a few with the same
// operation are one row.
func (l *Log) BeginAll(all []jolt.Request, at time.Time) {
	if len(all) <= fewRequests || slices.ContainsFunc(all, func(r jolt.Request) bool { return r.Op != all[0].Op || r.Op == jolt.OpPublish }) {
		for _, r := range all {
			l.Begin(r, at)
		}
		return
	}
	many := &Many{request: boundedRequest(all[0]), at: at, Outcomes: make([]jolt.Outcome, len(all))}
	for i, r := range all {
		many.Topics = append(many.Topics, strings.Clone(r.Topic))
		l.pending[r.Ref] = begun{op: r.Op, many: many, index: i}
		l.totals.add(r.Op, jolt.Pending)
	}
	l.addMany(many)
}

func (l *Log) addMany(m *Many) {
	m.row = l.next
	request := m.request
	request.Topic, request.Ref = "", 0
	l.add(Row{At: m.at, Kind: RowMany, Request: request, Many: m})
}

// countMany records the outcome of one of many requests.
func (l *Log) countMany(b begun, r *jolt.Reply) {
	m := b.many
	m.Outcomes[b.index], m.Latest = r.Outcome, r.At
	if r.Outcome == jolt.Acknowledged {
		m.Slowest = max(m.Slowest, r.Latency())
	}
	if l.At(m.row) == nil { // evicted meanwhile
		l.addMany(m)
	}
}
