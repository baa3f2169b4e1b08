package feed

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"joltui/jolt"
)

// naiveMatch asks for each word of a filter on its own.
func naiveMatch(row *Row, rows string, op jolt.Op) bool {
	if rows == "what went wrong" {
		failed := row.Kind == RowRequest && (row.Outcome == jolt.Rejected || row.Outcome == jolt.Unknown || row.Outcome == jolt.NotSent)
		return failed && (op == 0 || row.Request.Op == op) || (row.Kind == RowFailure || row.Kind == RowHint && row.Hint != HintNotSubscribed) && op == 0
	}
	if rows == "events" {
		return row.Kind != RowRequest
	}
	if rows != "all" && (row.Kind != RowRequest || row.Outcome.String() != rows) {
		return false
	}
	return op == 0 || row.Kind == RowRequest && row.Request.Op == op
}

// TestLogFilterModel: the rows that a filter lets through are those of a naive
// one, whatever was begun, answered and evicted.
func TestLogFilterModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := New(Limits{LogRows: rapid.IntRange(1, 30).Draw(t, "rows")})
		l := f.Log()
		for i := range rapid.IntRange(0, 60).Draw(t, "steps") {
			r := jolt.Request{
				Op:  rapid.SampledFrom([]jolt.Op{jolt.OpAuth, jolt.OpSubscribe, jolt.OpUnsubscribe, jolt.OpPublish, jolt.OpPing}).Draw(t, "op"),
				Ref: uint64(i + 1),
			}
			switch rapid.IntRange(-1, 3).Draw(t, "step") {
			case -1:
				l.Fail(at(0), "failed")
			case 0:
				l.Note(at(0), "note")
			case 1:
				l.Begin(r, at(0))
			default:
				l.Begin(r, at(0))
				apply(f, replyTo(r, jolt.Outcome(rapid.IntRange(int(jolt.Acknowledged), int(jolt.NotSent)).Draw(t, "outcome")), nil))
			}
		}
		for rows := RowsAll; rows <= RowsEvents; rows++ {
			for op := range jolt.OpPing + 1 {
				var want []uint64
				for pos := l.First(); pos < l.Next(); pos++ {
					if naiveMatch(l.At(pos), rows.String(), op) {
						want = append(want, pos)
					}
				}
				if got := l.Matching(nil, LogFilter{rows, op}); !slices.Equal(got, want) {
					t.Fatalf("%s, %s: rows %d, want %d", rows, op, got, want)
				}
			}
		}
	})
}

// TestLogFilterOfRepeats: a message that is published many times is shown with any
// outcome that one of its requests has.
func TestLogFilterOfRepeats(t *testing.T) {
	f := New(Limits{})
	r := jolt.Request{Op: jolt.OpPublish, Topic: "t", Ref: 1}
	f.Want("t", at(0)) // else there is a hint, too
	f.Log().BeginRepeat(r, "twice", 2, at(0))
	shown := func() string {
		var names []string
		for rows := RowsAll; rows <= RowsEvents; rows++ {
			if len(f.Log().Matching(nil, LogFilter{Rows: rows})) > 0 {
				names = append(names, rows.String())
			}
		}
		return strings.Join(names, ", ")
	}
	if got := shown(); got != "all, pending" {
		t.Errorf("begun: %s", got)
	}
	apply(f, replyTo(r, jolt.Acknowledged, nil))
	if got := shown(); got != "all, pending, acknowledged" {
		t.Errorf("with a reply: %s", got)
	}
	f.Log().EndRepeat(r, 1, "", at(1))
	if got := shown(); got != "all, acknowledged" {
		t.Errorf("ended: %s", got)
	}
	if n := len(f.Log().Matching(nil, LogFilter{Op: jolt.OpSubscribe})); n != 0 {
		t.Errorf("%d rows are shown for another operation", n)
	}
}

func TestLogRowsCycle(t *testing.T) {
	var names []string
	for rows := RowsAll; ; {
		names = append(names, rows.String())
		if rows = rows.Next(); rows == RowsAll {
			break
		}
	}
	if got := strings.Join(names, ", "); got != "all, what went wrong, pending, acknowledged, rejected, unknown, not sent, events" {
		t.Errorf("choices are %s", got)
	}
}

func TestRowKeepsTheReply(t *testing.T) {
	f := New(Limits{})
	r := jolt.Request{Op: jolt.OpPublish, Topic: "t", Data: "x", Ref: 1}
	f.Log().Begin(r, at(0))
	reply := replyTo(r, jolt.Acknowledged, nil)
	reply.Verbatim = `{"ok":true}` + strings.Repeat(" ", 2*maxRowText)
	apply(f, reply)
	row := f.Log().At(0)
	if !row.Sent.Equal(at(1)) || !row.Replied.Equal(at(1.001)) || row.Latency != time.Millisecond {
		t.Errorf("sent %v, replied %v, latency %v", row.Sent, row.Replied, row.Latency)
	}
	if len(row.Reply) != maxRowText || row.ReplySize != len(reply.Verbatim) || !strings.HasPrefix(row.Reply, `{"ok":true}`) {
		t.Errorf("reply of %d bytes is kept as %d bytes", row.ReplySize, len(row.Reply))
	}
}

// TestLogDataIsBounded: the payloads of the oldest rows are cut, the newest is
// kept whole.
func TestLogDataIsBounded(t *testing.T) {
	const limit = 100_000
	f := New(Limits{LogData: limit, LogRows: 40})
	l := f.Log()
	for i := range 100 {
		l.Begin(jolt.Request{Op: jolt.OpPublish, Topic: "t", Data: strings.Repeat("x", 10_000), Ref: uint64(i + 1)}, at(0))
		sum := 0
		for pos := l.First(); pos < l.Next(); pos++ {
			sum += len(l.At(pos).Request.Data)
		}
		if sum > limit || sum != l.data {
			t.Fatalf("after %d publishes the rows hold %d bytes, counted as %d", i+1, sum, l.data)
		}
	}
	oldest, newest := l.At(l.First()), l.At(l.Next()-1)
	if len(oldest.Request.Data) != oldRowData || oldest.Size != 10_000 || len(newest.Request.Data) != 10_000 {
		t.Errorf("kept are %d bytes of the oldest and %d of the newest", len(oldest.Request.Data), len(newest.Request.Data))
	}
}

func TestPublishLatency(t *testing.T) {
	f := New(Limits{})
	if got := f.Log().PublishLatency(); got != (Latency{}) {
		t.Errorf("without a publish: %+v", got)
	}
	for i := range 100 {
		took := time.Duration(i+1) * time.Millisecond
		apply(f, &jolt.Reply{Sent: at(0), At: at(0).Add(took), Request: jolt.Request{Op: jolt.OpPublish, Topic: "t"}, Outcome: jolt.Acknowledged})
	}
	for _, r := range []*jolt.Reply{
		{Sent: at(0), At: at(9), Request: jolt.Request{Op: jolt.OpPing}, Outcome: jolt.Acknowledged},
		{Sent: at(0), At: at(9), Request: jolt.Request{Op: jolt.OpPublish, Topic: "t"}, Outcome: jolt.Unknown},
	} {
		apply(f, r)
	}
	got := f.Log().PublishLatency()
	near := func(d time.Duration, ms int) bool {
		return d.Round(time.Millisecond) == time.Duration(ms)*time.Millisecond
	}
	if got.Count != 100 || !near(got.Min, 1) || !near(got.Median, 50) || !near(got.P99, 99) || !near(got.Max, 100) {
		t.Errorf("summary is %s", fmt.Sprintf("%+v", got))
	}
}

// What went wrong is what one looks for at night: failures of all kinds, and no more.
func TestWhatWentWrong(t *testing.T) {
	f := New(Limits{})
	f.Log().Note(at(0), "no failure")
	f.Log().Fail(at(0), "the disk is full")
	apply(f,
		&jolt.StateChange{At: at(0), State: jolt.Up},
		&jolt.StateChange{At: at(1), State: jolt.Down, Cause: errLost},
		&jolt.Gap{From: at(1), To: at(2)},
		&jolt.BadLine{At: at(3), Raw: "x", Err: errLost},
	)
	f.Dropped("t", 1, 1)
	var kinds []RowKind
	for _, pos := range f.Log().Matching(nil, LogFilter{Rows: RowsWrong}) {
		kinds = append(kinds, f.Log().At(pos).Kind)
	}
	if want := []RowKind{RowFailure, RowConnection, RowGap, RowBadLine, RowDropped}; !slices.Equal(kinds, want) {
		t.Errorf("it has %v, want %v", kinds, want)
	}
}

// Troubles changes with what goes wrong, and with nothing else.
func TestTroubles(t *testing.T) {
	f := New(Limits{})
	f.Want("t", at(0)) // else there is a hint, too
	publish := func(ref uint64) jolt.Request { return jolt.Request{Op: jolt.OpPublish, Topic: "t", Ref: ref} }
	for _, step := range []struct {
		name  string
		do    func()
		wrong bool
	}{
		{"a note", func() { f.Log().Note(at(0), "no failure") }, false},
		{"a failure", func() { f.Log().Fail(at(0), "the disk is full") }, true},
		{"a request", func() { f.Log().Begin(publish(1), at(0)) }, false},
		{"acknowledged", func() { apply(f, replyTo(publish(1), jolt.Acknowledged, nil)) }, false},
		{"another", func() { f.Log().Begin(publish(2), at(0)) }, false},
		{"rejected", func() { apply(f, replyTo(publish(2), jolt.Rejected, errLost)) }, true},
		{"a repetition", func() { f.Log().BeginRepeat(publish(3), "thrice", 3, at(0)) }, false},
		{"one of it is acknowledged", func() { apply(f, replyTo(publish(3), jolt.Acknowledged, nil)) }, false},
		{"one is not", func() { apply(f, replyTo(publish(3), jolt.Rejected, errLost)) }, true},
		{"up", func() { apply(f, &jolt.StateChange{At: at(0), State: jolt.Up}) }, false},
		{"down", func() { apply(f, &jolt.StateChange{At: at(1), State: jolt.Down, Cause: errLost}) }, true},
		{"dropped", func() { f.Dropped("t", 1, 1) }, true},
		{"more of it", func() { f.Dropped("t", 1, 1) }, true},
		{"messages", func() { apply(f, &jolt.Message{At: at(2), Topic: "t", Data: "x"}) }, false},
	} {
		before := f.Log().Troubles()
		if step.do(); (f.Log().Troubles() != before) != step.wrong {
			t.Errorf("%s: %d troubles after %d", step.name, f.Log().Troubles(), before)
		}
	}
}
