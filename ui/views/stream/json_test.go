package stream

import (
	"strings"
	"testing"
	"time"

	"joltui/internal/feed"
	"joltui/jolt"
	"joltui/ui/views/kit/kittest"
)

// looks draws a stream of messages on a topic, and returns its last row of them with the
// paints of [kittest.Coloured] as tags: <n> is a number, <s> a string, <l> a literal, <q>
// quiet, <t> text, <u> a change.
func looks(o Options, width int, data ...string) string {
	f := feed.New(feed.Limits{})
	for i, text := range data {
		f.Apply([]jolt.Event{kittest.Message(kittest.Start().Add(time.Duration(i)*time.Millisecond), "a", text)})
	}
	v := New(kittest.Coloured(), Actions(), kittest.MoveKeys())
	v.SetTopic("a")
	v.SetOptions(o)
	v.SetSize(width, 12)
	rows := v.View(f, kittest.Start())
	return tagged(rows[len(data)])
}

func tagged(row string) string {
	return strings.NewReplacer("\x1b[4m", "<u>", "\x1b[4;4m", "<u>", "\x1b[31m", "<t>", "\x1b[33m", "<d>", "\x1b[38;5;19m", "<q>", "\x1b[97m", "<s>", "\x1b[38;5;16m", "<n>",
		"\x1b[38;5;17m", "<l>", "\x1b[38;5;18m", "<h>", "\x1b[38;5;8m", "<m>", "\x1b[90m", "<m>", "\x1b[0m", "</>", "\x1b[92m│\x1b[0m", "│").Replace(row)
}

func TestJSONHasColours(t *testing.T) {
	none := Options{Times: TimeNone}
	for name, tc := range map[string]struct {
		o     Options
		width int
		data  []string
		want  string
	}{
		"object":    {none, 40, []string{`{"id":1,"ok":true,"s":"x"}`}, `<q>{"id":<n>1<q>,"ok":<l>true<q>,"s":<s>"x"<q>}</>`},
		"changed":   {none, 44, []string{`{"id":1,"ok":true,"s":"x"}`, `{"id":1,"ok":true,"s":"y"}`}, `<q>{"id":<n>1<q>,"ok":<l>true<q>,"s":</><s><u>"y"</><q>}</>`},
		"other":     {none, 40, []string{`{"id":1,"ok":true}`, `{"id":2,"ok":false}`}, `<q>{"id":<n>2<q>,"ok":<l>false<q>}</>`},
		"cut":       {none, 24, []string{`{"id":1,"status":"failed"}`}, `<q>{"id":<n>1<q>,"status":<s>"f</><d>…</>`},
		"text":      {none, 40, []string{`[INFO] 12 is true`}, `<t>[INFO] 12 is true</>`},
		"no object": {none, 40, []string{`"text"`}, `<t>"text"</>`},
		"indented":  {none, 40, []string{"{\n\t\"id\": 1\n}"}, `<q>{\n\t"id": <n>1<q>\n}</>`},
		"escape":    {none, 40, []string{"{\"a\":\"\x1b[31m\u202e\"}"}, `<q>{"a":<s>"\x1b[31m\u202e"<q>}</>`},
		"plain":     {Options{Times: TimeNone, Plain: true}, 40, []string{`{"id":1}`}, `<t>{"id":1}</>`},
	} {
		if got := strings.Trim(looks(tc.o, tc.width, tc.data...), "│ "); got != tc.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, tc.want)
		}
	}
}

// TestJSONLooksTheSameAgain: a row that is painted once and kept looks as it did, also when
// the cursor, a search or a filter goes over it, and without the memory of frames before.
func TestJSONLooksTheSameAgain(t *testing.T) {
	f := feed.New(feed.Limits{})
	kittest.Orders(f, "a", 0, 60)
	old := benchmarked(func(*Pane) {})
	keys := []string{"k", "k", "pgup", "G", "pgup", "pgup", "k", "j", "x", "g", "G"}
	for i, key := range keys {
		old.View(f, kittest.Start())
		old.Update(kittest.Press(key), f)
		if key == "x" {
			o := old.options
			o.Filter = DimOthers
			old.SetOptions(o)
			old.SetFilter(kittest.Filter(t, "fail"))
		}
		again := *old
		again.shown = shownRows{}
		if got, want := kittest.Text(old.View(f, kittest.Start())), kittest.Text(again.View(f, kittest.Start())); got != want {
			t.Fatalf("after %q:\n%s\nwant\n%s", keys[:i+1], got, want)
		}
	}
}

// TestAFloodHasOneColour: rows that nobody can read cost no more than text, and have their
// colours again when they stand still.
func TestAFloodHasOneColour(t *testing.T) {
	f := feed.New(feed.Limits{})
	v := benchmarked(func(*Pane) {})
	coloured := func(frame int) bool {
		rows := v.View(f, kittest.Start().Add(time.Duration(frame)*16*time.Millisecond))
		return strings.Contains(tagged(rows[3]), `<n>`)
	}
	for frame, want := range []bool{true, true, false, false} {
		kittest.Orders(f, "a", 100*frame, 100)
		if got := coloured(frame); got != want {
			t.Errorf("frame %d is coloured: %v", frame, got)
		}
	}
	if coloured(5) || !coloured(30) {
		t.Error("a flood does not end 300 ms after its last frame")
	}
	kittest.Orders(f, "a", 1000, 100)
	coloured(31)
	kittest.Orders(f, "a", 1100, 100)
	v.SetPaused(true)
	if !coloured(32) {
		t.Error("what stands still has one colour")
	}
}
