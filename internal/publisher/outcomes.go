package publisher

import "joltui/jolt"

// Outcomes counts how publishes ended.
type Outcomes struct {
	Acknowledged int64
	Rejected     int64 // the broker refused
	Unknown      int64 // sent, and the connection was lost before the reply
	NotSent      int64 // the connection was lost before it could be sent
}

// Published returns how many were handed to a connection.
func (o Outcomes) Published() int64 { return o.Acknowledged + o.Rejected + o.Unknown }

// Sum returns how many have an outcome.
func (o Outcomes) Sum() int64 { return o.Published() + o.NotSent }

// Of returns how many ended in one way.
func (o Outcomes) Of(outcome jolt.Outcome) int64 {
	if n := o.of(outcome); n != nil {
		return *n
	}
	return 0
}

func (o *Outcomes) of(outcome jolt.Outcome) *int64 {
	switch outcome {
	case jolt.Acknowledged:
		return &o.Acknowledged
	case jolt.Rejected:
		return &o.Rejected
	case jolt.Unknown:
		return &o.Unknown
	case jolt.NotSent:
		return &o.NotSent
	}
	return nil
}
