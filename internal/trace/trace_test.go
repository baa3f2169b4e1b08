package trace

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"joltui/jolt"
)

// wireAt is when the lines of a test go over the wire.
var wireAt = time.Date(2026, 1, 2, 12, 1, 2, 0, time.UTC)

func traceMessage(topic, data string) jolt.TraceLine {
	line := strings.TrimSuffix(string(jolt.AppendMessage(nil, topic, data)), "\n")
	return jolt.TraceLine{At: wireAt, Line: line, Size: len(line),
		Frame: jolt.Frame{Kind: jolt.FrameMessage, Topic: topic, Data: data}}
}

// kept are the lines that are remembered, as short texts.
func kept(l Lines) (texts []string) {
	for pos := l.First(); pos < l.Next(); pos++ {
		line := l.At(pos)
		switch {
		case line.LeftOut > 0:
			texts = append(texts, fmt.Sprintf("%d left out", line.LeftOut))
		default:
			texts = append(texts, line.Text)
		}
	}
	return texts
}

func expectKept(t *testing.T, l Lines, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, kept(l)); diff != "" {
		t.Errorf("kept (-want +got):\n%s", diff)
	}
}

func TestWireLine(t *testing.T) {
	publish := &jolt.Request{Op: jolt.OpPublish, Topic: "orders", Data: "12345"}
	broken := errors.New("broken")
	for _, tt := range []struct {
		trace jolt.TraceLine
		want  Line
	}{
		{jolt.TraceLine{At: wireAt, Sent: true, Line: "{}", Size: 2, Request: publish},
			Line{At: wireAt, Kind: Request, Sent: true, Text: "{}", Size: 2, Op: jolt.OpPublish, Topic: "orders", Data: 5}},
		{jolt.TraceLine{Line: `{"pass":"x"}`, Size: 12}, Line{Kind: Unknown, Text: `{"pass":"***"}`, Size: 12}},
		{jolt.TraceLine{Sent: true, Request: &jolt.Request{Op: jolt.OpAuth, User: "ann"}},
			Line{Sent: true, Op: jolt.OpAuth, User: "ann"}},
		{jolt.TraceLine{Frame: jolt.Frame{Kind: jolt.FrameAck}, Request: publish},
			Line{Kind: OK, Op: jolt.OpPublish, Topic: "orders", Data: 5}},
		{jolt.TraceLine{Frame: jolt.Frame{Kind: jolt.FrameError, Error: "no"}},
			Line{Kind: Error, Words: "no"}},
		{jolt.TraceLine{Frame: jolt.Frame{Kind: jolt.FrameMessage, Topic: "a", Data: "xyz"}},
			Line{Kind: Message, Topic: "a", Data: 3}},
		{jolt.TraceLine{Line: "{", Size: 1}, Line{Kind: Unknown, Text: "{", Size: 1}},
		{jolt.TraceLine{Line: "{", Size: 1, Err: broken}, Line{Kind: Unreadable, Text: "{", Size: 1, Err: broken}},
		{jolt.TraceLine{Line: strings.Repeat("x", mostText+1), Size: mostText + 1},
			Line{Kind: Unknown, Text: strings.Repeat("x", mostText), Size: mostText + 1, Cut: 1}},
	} {
		if diff := cmp.Diff(tt.want, newLine(&tt.trace), cmpopts.EquateErrors()); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

// Messages are kept only while somebody watches; else a line in their place counts them.
func TestWireLeavesMessagesOut(t *testing.T) {
	w := New()
	ping := jolt.TraceLine{At: wireAt, Sent: true, Line: `{"op":"ping"}`, Request: &jolt.Request{Op: jolt.OpPing}}
	w.Add(traceMessage("a", "1"))
	w.Add(traceMessage("a", "2"))
	before := w.Lines()
	expectKept(t, before, "2 left out")
	w.Add(ping)
	w.Add(traceMessage("a", "3"))
	w.Watch(true, wireAt)
	w.Watch(true, wireAt.Add(time.Hour)) // as before
	w.Add(traceMessage("a", "4"))
	watched := w.Lines()
	if !watched.Since.Equal(wireAt) || !before.Since.IsZero() {
		t.Errorf("watched since %v, and before %v", watched.Since, before.Since)
	}
	w.Watch(false, wireAt)
	w.Add(traceMessage("a", "5"))
	want := []string{"2 left out", ping.Line, "1 left out", `{"topic":"a","data":"4"}`}
	expectKept(t, watched, want...)
	expectKept(t, w.Lines(), append(want, "1 left out")...)
	expectKept(t, before, "2 left out")
}

// Of a flood, as much is kept in each period as an eye can follow.
func TestWireUnderAFlood(t *testing.T) {
	w := New()
	w.Watch(true, wireAt)
	for range 2 * budgetMessages {
		w.Add(traceMessage("a", "x"))
	}
	late := traceMessage("a", "late")
	late.At = wireAt.Add(budgetPeriod)
	w.Add(late)
	got := kept(w.Lines())
	if n := len(got); n != budgetMessages+2 || got[n-2] != fmt.Sprintf("%d left out", budgetMessages) || got[n-1] != late.Line {
		t.Errorf("%d lines are kept, the last of them %q", n, got[max(n-2, 0):])
	}
}

// Lines and bytes are bounded; what was read stays as it was.
func TestWireIsBounded(t *testing.T) {
	w := New()
	sent := func(i, size int) {
		text := fmt.Sprintf("%*d", size, i)
		w.Add(jolt.TraceLine{At: wireAt, Sent: true, Line: text, Size: size, Request: &jolt.Request{}})
	}
	var early Lines
	for i := range 3 * mostLines {
		sent(i, 10)
		if i == mostLines {
			early = w.Lines()
		}
	}
	lines := w.Lines()
	if n := lines.Next() - lines.First(); n < mostLines || n > mostLines+chunkLines {
		t.Errorf("%d lines are kept", n)
	}
	if newest := lines.At(lines.Next() - 1).Text; strings.TrimSpace(newest) != fmt.Sprint(3*mostLines-1) {
		t.Errorf("the newest line is %s", newest)
	}
	for pos := early.First(); pos < early.Next(); pos++ {
		if got := strings.TrimSpace(early.At(pos).Text); got != fmt.Sprint(pos) {
			t.Fatalf("what was read has become %s at %d", got, pos)
		}
	}
	for i := range 4 * chunkLines {
		sent(i, 2*mostText)
	}
	held := 0
	for lines, pos := w.Lines(), uint64(0); pos < lines.Next(); pos++ {
		if l := lines.At(pos); l != nil {
			held += l.cost()
		}
	}
	if held > mostBytes+chunkLines*(mostText+lineBytes) || w.bytes != held {
		t.Errorf("%d bytes are held, and counted as %d", held, w.bytes)
	}
	if lines.At(lines.First()-1) != nil || lines.At(lines.Next()) != nil {
		t.Error("there are lines beyond both ends")
	}
}

// Both goroutines of a client trace while somebody reads.
func TestWireIsSafeForConcurrentUse(t *testing.T) {
	w := New()
	const each = 2_000
	var both sync.WaitGroup
	both.Go(func() {
		for i := range each {
			w.Add(traceMessage("a", fmt.Sprint(i)))
		}
	})
	both.Go(func() {
		for range each {
			w.Add(jolt.TraceLine{Sent: true, Line: "{}", Request: &jolt.Request{Op: jolt.OpPing}})
		}
	})
	for i := range 100 {
		w.Watch(i%2 == 0, wireAt)
		kept(w.Lines())
	}
	both.Wait()
	var messages uint64
	for lines, pos := w.Lines(), uint64(0); pos < lines.Next(); pos++ {
		switch l := lines.At(pos); {
		case l == nil:
			t.Fatalf("line %d is gone", pos)
		case l.Kind == Message:
			messages++
		default:
			messages += l.LeftOut
		}
	}
	if messages != each {
		t.Errorf("%d of %d messages are kept or counted", messages, each)
	}
}

// BenchmarkWire reports the time for a message that nobody watches, and for one that is kept
// or left out while somebody does.
func BenchmarkWire(b *testing.B) {
	line := traceMessage("orders.eu", strings.Repeat("x", 128))
	b.Run("closed", func(b *testing.B) {
		w := New()
		for b.Loop() {
			w.Add(line)
		}
	})
	b.Run("left out", func(b *testing.B) {
		w := New()
		w.Watch(true, wireAt)
		for b.Loop() {
			w.Add(line)
		}
	})
	b.Run("kept", func(b *testing.B) {
		w := New()
		w.Watch(true, wireAt)
		for b.Loop() {
			line.At = line.At.Add(budgetPeriod)
			w.Add(line)
		}
	})
}
