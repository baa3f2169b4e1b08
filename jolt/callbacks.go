package jolt

// Callbacks is a [Config.Handler] made of one function for each kind of event,
// for programs that care for few. A nil function ignores its kind. Each is called
// by one goroutine at a time.
type Callbacks struct {
	OK           func(*Reply)      // a request was acknowledged
	Error        func(*Reply)      // a request ended in any other way
	Message      func(*Message)    // a message came on a topic
	Disconnected func(cause error) // no connection any more, or none could be made
	Other        func(Event)       // any other event
}

// Handle calls the functions for a batch, in order. What [Config.Handler] may
// not do, they may not do either. Disconnected is called once for each
// connection that was lost or could not be made, and with nil after
// [Client.Close].
func (c Callbacks) Handle(batch []Event) {
	for _, e := range batch {
		c.handle(e)
	}
}

func (c Callbacks) handle(e Event) {
	switch e := e.(type) {
	case *Message:
		invoke(c.Message, e)
	case *Reply:
		if e.Outcome == Acknowledged {
			invoke(c.OK, e)
		} else {
			invoke(c.Error, e)
		}
	case *StateChange:
		if e.State == Down || e.State == Closed {
			invoke(c.Disconnected, e.Cause)
		} else {
			invoke(c.Other, Event(e))
		}
	default:
		invoke(c.Other, e)
	}
}

func invoke[T any](f func(T), arg T) {
	if f != nil {
		f(arg)
	}
}
