package feed

import (
	"errors"
	"strings"
	"time"

	"joltui/internal/printable"
	"joltui/jolt"
)

// RowKind says what a row of the log is about.
type RowKind uint8

// The kinds of row.
const (
	RowRequest     RowKind = iota + 1 // a request and its outcome
	RowConnection                     // a change of the connection: Event is a *jolt.StateChange
	RowGap                            // the end of an outage: Event is a *jolt.Gap
	RowBadLine                        // a line that is no frame: Event is a *jolt.BadLine
	RowUnknown                        // a frame of no known kind: Event is a *jolt.UnknownFrame
	RowUnsolicited                    // a reply to no request: Event is a *jolt.Unsolicited
	RowHint                           // advice: Hint, Topic
	RowNote                           // the dashboard's own words: Text
	RowFailure                        // what the dashboard could not do: Text
	RowDropped                        // messages lost on their way here: Count, Bytes, Topic
	RowAlert                          // the beginning or the end of an alert: Alert
	RowRepeat                         // a message that is published many times: Request, Repeat
	RowMany                           // requests that were made at once: Request.Op, Many
)

// Row is one row of the log. Which fields are set depends on its kind. Text in
// it is cut to a bounded length.
type Row struct {
	At   time.Time // of a request that was announced by Begin: when that was
	Kind RowKind

	Request jolt.Request // without the password
	Outcome jolt.Outcome
	Sent    time.Time     // zero while pending, and if it was never sent
	Replied time.Time     // when the outcome became known; zero while pending
	Latency time.Duration // 0 while pending, and if nothing was sent
	// LoopBack is the time from Sent until the published message came back on its topic;
	// 0 if it did not, or if that is not known.
	LoopBack time.Duration
	Err      error
	// Reply is the reply as it came, ReplySize its length in bytes, which may be
	// more than is kept.
	Reply     string
	ReplySize int

	Event jolt.Event
	Hint  Hint
	Alert *Alert
	Topic string // RowHint; RowDropped: empty when several topics lost messages
	Text  string
	// Size is the length of a published payload or of a received line, in
	// bytes, which may be more than is shown.
	Size  int
	Count uint64 // RowDropped: messages
	Lines uint64 // RowDropped: lines that were no messages
	Bytes uint64 // RowDropped: payload bytes
	// Repeat has the counts of a RowRepeat. It changes with each outcome.
	Repeat *Repeat
	// Many has the outcomes of a RowMany. It changes with each of them.
	Many *Many
}

// How much of a text a row keeps, in bytes.
const (
	maxRowData = 64 << 10 // of a published payload
	oldRowData = 256      // of the payload of an old row, cut to make room for newer ones
	maxRowText = 1 << 10  // of a line, of the broker's words
)

// boundedRequest returns r as a row keeps it: without the password, and with
// only the beginning of the payload.
func boundedRequest(r jolt.Request) jolt.Request {
	r.Pass = ""
	r.Topic = strings.Clone(r.Topic)
	r.Data = printable.Clip(r.Data, maxRowData)
	return r
}

// boundedError returns err as a row keeps it: the broker's words may be as long
// as a line.
func boundedError(err error) error {
	var rejected *jolt.RejectedError
	if !errors.As(err, &rejected) {
		return err
	}
	return &jolt.RejectedError{
		Op:    rejected.Op,
		Topic: strings.Clone(rejected.Topic),
		Text:  jolt.MaskPasswords(printable.Clip(rejected.Text, maxRowText), false),
	}
}

// errorText returns the broker's words if err has some, else its text.
func errorText(err error) string {
	var rejected *jolt.RejectedError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &rejected):
		return printable.Clip(rejected.Text, maxRowText)
	default:
		return printable.Clip(err.Error(), maxRowText)
	}
}
