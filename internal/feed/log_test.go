package feed

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"joltui/jolt"
)

func logKinds(l *Log) []RowKind {
	var kinds []RowKind
	for pos := l.First(); pos < l.Next(); pos++ {
		kinds = append(kinds, l.At(pos).Kind)
	}
	return kinds
}

func wantKinds(t *testing.T, l *Log, want ...RowKind) {
	t.Helper()
	if got := logKinds(l); !slices.Equal(got, want) {
		t.Errorf("rows are %v, want %v", got, want)
	}
}

func TestRequestIsCompletedInPlace(t *testing.T) {
	f := New(Limits{})
	l := f.Log()
	request := jolt.Request{Op: jolt.OpPublish, Topic: "a", Data: "x", Ref: 7}
	l.Begin(request, at(1))
	l.Begin(request, at(1)) // announced twice is announced once
	l.Note(at(1), "between")
	if row := l.At(0); row.Outcome != jolt.Pending || row.Latency != 0 || !row.At.Equal(at(1)) {
		t.Errorf("begun: %+v", row)
	}
	if n := l.Totals().Of(jolt.OpPublish, jolt.Pending); n != 1 {
		t.Errorf("%d publishes are pending, want 1", n)
	}
	version := l.Version()
	apply(f, rejected(request, "forbidden: no"))
	row := l.At(0)
	if row.Outcome != jolt.Rejected || row.Latency != time.Millisecond || row.Err == nil || !row.At.Equal(at(1)) {
		t.Errorf("completed: %+v", row)
	}
	wantKinds(t, l, RowRequest, RowNote)
	if l.Version() == version {
		t.Error("the version is the same although a row has changed")
	}
	totals := l.Totals()
	if totals.Of(jolt.OpPublish, jolt.Pending) != 0 || totals.Of(jolt.OpPublish, jolt.Rejected) != 1 {
		t.Errorf("totals are %+v", totals)
	}
}

func TestRowsOfReplies(t *testing.T) {
	auto := func(op jolt.Op) jolt.Request { return jolt.Request{Op: op, Topic: "t", Auto: true} }
	tests := []struct {
		name  string
		reply *jolt.Reply
		want  []RowKind
	}{
		{"by the user", replyTo(jolt.Request{Op: jolt.OpPing}, jolt.Acknowledged, nil), []RowKind{RowRequest}},
		{"unknown Ref", replyTo(jolt.Request{Op: jolt.OpPing, Ref: 9}, jolt.Acknowledged, nil), []RowKind{RowRequest}},
		{"auto ping", replyTo(auto(jolt.OpPing), jolt.Acknowledged, nil), nil},
		{"auto ping lost", replyTo(auto(jolt.OpPing), jolt.Unknown, errLost), nil},
		{"auto auth", replyTo(auto(jolt.OpAuth), jolt.Acknowledged, nil), nil},
		{"auto auth rejected", rejected(auto(jolt.OpAuth), "no"), []RowKind{RowRequest, RowHint}},
		{"auto sub", replyTo(auto(jolt.OpSubscribe), jolt.Acknowledged, nil), nil},
		{"auto sub lost", replyTo(auto(jolt.OpSubscribe), jolt.Unknown, errLost), []RowKind{RowRequest}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := New(Limits{})
			apply(f, tt.reply)
			wantKinds(t, f.Log(), tt.want...)
			if n := f.Log().Totals().Of(tt.reply.Request.Op, tt.reply.Outcome); n != 1 {
				t.Errorf("the totals count it %d times", n)
			}
		})
	}
}

func TestMessagesMakeNoRow(t *testing.T) {
	f := New(Limits{})
	apply(f, message("a", "1"))
	wantKinds(t, f.Log())
}

func TestTotalsSurviveEviction(t *testing.T) {
	f := New(Limits{LogRows: 3})
	l := f.Log()
	for ref := range uint64(10) {
		l.Begin(jolt.Request{Op: jolt.OpPublish, Topic: "a", Ref: ref + 1}, at(0))
	}
	if l.First() != 7 || l.Next() != 10 || l.At(6) != nil || l.At(10) != nil {
		t.Errorf("rows are [%d, %d)", l.First(), l.Next())
	}
	for ref := range uint64(10) {
		apply(f, replyTo(jolt.Request{Op: jolt.OpPublish, Topic: "a", Ref: ref + 1}, jolt.Unknown, errLost))
	}
	totals := l.Totals()
	if totals.Of(jolt.OpPublish, jolt.Unknown) != 10 || totals.Outcome(jolt.Unknown) != 10 || totals.Outcome(jolt.Pending) != 0 {
		t.Errorf("totals are %+v", totals)
	}
	for pos := l.First(); pos < l.Next(); pos++ {
		if row := l.At(pos); row.Outcome != jolt.Unknown {
			t.Errorf("row %d is still %v", pos, row.Outcome)
		}
	}
}

func TestTotalsTakeAnything(t *testing.T) {
	var totals Totals
	totals.add(200, 200)
	if totals.Outcome(jolt.Unknown) != 1 || totals.Of(200, jolt.Unknown) != 0 || totals.Of(jolt.OpPing, 200) != 0 {
		t.Errorf("totals are %+v", totals)
	}
}

func TestRowsAreBounded(t *testing.T) {
	long := strings.Repeat("x", 1<<20)
	f := New(Limits{})
	l := f.Log()
	l.Begin(jolt.Request{Op: jolt.OpPublish, Topic: "a", Data: long, Ref: 1}, at(0))
	publish := jolt.Request{Op: jolt.OpPublish, Topic: "a", Data: long}
	apply(f,
		rejected(publish, long),
		&jolt.BadLine{Raw: long, Size: len(long)},
		&jolt.UnknownFrame{Raw: long},
		&jolt.Unsolicited{Err: long, Raw: long},
		&jolt.StateChange{State: jolt.Down, Cause: fmt.Errorf("login: %w", &jolt.RejectedError{Text: long})},
	)
	l.Note(at(0), long)
	for pos := l.First(); pos < l.Next(); pos++ {
		row := l.At(pos)
		if size := len(fmt.Sprintf("%+v %v %v", row, row.Event, row.Err)); size > 8<<10 {
			t.Errorf("row %d takes about %d bytes", pos, size)
		}
		switch row.Kind {
		case RowRequest:
			if len(row.Request.Data) != maxRowData || row.Size != len(long) {
				t.Errorf("row %d keeps %d bytes of %d", pos, len(row.Request.Data), row.Size)
			}
		case RowBadLine, RowUnknown, RowUnsolicited:
			if row.Size != len(long) {
				t.Errorf("row %d says %d bytes", pos, row.Size)
			}
		}
	}
	if got := l.At(2).Event.(*jolt.BadLine).Raw; len(got) != maxRowText {
		t.Errorf("a bad line keeps %d bytes", len(got))
	}
	var refused *jolt.RejectedError
	if !errors.As(l.At(1).Err, &refused) || len(refused.Text) != maxRowText {
		t.Errorf("error is %v", l.At(1).Err)
	}
}

func TestPasswordIsNotKept(t *testing.T) {
	f := New(Limits{})
	auth := jolt.Request{Op: jolt.OpAuth, User: "alice", Pass: "secret", Ref: 1}
	f.Log().Begin(auth, at(0))
	apply(f, replyTo(jolt.Request{Op: jolt.OpAuth, User: "bob", Pass: "secret"}, jolt.Acknowledged, nil))
	for pos := range uint64(2) {
		if row := f.Log().At(pos); row.Request.Pass != "" || row.Request.User == "" {
			t.Errorf("row %d keeps %q and %q", pos, row.Request.User, row.Request.Pass)
		}
	}
}

func TestConnectionRows(t *testing.T) {
	change := func(s jolt.State, cause string) *jolt.StateChange {
		c := &jolt.StateChange{State: s}
		if cause != "" {
			c.Cause = errors.New(cause)
		}
		return c
	}
	tests := []struct {
		name    string
		changes []*jolt.StateChange
		want    int
	}{
		{"first attempt fails", []*jolt.StateChange{change(jolt.Connecting, ""), change(jolt.Down, "a")}, 1},
		{"it fails again", []*jolt.StateChange{change(jolt.Down, "a"), change(jolt.Connecting, ""), change(jolt.Down, "a")}, 1},
		{"it fails otherwise", []*jolt.StateChange{change(jolt.Down, "a"), change(jolt.Down, "b")}, 2},
		{"up", []*jolt.StateChange{change(jolt.Connecting, ""), change(jolt.Up, "")}, 1},
		{"down for the same cause as last time", []*jolt.StateChange{change(jolt.Down, "a"), change(jolt.Up, ""), change(jolt.Down, "a")}, 3},
		{"closed", []*jolt.StateChange{change(jolt.Up, ""), change(jolt.Closed, "")}, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := New(Limits{})
			for _, c := range tt.changes {
				apply(f, c)
			}
			if got := len(logKinds(f.Log())); got != tt.want {
				t.Errorf("%d rows, want %d", got, tt.want)
			}
		})
	}
}

func TestDropEpisodes(t *testing.T) {
	f := New(Limits{LogRows: 3})
	l := f.Log()
	drop := func(seconds float64, topic string) {
		f.Tick(at(seconds))
		f.Dropped(topic, 10, 100)
	}
	drop(0, "a")
	drop(0.9, "a")
	if row := l.At(0); row.Count != 20 || row.Bytes != 200 || row.Topic != "a" || !row.At.Equal(at(0)) {
		t.Errorf("row is %+v", row)
	}
	drop(1.8, "b")
	if row := l.At(0); row.Count != 30 || row.Topic != "" {
		t.Errorf("row is %+v", row)
	}
	wantKinds(t, l, RowDropped)

	drop(2.8, "b")
	wantKinds(t, l, RowDropped, RowDropped)
	if row := l.At(1); row.Count != 10 || row.Topic != "b" {
		t.Errorf("row is %+v", row)
	}

	for range 3 {
		l.Note(at(3), "the row of the episode goes")
	}
	drop(3, "b")
	if row := l.At(l.Next() - 1); row.Kind != RowDropped || row.Count != 10 {
		t.Errorf("row is %+v", row)
	}
}

// A broker that stops writes why to each client; its words and the end that they
// announce are one row, whether or not the log is full. Other words stay.
func TestTheLastWordsOfABrokerAndTheEndAreOneRow(t *testing.T) {
	words := &jolt.Unsolicited{At: at(1), Err: "broker is shutting down"}
	end := func(text string) *jolt.StateChange {
		return &jolt.StateChange{At: at(1), State: jolt.Down, Cause: &jolt.BrokerError{Text: text}}
	}
	for _, rows := range []int{2, 100} {
		f := New(Limits{LogRows: rows})
		f.Log().Note(at(0), "before")
		apply(f, words, end(words.Err))
		wantKinds(t, f.Log(), RowNote, RowConnection)
		if n := f.Counters().Unsolicited; n != 0 {
			t.Errorf("%d rows: %d replies to nothing are counted, want 0", rows, n)
		}
	}
	f := New(Limits{})
	apply(f, words, end("something else"))
	wantKinds(t, f.Log(), RowUnsolicited, RowConnection)
}
