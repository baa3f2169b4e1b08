package ledger

import (
	"errors"
	"strings"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/jolt"
	"joltui/ui/views/kit"
	"joltui/ui/views/repeats"
)

// kindWords says what a row is about.
func kindWords(row *feed.Row) string {
	switch row.Kind {
	case feed.RowRequest:
		return "Request " + row.Request.Op.String()
	case feed.RowConnection:
		return "Connection"
	case feed.RowGap:
		return "Gap"
	case feed.RowBadLine:
		return "Unreadable line"
	case feed.RowUnknown:
		return "Frame of an unknown kind"
	case feed.RowUnsolicited:
		return "Reply to no request"
	case feed.RowHint:
		return "Advice"
	case feed.RowFailure:
		return "Failure"
	case feed.RowDropped:
		return "Dropped messages"
	case feed.RowAlert:
		return "Alert"
	case feed.RowMany:
		return "Requests made at once"
	case feed.RowRepeat:
		return "Published again and again"
	default:
		return "Note"
	}
}

// describe returns all that is known of a row.
func (v *Pane) describe(f *feed.Feed, row *feed.Row) []detail {
	s := v.styles
	at := detail{name: "at", paint: s.Text, text: exactly(row.At)}
	switch event := row.Event.(type) {
	case *jolt.StateChange:
		return append([]detail{at}, v.describeChange(event)...)
	case *jolt.Gap:
		return append([]detail{
			{"from", s.Text, exactly(event.From), ""},
			{"to", s.Text, exactly(event.To), ""},
			{"lasted", s.Warn, "up to " + human.UpTo(event.To.Sub(event.From)), gapMeaning},
		}, cause(s, event.Cause)...)
	case *jolt.BadLine:
		size := uint64(max(event.Size, 0))
		return []detail{at,
			{"size", s.Text, human.Bytes(size), ""},
			{"error", s.Error, human.Cause(event.Err), ""},
			{"line", s.Text, printable.Line(event.Raw), notKept(event.Raw, row.Size)},
		}
	case *jolt.UnknownFrame:
		return []detail{at,
			{"frame", s.Text, printable.Line(event.Raw), notKept(event.Raw, row.Size)},
			{"meaning", s.Dim, "", "It is neither a message nor a reply. A newer broker may send such frames."},
		}
	case *jolt.Unsolicited:
		return []detail{at,
			{"reply", s.Text, printable.Line(event.Raw), notKept(event.Raw, row.Size)},
			{"error", s.Error, printable.Line(event.Err), ""},
			{"meaning", s.Dim, "", "No request was waiting for it, so it is taken for the reply to none."},
		}
	}
	switch row.Kind {
	case feed.RowRequest:
		return v.describeRequest(row)
	case feed.RowDropped:
		return []detail{at,
			{"messages", s.Warn, human.Count(row.Count) + ", with " + human.Bytes(row.Bytes) + " of payloads", ""},
			{"others", s.Text, human.Counted(row.Lines, "line"), ""},
			{"topic", s.Accent, printable.Line(row.Topic), ""},
			{"meaning", s.Dim, "", "They came faster than this screen could take them in. All are counted."},
		}
	case feed.RowAlert:
		return v.describeAlert(row)
	case feed.RowMany:
		return v.describeMany(row)
	case feed.RowRepeat:
		all := []detail{{"begun", s.Text, exactly(row.At), ""},
			{"plan", s.Text, printable.Line(row.Repeat.Plan), ""},
			{"so far", s.Text, "", spansText(append(repeats.RepeatWords(s, row.Repeat), repeats.LatencyWords(s, row.Repeat)...))},
			{"topic", s.Accent, printable.Line(row.Request.Topic), ""},
		}
		return append(all, v.describeLine(row)...)
	case feed.RowHint:
		return []detail{at, {"advice", s.Text, "", v.advice(f, row, len(row.Topic)+1)}}
	case feed.RowFailure:
		return []detail{at, {"failure", s.Error, "", printable.Line(row.Text)}}
	default:
		return []detail{at, {"note", s.Text, "", printable.Line(row.Text)}}
	}
}

func (v *Pane) describeChange(c *jolt.StateChange) []detail {
	s := v.styles
	all := []detail{
		{"state", s.Strong, c.State.String(), ""},
		{"broker", s.Text, printable.Line(c.Addr), ""},
	}
	if c.State == jolt.Up {
		all = append(all, detail{"subscribed", s.Text, human.Counted(uint64(max(c.Topics, 0)), "topic"), ""})
	}
	if c.User != "" {
		all = append(all, detail{"user", s.Accent, printable.Line(c.User), ""})
	}
	if c.Attempt > 0 {
		all = append(all, detail{"attempts", s.Text, human.Count(uint64(c.Attempt)) + " failed in a row", ""})
	}
	if c.Cause != nil {
		all = append(all, cause(s, c.Cause)...)
	}
	if !c.RetryAt.IsZero() {
		all = append(all, detail{"next try", s.Text, exactly(c.RetryAt), "By itself; the pauses between are 5 s at most."})
	}
	if steps := v.nextSteps(""); steps != "" && (c.State == jolt.Down || c.State == jolt.Closed) {
		all = append(all, detail{"what now", s.Text, "", steps})
	}
	return all
}

// cause says why something failed: in plain words, and in those of the error where they
// say more.
func cause(s *kit.Styles, err error) []detail {
	if err == nil {
		return nil
	}
	plain, whole := human.Cause(err), printable.Line(err.Error())
	if strings.TrimPrefix(whole, "jolt: ") == plain {
		whole = ""
	}
	return []detail{{"cause", s.Error, plain, whole}}
}

// describeRequest returns what is known of a request and of its outcome.
func (v *Pane) describeRequest(row *feed.Row) []detail {
	s, r := v.styles, &row.Request
	words, paint := v.outcome(row, maxOutcomeWords)
	all := []detail{{"outcome", paint, words, outcomeAdvice(row)}}
	if r.Op == jolt.OpAuth {
		all = append(all, detail{"user", s.Accent, printable.Line(r.User), ""})
	}
	if r.Topic != "" {
		all = append(all, detail{"topic", s.Accent, printable.Line(r.Topic), ""})
	}
	by := "you"
	if r.Auto {
		by = "the client, on its own"
	}
	all = append(all, detail{"asked by", s.Text, by, ""})
	if row.Sent.IsZero() || row.At.Before(row.Sent) { // else the row was made when the reply came
		all = append(all, detail{"asked", s.Text, exactly(row.At), ""})
	}
	if !row.Sent.IsZero() {
		all = append(all, detail{"sent", s.Text, exactly(row.Sent), ""})
	}
	if !row.Replied.IsZero() {
		all = append(all, detail{"ended", s.Text, exactly(row.Replied), ""})
	}
	if row.Latency > 0 {
		name := "waited"
		if row.Outcome == jolt.Acknowledged || row.Outcome == jolt.Rejected {
			name = "reply in"
		}
		all = append(all, detail{name, s.Text, human.Milliseconds(row.Latency), ""})
	}
	if row.LoopBack > 0 {
		all = append(all, detail{"back in", s.Text, human.Milliseconds(row.LoopBack), "From sent until the message came on its topic, which is subscribed."})
	}
	all = append(all, v.describeLine(row)...)
	if row.Reply != "" {
		all = append(all, detail{"reply", s.Text, printable.Line(row.Reply), notKept(row.Reply, row.ReplySize)})
	}
	if row.Err != nil {
		all = append(all, detail{"error", s.Error, printable.Line(row.Err.Error()), ""})
	}
	return all
}

const gapMeaning = "What was lost was published then, and nothing before. It begins when everything is known to have come, " +
	"which is earlier than the end of the connection where that was not read as it came."

// maxOutcomeWords bounds the broker's words beside an outcome, in cells. The whole of them
// is in the reply.
const maxOutcomeWords = 2000

// describeLine shows the line of a request on the wire, as the client's encoder makes it,
// with the password masked.
func (v *Pane) describeLine(row *feed.Row) []detail {
	s, r := v.styles, row.Request
	var notes []string
	if r.Op == jolt.OpAuth {
		r.Pass = "********"
		notes = append(notes, "password masked")
	}
	line, err := jolt.AppendRequest(nil, r)
	if err != nil {
		return []detail{{"line", s.Error, "none: " + human.Cause(err), ""}}
	}
	name, text := "line sent", strings.TrimSuffix(string(line), "\n")
	if row.Outcome == jolt.NotSent || row.Outcome == jolt.Pending {
		name = "line"
	}
	if cut := row.Size - len(r.Data); cut > 0 {
		text = strings.TrimSuffix(text, `"}`)
		notes = append(notes, human.Bytes(uint64(cut))+" more of the payload not kept")
	} else if r.Op != jolt.OpAuth {
		notes = append(notes, human.Bytes(uint64(len(line)))+" with its line end")
	}
	all := []detail{{name, s.Text, printable.Line(text), strings.Join(notes, ", ")}}
	if r.Op == jolt.OpPublish {
		all = append([]detail{{"payload", s.Text, human.Count(uint64(row.Size)) + " bytes", ""}}, all...)
	}
	return all
}

// outcomeAdvice says what an outcome means, and what to do.
func outcomeAdvice(row *feed.Row) string {
	switch row.Outcome {
	case jolt.Acknowledged:
		return "The broker has done it."
	case jolt.Rejected:
		return "The broker has not done it, for the reason that it gives."
	case jolt.Unknown:
		return "It was sent, and no reply will come: it may have been done or not. It is never sent again by itself. " +
			"See whether it took effect before you repeat it."
	case jolt.NotSent:
		if errors.Is(row.Err, jolt.ErrNotConnected) {
			return "It never left. It is safe to repeat it when there is a connection."
		}
		return "It never left. It is safe to repeat it."
	default:
		return "No reply yet."
	}
}

// spansText returns the text of spans.
func spansText(spans []kit.Span) string {
	var b strings.Builder
	for _, span := range spans {
		b.WriteString(span.Text)
	}
	return strings.TrimSpace(b.String())
}

// notKept says how much of a text is missing.
func notKept(text string, size int) string {
	if size <= len(text) {
		return ""
	}
	return human.Bytes(uint64(size-len(text))) + " more not kept"
}
