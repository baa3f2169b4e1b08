package jolt

import "time"

// Event is one thing that happened to a client: one of [*Message], [*Reply],
// [*StateChange], [*Gap], [*BadLine], [*UnknownFrame] and [*Unsolicited]. Later
// versions may add kinds: a type switch should ignore those that it does not know.
// Events are never changed after they were handed out, and safe to keep and to
// share between goroutines.
//
// What came from the network is in an event exactly as it came, and is not to be
// trusted: it may hold control characters, and a broker that sends back a login
// has its password in Raw. Whoever shows or stores Raw of a [BadLine], an
// [UnknownFrame], an [Unsolicited] or a [Reply], or the broker's words beside it,
// passes it through [MaskPasswords] first. The texts of errors need none of that:
// they quote what is not printable and name no password.
//
// A kept [Message] pins memory that it shares with others: one to three blocks of
// text of 16 KiB, and 5 KiB of messages of the same socket read. A kept string of
// one pins a block. A program that keeps few of many should keep copies of the
// strings ([strings.Clone]). A message whose line has more than 16 KiB, and all other
// events, have memory of their own.
type Event interface{ event() }

// Message is a message on a topic that the client is subscribed to, or was a moment
// ago.
type Message struct {
	At    time.Time // when the read that completed the line returned
	Topic string
	Data  string // the payload; one that is not a JSON string is its raw JSON text
	// Spaced says that the line has a blank after each colon and comma, as Python writes
	// JSON, and is otherwise what [AppendMessage] writes. See Raw.
	Spaced bool
	// Verbatim is the line as it came, without the line end, where that is neither what
	// [AppendMessage] writes nor that spaced; otherwise empty. See Raw.
	Verbatim string
}

// Size returns how many bytes of text m holds.
func (m *Message) Size() int { return len(m.Topic) + len(m.Data) + len(m.Verbatim) }

// Raw returns the line as it came, without the line end. Each call makes it anew, but
// where Verbatim has it.
func (m *Message) Raw() string {
	if m.Verbatim != "" {
		return m.Verbatim
	}
	head, middle := messageHead, messageData
	if m.Spaced {
		head, middle = spacedHead, spacedData
	}
	line := appendString([]byte(head[:len(head)-1]), m.Topic) // which brings its quotes
	line = append(line, middle[:len(middle)-1]...)
	return view(append(appendString(line, m.Data), '}'))
}

// Outcome is how a request ended. Each request ends in exactly one.
type Outcome uint8

// The outcomes.
const (
	// Pending is the zero value: no outcome yet. No event carries it.
	Pending Outcome = iota
	// Acknowledged: the broker said ok.
	Acknowledged
	// Rejected: the broker refused, and said why.
	Rejected
	// Unknown: the request was sent, or may have been, and the connection
	// ended before its reply. It may or may not have been carried out.
	Unknown
	// NotSent: the request never left: there was no connection, or it could
	// not be put on the wire.
	NotSent
)

// String names the outcome.
func (o Outcome) String() string {
	switch o {
	case Pending:
		return "pending"
	case Acknowledged:
		return "acknowledged"
	case Rejected:
		return "rejected"
	case Unknown:
		return "unknown"
	case NotSent:
		return "not sent"
	default:
		return "invalid outcome"
	}
}

// Reply is the final outcome of a request. There is one for each request, also
// for those that never got a reply on the wire, and for those that the client made
// itself (Auto of the Request).
type Reply struct {
	At      time.Time // when the outcome became known
	Sent    time.Time // when the request was handed to the connection; zero if it never was
	Request Request   // without the password
	Outcome Outcome
	Err     error // nil when acknowledged; else *RejectedError, or wraps one of the sentinels
	// Verbatim is the reply as it came, without the line end, where that is not what
	// [AppendAck] writes; otherwise, and if none came, empty. See Raw.
	Verbatim string
}

// Raw returns the reply as it came, without the line end; empty if none came.
func (r *Reply) Raw() string {
	if r.Verbatim == "" && r.Outcome == Acknowledged {
		return ackFrame
	}
	return r.Verbatim
}

// Latency is the time from handing the request to the connection until its
// outcome was known; 0 if it was never sent.
func (r *Reply) Latency() time.Duration {
	if r.Sent.IsZero() {
		return 0
	}
	return r.At.Sub(r.Sent)
}

// State is where a client stands with its connection.
type State uint8

// The states. They follow one another as Connecting, Up, Down, Connecting, and so
// on, where Up is left out by attempts that fail; Closed is the last.
const (
	// Connecting: an attempt begins.
	Connecting State = iota + 1
	// Up: the client has logged in, and every subscription has been asked for
	// again and answered. Operations work.
	Up
	// Down: the connection ended or could not be made. The next attempt follows.
	Down
	// Closed: the client has ended and will not connect again.
	Closed
)

// String names the state.
func (s State) String() string {
	switch s {
	case Connecting:
		return "connecting"
	case Up:
		return "up"
	case Down:
		return "down"
	case Closed:
		return "closed"
	default:
		return "not started"
	}
}

// StateChange says that the client entered a state.
type StateChange struct {
	At    time.Time
	State State
	Addr  string // the broker's host:port
	// User is whom the client authenticated as; empty if it did not. Up only.
	User string
	// Attempt, when Connecting, numbers the attempt since the last Up, from 1;
	// when Down, it is how many have failed: 0 if the client was just up.
	Attempt int
	// Cause is why the connection ended or was not made. Down and Closed only;
	// nil after [Client.Close].
	Cause error
	// Since is up to when everything had come, while an outage lasts: what the From of
	// its [Gap] will be. Down only; zero before the client was ever up.
	Since time.Time
	// RetryAt is when the next attempt starts. Down only.
	RetryAt time.Time
	// Topics is how many subscriptions the broker confirmed. Up only.
	Topics int
}

// Gap says that the client was disconnected for a while after it had been up: what
// was published to its topics in between is lost. It comes right before the
// [StateChange] to Up.
//
// All that was lost was published between From and To; not all of that need be lost.
// From is the last moment up to which everything is known to have come. That is when
// the connection ended, where the client read the end as it came. It is earlier,
// because the broker stopped delivering earlier, where the program had not kept up
// ([ErrFellBehind], or a [BrokerError] of [CodeSlowConsumer]), and where the network
// or the broker had fallen silent. A process that is stopped for less than a second
// while nothing comes is not noticed.
type Gap struct {
	From, To time.Time // by the wall clock
	Cause    error     // why the connection had ended
}

// BadLine is a line that is not a frame, or is too long to be read. The connection
// goes on, unless a reply is owed, which this may have been.
type BadLine struct {
	At   time.Time // when the read that completed the line returned
	Raw  string    // the line; of one that is too long, its first 256 bytes
	Size int       // the line's length in bytes
	Err  error     // wraps [ErrMalformed] or [ErrLineTooLong]
}

// UnknownFrame is a JSON object that is neither a message nor a reply. The
// connection goes on.
type UnknownFrame struct {
	At  time.Time // when the read that completed the line returned
	Raw string    // the line as it came, without the line end
}

// Unsolicited is a reply that no request can be matched with: none was
// waiting, or [ErrOutOfStep] came before it. It is never attributed to one, and ends
// the connection.
type Unsolicited struct {
	At  time.Time // when the read that completed the line returned
	OK  bool
	Err string // the broker's text, if not OK
	Raw string // the line as it came, without the line end
}

func (*Message) event()      {}
func (*Reply) event()        {}
func (*StateChange) event()  {}
func (*Gap) event()          {}
func (*BadLine) event()      {}
func (*UnknownFrame) event() {}
func (*Unsolicited) event()  {}
