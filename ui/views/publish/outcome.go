package publish

import (
	"time"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/jolt"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
)

// outcome is what has become of the latest message.
type outcome struct {
	of      jolt.Outcome
	latency time.Duration
	topic   string
}

// Ended shows what has become of the message m, which is the latest that was sent. One that
// was not taken is the draft again, unless another has been begun.
func (p *Box) Ended(m intent.Publish, row *feed.Row) {
	if m != p.latest {
		return
	}
	p.outcome = &outcome{row.Outcome, row.Latency, m.Topic}
	if taken := row.Outcome == jolt.Acknowledged || row.Outcome == jolt.Unknown; !taken && p.payload.Bytes == 0 {
		p.show(m)
		p.typed = true
	}
}

// spans word the outcome. The reason of a refusal is in the log.
func (o *outcome) spans(s *kit.Styles) []kit.Span {
	to := " to " + kit.CutMiddle(o.topic, 24)
	sign := human.Sign(o.of) + " "
	switch o.of {
	case jolt.Acknowledged:
		return []kit.Span{s.OK.Span(sign), s.Dim.Span("ok " + human.Duration(o.latency) + to)}
	case jolt.Rejected:
		return []kit.Span{s.Error.Span(sign + "rejected" + to)}
	case jolt.NotSent:
		return []kit.Span{s.Warn.Span(sign + "not sent" + to)}
	default:
		return []kit.Span{s.Warn.Span(sign + "nobody knows whether it got" + to)}
	}
}
