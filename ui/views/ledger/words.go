package ledger

import (
	"errors"
	"net"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/jolt"
	"joltui/ui/views/kit"
	"joltui/ui/views/repeats"
)

// outcome words how a request ended, in about so many cells.
func (v *Pane) outcome(row *feed.Row, cells int) (string, kit.Paint) {
	s := v.styles
	switch row.Outcome {
	case jolt.Acknowledged:
		return human.Sign(jolt.Acknowledged) + " ok", s.OK
	case jolt.Rejected:
		var rejected *jolt.RejectedError
		if errors.As(row.Err, &rejected) {
			return human.Sign(jolt.Rejected) + " " + printable.Prefix(rejected.Text, cells), s.Error
		}
		return human.Sign(jolt.Rejected) + " rejected", s.Error
	case jolt.Unknown:
		if errors.Is(row.Err, jolt.ErrNoReply) {
			return human.Sign(jolt.Unknown) + " unknown: no reply in time", s.Warn
		}
		return human.Sign(jolt.Unknown) + " unknown: connection lost before the reply", s.Warn
	case jolt.NotSent:
		return human.Sign(jolt.NotSent) + " not sent: " + human.Cause(row.Err), s.Warn
	default:
		return "… waiting", s.Dim
	}
}

// eventWords words a row that is not a request, in about so many cells.
func (v *Pane) eventWords(f *feed.Feed, row *feed.Row, cells int) []kit.Span {
	s := v.styles
	switch event := row.Event.(type) {
	case *jolt.StateChange:
		return v.connectionWords(event)
	case *jolt.Gap:
		return []kit.Span{s.Warn.Span("── " + human.Gap(event, 1) + "; what was published then is lost")}
	case *jolt.BadLine:
		return []kit.Span{
			s.Error.Span("✗ unreadable line of " + human.Bytes(uint64(max(event.Size, 0))) + ": " + human.Cause(event.Err) + "  "),
			s.Text.Span(printable.Prefix(event.Raw, cells)),
		}
	case *jolt.UnknownFrame:
		return []kit.Span{s.Warn.Span("? frame of an unknown kind  "), s.Text.Span(printable.Prefix(event.Raw, cells))}
	case *jolt.Unsolicited:
		return []kit.Span{s.Warn.Span("? reply to no request  "), s.Text.Span(printable.Prefix(event.Raw, cells))}
	}
	switch row.Kind {
	case feed.RowHint:
		return []kit.Span{s.Accent.Span("→ "), s.Text.Span(v.advice(f, row, cells))}
	case feed.RowRepeat:
		return v.repeatLogWords(row, cells)
	case feed.RowMany:
		return v.manyWords(row)
	case feed.RowFailure:
		return []kit.Span{s.Error.Span("✗ " + printable.Prefix(row.Text, cells))}
	case feed.RowDropped:
		return []kit.Span{s.Warn.Span("! " + droppedWords(row, cells))}
	case feed.RowAlert:
		return v.alertWords(row.Alert, cells)
	default:
		return []kit.Span{s.Dim.Span("· "), s.Text.Span(printable.Prefix(row.Text, cells))}
	}
}

func (v *Pane) connectionWords(c *jolt.StateChange) []kit.Span {
	s := v.styles
	addr := printable.Line(c.Addr)
	switch c.State {
	case jolt.Up:
		words := "● connected to " + addr
		if c.User != "" {
			words += " as " + printable.Line(c.User)
		}
		if c.Topics > 0 {
			words += ", " + human.Counted(uint64(c.Topics), "topic") + " subscribed"
		}
		return []kit.Span{s.OK.Span(words)}
	case jolt.Down:
		words := "✗ disconnected from " + addr
		if c.Attempt > 0 {
			words = "✗ no connection to " + addr
		}
		if c.Cause != nil {
			words += ": " + human.Cause(c.Cause)
		}
		return []kit.Span{s.Error.Span(words), s.Dim.Span("; trying again")}
	case jolt.Closed:
		words := "■ connection closed"
		if c.Cause != nil {
			words += ": " + human.Cause(c.Cause)
		}
		return []kit.Span{s.Text.Span(words)}
	default:
		return []kit.Span{s.Dim.Span("◌ " + c.State.String() + " " + addr)}
	}
}

// advice words a hint, with the current names of the keys.
func (v *Pane) advice(f *feed.Feed, row *feed.Row, cells int) string {
	switch row.Hint {
	case feed.HintNotSubscribed:
		words := "published, but not shown here: " + printable.Name(row.Topic, cells) + " is not subscribed"
		if do := kit.Press(v.hints.Subscribe, "to subscribe"); do != "" {
			words += "; " + do
		}
		return words
	case feed.HintLoginRefused:
		return "the broker does not know this user with this password: " + v.nextSteps("check --user and the password")
	case feed.HintAuthRequired:
		return "the broker wants a login: " + v.nextSteps("start joltui with --user and --password-file")
	default:
		addr := f.Connection().Addr
		_, port, err := net.SplitHostPort(addr)
		if err != nil {
			return "no broker is listening"
		}
		return "nothing listens at " + printable.Line(addr) +
			": start a broker with joltui broker --port " + printable.Line(port)
	}
}

func droppedWords(row *feed.Row, cells int) string {
	var words string
	if row.Count > 0 {
		words = human.Counted(row.Count, "message") + " (" + human.Bytes(row.Bytes) + ")"
		if row.Topic != "" {
			words += " of " + printable.Name(row.Topic, cells)
		}
	}
	if row.Lines > 0 && words != "" {
		words += " and "
	}
	if row.Lines > 0 {
		words += human.Counted(row.Lines, "other line")
	}
	return words + " dropped: they came faster than they could be taken in"
}

// repeatLogWords words a repetition for its row of the log: what is repeated, and how far
// it is.
func (v *Pane) repeatLogWords(row *feed.Row, cells int) []kit.Span {
	s, r := v.styles, row.Repeat
	spans := []kit.Span{
		s.Text.Span("pub × "), s.Accent.Span(printable.Name(row.Request.Topic, min(cells, kit.MaxTopicWidth))),
		s.Dim.Span("  " + r.Plan + "  "),
	}
	return append(append(spans, repeats.RepeatWords(s, r)...), repeats.LatencyWords(s, r)...)
}

// roomForEnds is how many cells a sentence needs for both of its ends to be of use; in less
// room its beginning is shown.
const roomForEnds = 36

// ends cuts the words of an outcome: of what the broker says, the end is what matters most.
func ends(words string, room int) string {
	if room >= roomForEnds {
		return kit.Middle(words, room)
	}
	words, _ = kit.Cut(words, room)
	return words
}

// begins reports whether the beginning of a row matters more than its end: figures, the cause
// of a gap.
func begins(k feed.RowKind) bool {
	return k == feed.RowRepeat || k == feed.RowMany || k == feed.RowGap
}
