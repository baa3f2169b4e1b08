package feed

import (
	"strings"
	"testing"
	"unsafe"

	"joltui/jolt"
)

func TestMessages(t *testing.T) {
	f := New(Limits{})
	apply(f, message("a", "1"), message("b", "2"), message("a", "3"))
	wantContents(t, f.Topic("a").History().Window(), "1 3")
	wantContents(t, f.Topic("b").History().Window(), "2")
	wantContents(t, f.All().Window(), "1 2 3")
	checkCounters(t, f)

	if f.Topic("c") != nil {
		t.Error("an unknown topic is known")
	}
	last := f.All().Window().At(2)
	if last.Seq != 3 || last.Topic != "a" || last.Size != 1 || !last.At.Equal(start) {
		t.Errorf("entry is %+v", last)
	}
	if a := f.Topic("a"); a.Received != 2 || a.Bytes != 2 || !a.LastAt.Equal(start) || a.State != TopicIdle {
		t.Errorf("topic is %+v", a)
	}
	if c := f.Counters(); c.Received != 3 || c.Held != 3 || c.Bytes != 3 {
		t.Errorf("counters are %+v", c)
	}
}

// TestBodiesAreCopiedOnce: a history must not pin the read a message came in,
// nor hold a payload twice.
func TestBodiesAreCopiedOnce(t *testing.T) {
	read := strings.Repeat("topic payload ", 1000)
	f := New(Limits{})
	apply(f, message(read[:5], read[6:13]), message(read[14:19], read[20:27]))
	inTopic := f.Topic("topic").History().Window()
	inAll := f.All().Window()
	if unsafe.StringData(inTopic.At(0).Data) != unsafe.StringData(inAll.At(0).Data) {
		t.Error("the histories do not share the payload")
	}
	if unsafe.StringData(inAll.At(0).Topic) != unsafe.StringData(inAll.At(1).Topic) {
		t.Error("the name of the topic is held twice")
	}
	from, to := uintptr(unsafe.Pointer(unsafe.StringData(read))), uintptr(len(read))
	for _, s := range []string{inAll.At(0).Data, inAll.At(0).Topic} {
		if p := uintptr(unsafe.Pointer(unsafe.StringData(s))); p >= from && p < from+to {
			t.Errorf("%q is a part of the read", s)
		}
	}
}

func TestLongBodiesAreCut(t *testing.T) {
	f := New(Limits{Body: 8})
	apply(f, message("a", "12345678"), message("a", "123456789"), message("a", "1234567é"))
	wantContents(t, f.Topic("a").History().Window(), "12345678 12345678 1234567")
	if e := f.All().Window().At(1); e.Size != 9 {
		t.Errorf("size is %d, want 9", e.Size)
	}
	if a, c := f.Topic("a"), f.Counters(); a.Truncated != 2 || c.Truncated != 2 || c.Bytes != 26 {
		t.Errorf("truncated %d and %d, want 2; bytes %d, want 26", a.Truncated, c.Truncated, c.Bytes)
	}
}

func TestCountLimits(t *testing.T) {
	f := New(Limits{TopicMessages: 2, AllMessages: 3})
	for _, data := range []string{"1", "2", "3", "4"} {
		apply(f, message("a", data))
	}
	apply(f, message("b", "5"))
	wantContents(t, f.Topic("a").History().Window(), "3 4")
	wantContents(t, f.All().Window(), "3 4 5")
	if a := f.Topic("a"); a.Evicted != 2 {
		t.Errorf("evicted %d, want 2", a.Evicted)
	}
	checkCounters(t, f)
}

func TestHeaviestTopicGivesUpItsOldest(t *testing.T) {
	body := strings.Repeat("x", 1000)
	f := New(Limits{TopicBytes: 100_000, AllBytes: 5_000})
	apply(f, message("quiet", body), message("other", body))
	for range 1000 {
		apply(f, message("busy", body))
		checkCounters(t, f)
	}
	if f.Topic("quiet").Evicted != 0 || f.Topic("other").Evicted != 0 {
		t.Error("a quiet topic paid for a busy one")
	}
	if f.heldBytes < 90_000 {
		t.Errorf("only %d of 100,000 bytes are held", f.heldBytes)
	}
}

// TestEqualTopicsShare: topics that are equally busy keep equally much, however
// many there are.
func TestEqualTopicsShare(t *testing.T) {
	f := New(Limits{TopicBytes: 100_000})
	names := []string{"a", "b", "c", "d", "e"}
	for range 1000 {
		for _, name := range names {
			apply(f, message(name, "12345678"))
		}
	}
	checkCounters(t, f)
	for _, topic := range f.Topics() {
		if share := topic.History().Bytes() * len(names); share < 90_000 {
			t.Errorf("%s holds %d bytes", topic.Name, topic.History().Bytes())
		}
	}
}

func TestCommonLevel(t *testing.T) {
	for _, tt := range []struct {
		bytes  []int
		excess int
		want   int
	}{
		{[]int{100}, 30, 70},
		{[]int{100, 50}, 30, 70},
		{[]int{100, 50}, 50, 50},
		{[]int{100, 50}, 60, 45},
		{[]int{100, 100, 100}, 30, 90},
		{[]int{100, 50}, 150, 0},
		{[]int{100, 50}, 1000, 0},
		{nil, 10, 0},
	} {
		var topics []*Topic
		for _, n := range tt.bytes {
			topics = append(topics, &Topic{history: History{bytes: n}})
		}
		if got := max(commonLevel(topics, tt.excess), 0); got != tt.want {
			t.Errorf("commonLevel(%v, %d) = %d, want %d", tt.bytes, tt.excess, got, tt.want)
		}
	}
}

func TestMessageLargerThanTheLimit(t *testing.T) {
	f := New(Limits{TopicBytes: 500, AllBytes: 500})
	apply(f, message("a", strings.Repeat("x", 1000)))
	if c := f.Counters(); c.Evicted != 1 || c.Held != 0 {
		t.Errorf("counters are %+v", c)
	}
	checkCounters(t, f)
}

func TestDropped(t *testing.T) {
	f := New(Limits{})
	f.Tick(at(0))
	apply(f, message("a", "1"))
	f.Dropped("a", 10, 100)
	f.Dropped("new", 5, 50)
	f.Dropped("none", 0, 0)
	if c := f.Counters(); c.Received != 16 || c.Dropped != 15 || c.Bytes != 151 || c.Held != 1 {
		t.Errorf("counters are %+v", c)
	}
	if a := f.Topic("a"); a.Received != 11 || a.Dropped != 10 || a.Bytes != 101 {
		t.Errorf("topic is %+v", a)
	}
	if f.Topic("new") == nil || f.Topic("none") != nil {
		t.Error("topics that lost messages are not those that are known")
	}
	checkCounters(t, f)
	f.Tick(at(1))
	if f.Rate() != 16 || f.ByteRate() != 151 {
		t.Errorf("rates are %v and %v, want 16 and 151", f.Rate(), f.ByteRate())
	}
}

func TestOddities(t *testing.T) {
	f := New(Limits{})
	apply(f,
		&jolt.BadLine{At: at(1), Raw: "x", Size: 1, Err: jolt.ErrMalformed},
		&jolt.UnknownFrame{At: at(2), Raw: "{}"},
		&jolt.Unsolicited{At: at(3), OK: true, Raw: `{"ok":true}`},
		&jolt.Unsolicited{At: at(4), Err: "no", Raw: `{"ok":false,"error":"no"}`},
	)
	c := f.Counters()
	if c.BadLines != 1 || c.Unknown != 1 || c.Unsolicited != 2 {
		t.Errorf("counters are %+v", c)
	}
	wantKinds(t, f.Log(), RowBadLine, RowUnknown, RowUnsolicited, RowUnsolicited)
}

func TestRTT(t *testing.T) {
	f := New(Limits{})
	if _, ok := f.RTT(); ok {
		t.Error("there is a round-trip time before the first ping")
	}
	ping := jolt.Request{Op: jolt.OpPing, Auto: true}
	apply(f, replyTo(ping, jolt.Acknowledged, nil), replyTo(ping, jolt.Unknown, errLost))
	if rtt, ok := f.RTT(); !ok || rtt.Milliseconds() != 1 {
		t.Errorf("round-trip time is %v, %v", rtt, ok)
	}
}

func TestDroppedLines(t *testing.T) {
	f := New(Limits{})
	f.Tick(at(0))
	f.DroppedLines(0)
	wantKinds(t, f.Log())
	f.DroppedLines(3)
	f.Dropped("a", 1, 8)
	wantKinds(t, f.Log(), RowDropped)
	if row := f.Log().At(0); row.Lines != 3 || row.Count != 1 || f.Counters().DroppedLines != 3 || f.Counters().Received != 1 {
		t.Errorf("row %+v, counters %+v", row, f.Counters())
	}
}
