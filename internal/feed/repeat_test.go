package feed

import (
	"strings"
	"testing"
	"time"

	"joltui/jolt"
)

func repeated() jolt.Request {
	return jolt.Request{Op: jolt.OpPublish, Topic: "a", Data: strings.Repeat("x", 1000), Ref: 7}
}

func TestARepeatIsOneRow(t *testing.T) {
	f := New(Limits{})
	l := f.Log()
	r := l.BeginRepeat(repeated(), "every 1s", 3, at(1))
	for range 3 {
		apply(f, replyTo(repeated(), jolt.Acknowledged, nil))
	}
	l.EndRepeat(repeated(), 3, "", at(2))
	wantKinds(t, l, RowRepeat, RowHint)
	row := l.At(0)
	if row.Repeat != r || row.Size != 1000 || len(row.Request.Data) != 1000 || !row.At.Equal(at(1)) {
		t.Errorf("the row is %+v", row)
	}
	if r.Acknowledged != 3 || r.Done() != 3 || r.Latency() != time.Millisecond || r.Slowest != time.Millisecond || !r.Ended {
		t.Errorf("%+v", r)
	}
	if n := l.Totals().Of(jolt.OpPublish, jolt.Acknowledged); n != 3 {
		t.Errorf("%d requests in the totals", n)
	}
	if len(l.repeats) != 0 {
		t.Error("what is over is not forgotten")
	}
}

func TestARepeatCountsEveryOutcomeAndTellsSome(t *testing.T) {
	f := New(Limits{})
	l := f.Log()
	r := l.BeginRepeat(repeated(), "1000", 1000, at(1))
	for range 500 {
		apply(f, rejected(repeated(), "forbidden: no"))
		apply(f, replyTo(repeated(), jolt.Acknowledged, nil))
	}
	apply(f, replyTo(repeated(), jolt.Unknown, errLost), replyTo(repeated(), jolt.NotSent, errLost))
	if r.Rejected != 500 || r.Acknowledged != 500 || r.Unknown != 1 || r.NotSent != 1 || r.Done() != 1002 {
		t.Errorf("%+v", r)
	}
	requests := 0
	for _, kind := range logKinds(l) {
		if kind == RowRequest {
			requests++
		}
	}
	if requests != maxRepeatRows {
		t.Errorf("%d rejections have a row of their own, want %d", requests, maxRepeatRows)
	}
}

func TestOutcomesAfterTheEndOfARepeatAreItsOwn(t *testing.T) {
	f := New(Limits{})
	l := f.Log()
	r := l.BeginRepeat(repeated(), "every 1s", 0, at(1))
	l.EndRepeat(repeated(), 2, "stopped", at(2))
	for n := range uint64(2) {
		apply(f, replyTo(repeated(), jolt.Acknowledged, nil))
		if r.Acknowledged != n+1 {
			t.Fatalf("%+v", r)
		}
	}
	if r.Why != "stopped" || len(l.repeats) != 0 {
		t.Errorf("%+v, %d remembered", r, len(l.repeats))
	}
	l.EndRepeat(repeated(), 2, "again", at(3))
	if r.Why != "stopped" {
		t.Error("it ended twice")
	}
}

func TestARepeatWhoseRowIsGoneIsToldAtItsEnd(t *testing.T) {
	f := New(Limits{LogRows: 3})
	l := f.Log()
	r := l.BeginRepeat(repeated(), "every 1s", 0, at(1))
	for range 4 {
		l.Note(at(1), "other")
	}
	l.EndRepeat(repeated(), 0, "stopped", at(2))
	if row := l.At(l.Next() - 1); row.Kind != RowRepeat || row.Repeat != r || !row.At.Equal(at(2)) {
		t.Errorf("the last row is %+v", row)
	}
}

func TestRepeatRate(t *testing.T) {
	r := &Repeat{Begun: at(1), Latest: at(1)}
	if r.Rate() != 0 || r.Latency() != 0 {
		t.Errorf("%v/s, %s of nothing", r.Rate(), r.Latency())
	}
	r.Acknowledged, r.Latest, r.Waited = 300, at(3), 600*time.Millisecond
	if r.Rate() != 150 || r.Latency() != 2*time.Millisecond {
		t.Errorf("%v/s, %s", r.Rate(), r.Latency())
	}
}
