package feed

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"joltui/jolt"
)

func watched(t rapid.TB, f *Feed, text string) *Watch {
	t.Helper()
	field, err := ParseField(text, "t")
	if err != nil {
		t.Fatal(err)
	}
	w, err := f.Watch(field)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// said applies payloads on topic t, a tenth of a second apart.
func said(f *Feed, from float64, payloads ...string) {
	for i, data := range payloads {
		apply(f, &jolt.Message{At: at(from + float64(i)/10), Topic: "t", Data: data})
	}
}

func TestParseField(t *testing.T) {
	for _, tc := range []struct{ text, selected, want string }{
		{".a", "t", ".a in t"},
		{" .a ", "", ".a in *"},
		{".a in orders.*, x  y,x", "t", ".a in orders.*,x,y"},
		{".a in x, *", "t", ".a in *"},
		{`.a in "chat room", '+x'`, "t", `.a in "chat room","+x"`},
		{`.a in "chat room`, "t", "the quote is not closed"},
		{".a in +prod", "t", "files and groups are not watched; quote topics that begin with @ or +"},
		{`.a | . == "x in y"`, "t", `.a | . == "x in y" in t`},
		{`.a == " in " in x`, "t", `.a == " in " in x`},
		{"", "t", "a path is missing, as .order.amount"},
		{"  ", "t", "a path is missing, as .order.amount"},
		{"amount", "t", "a path begins with a dot: .amount"},
		{"order.amount in t", "t", "a path begins with a dot: .order.amount"},
		{".a in", "t", "topics are missing after in; * is all of them"},
		{".a in ,", "t", "topics are missing after in; * is all of them"},
		{".a | (", "t", "the expression is not complete"},
	} {
		field, err := ParseField(tc.text, tc.selected)
		got := field.String()
		if err != nil {
			got = err.Error()
		}
		if got != tc.want {
			t.Errorf("%q gives %q, want %q", tc.text, got, tc.want)
		}
	}
}

func TestFieldMatchesTopics(t *testing.T) {
	for pattern, names := range map[string][2]string{
		"orders.eu": {"orders.eu", "orders.us orders.eu. * "},
		"orders.*":  {"orders. orders.eu orders.eu.x", "orders xorders.eu"},
		"*.eu":      {".eu a.eu a.b.eu", "eu a.eux"},
		"a*b*c":     {"abc axbxc abbc", "ab ac acb abcd"},
		"a*a":       {"aa axa", "a"},
	} {
		f := Field{Topics: []string{"other", pattern}}
		for i, want := range []bool{true, false} {
			for _, name := range strings.Fields(names[i]) {
				if f.matches(name) != want {
					t.Errorf("%s reads %s: %v", pattern, name, !want)
				}
			}
		}
	}
	if !(Field{}).matches("anything") {
		t.Error("a field of all topics does not read one")
	}
}

// TestWatchStats: a watch counts what a naive recount of all values does, by a path
// as by the same field as a jq expression, however the messages were batched.
func TestWatchStats(t *testing.T) {
	payload := rapid.OneOf(
		rapid.Map(rapid.Float64Range(-1e6, 1e6), func(x float64) string { return fmt.Sprintf(`{"a":{"b":[%g]}}`, x) }),
		rapid.SampledFrom([]string{
			`{"a":{"b":["x"]}}`, `{"a":{"b":["\u0078"]}}`, `{"a":{"b":["\"\n"]}}`, `{"a":{"b":[true]}}`,
			`{"a":{"b":[null]}}`, `{"a":{"b":[]}}`, `{"a":{}}`, `{"a":{"b":[{}]}}`, `{"a":{"b":[[1]]}}`,
			`{"a":{"b":[1e999]}}`, `{"a":`, ``, `{} {}`,
		}),
	)
	rapid.Check(t, func(t *rapid.T) {
		f := New(Limits{TopicMessages: 50})
		f.Want("t", start)
		path, jq := watched(t, f, ".a.b[0]"), watched(t, f, ".a | .b[0]")
		payloads := rapid.SliceOfN(payload, 0, 100).Draw(t, "payloads")
		for rest := payloads; len(rest) > 0; {
			n := rapid.IntRange(1, len(rest)).Draw(t, "batch")
			said(f, 1, rest[:n]...)
			rest = rest[n:]
		}
		checkWatch(t, path, payloads)
		checkWatch(t, jq, payloads)
	})
}

func checkWatch(t rapid.TB, w *Watch, payloads []string) {
	t.Helper()
	want := WatchStats{Evaluated: uint64(len(payloads))}
	words := make(map[string]uint64)
	sum, last := 0.0, ""
	for _, data := range payloads {
		v, valid := naiveLookup(data, jsonPath{{name: "a"}, {name: "b"}, {isIndex: true}})
		text := strings.TrimSuffix(strings.TrimPrefix(data, `{"a":{"b":[`), `]}}`)
		switch x := v.(type) {
		case float64:
			want.Numbers++
			if want.Numbers == 1 {
				want.Min, want.Max = x, x
			}
			want.Min, want.Max = min(want.Min, x), max(want.Max, x)
			sum += x
		case string:
			want.Words++
			text = quoteWord(x)
			words[text]++
		case bool:
			want.Words++
			words[text]++
		case map[string]any:
			want.Others++
			text = "{…}"
		case []any:
			want.Others++
			text = "[…]"
		default:
			switch {
			case strings.Contains(data, "1e999"): // JSON, but encoding/json cannot hold it
				want.Words++
				words[text]++
			case !valid:
				want.Unreadable++
				continue
			default:
				want.Missing++
				continue
			}
		}
		last = text
	}
	got := w.Stats()
	if mean := sum / float64(max(want.Numbers, 1)); math.Abs(got.Mean-mean) > 1e-6 {
		t.Fatalf("%v: the mean is %v, want %v", w.Field(), got.Mean, mean)
	}
	got.Mean, got.LastAt = 0, time.Time{}
	if got != want {
		t.Fatalf("%v counted\n%+v, want\n%+v", w.Field(), got, want)
	}
	for _, c := range w.Words() {
		if words[c.Text] != c.Count {
			t.Fatalf("%v: %s came %d times, want %d", w.Field(), c.Text, c.Count, words[c.Text])
		}
	}
	if len(w.Words()) != len(words) {
		t.Fatalf("%v has the words %v, want %v", w.Field(), w.Words(), words)
	}
	if w.isPath() && w.Last() != last {
		t.Fatalf("the last value is %q, want %q", w.Last(), last)
	}
}

func TestAnExpressionMayGiveSeveralValues(t *testing.T) {
	f := New(Limits{})
	w := watched(t, f, ".items[].price")
	said(f, 1, `{"items":[{"price":1},{"price":3},{"price":null}]}`, `{"items":[]}`, `{"items":7}`, `{"items":[{"price":5},4]}`)
	s := w.Stats()
	if s.Numbers != 3 || s.Mean != 3 || s.Missing != 1 || s.Unreadable != 1 || s.Evaluated != 4 {
		t.Errorf("counted %+v", s)
	}
}

func TestAWatchBeginsWithWhatIsHeld(t *testing.T) {
	f := New(Limits{})
	said(f, 1, `{"a":1}`, `{"a":2}`)
	apply(f, message("u", `{"a":30}`), &jolt.Gap{To: start}, message("other", `{"a":400}`))
	for text, want := range map[string]uint64{".a": 2, ".a in u": 1, ".a in *": 4, ".a in t,u": 3, ".a in nowhere": 0, ".a+0": 2} {
		if got := watched(t, f, text).Stats().Evaluated; got != want {
			t.Errorf("%s begins with %d messages, want %d", text, got, want)
		}
	}
	apply(f, message("new", `{"a":5}`))
	if w := watched(t, f, ".a in *"); w.Last() != "5" || w.Stats().Evaluated != 5 {
		t.Errorf("a topic that became known later is not watched: %s %+v", w.Last(), w.Stats())
	}
}

func TestACutPayloadIsWatchedWhole(t *testing.T) {
	f := New(Limits{Body: 8})
	f.Want("t", start)
	w := watched(t, f, ".a")
	data := `{"x":"` + strings.Repeat("x", 100) + `","a":7}`
	said(f, 1, data, data)
	if w.Stats().Numbers != 2 {
		t.Errorf("counted %+v", w.Stats())
	}
	if again := watched(t, f, ".a|."); again.Stats().Evaluated != 0 {
		t.Error("a payload of which only the beginning is held was evaluated")
	}
}

func TestWatchIsBounded(t *testing.T) {
	f := New(Limits{})
	w := watched(t, f, ".")
	for i := range 3 * maxPoints {
		said(f, float64(i), fmt.Sprintf(`"%s%d"`, strings.Repeat("x", 50), i), fmt.Sprint(i))
	}
	points := w.Points()
	if len(points) != maxPoints || len(w.points) > 2*maxPoints {
		t.Errorf("%d points in %d", len(points), len(w.points))
	}
	for i, p := range points {
		if want := at(float64(2*maxPoints + i)); !p.At.Equal(want) || p.Values != 2 || p.Numbers != 1 || p.Max != float64(2*maxPoints+i) {
			t.Fatalf("point %d is %+v, want the second of %v", i, p, want)
		}
	}
	s := w.Stats()
	if len(w.words) != maxWords || s.UnknownWords != s.Words-maxWords {
		t.Errorf("%d words, %d of them unknown of %d", len(w.words), s.UnknownWords, s.Words)
	}
	said(f, 9999, `"`+strings.Repeat("é", maxWord)+`"`)
	if n := len(w.Last()); n > maxWord {
		t.Errorf("the last value takes %d bytes", n)
	}
	for i := range MaxWatches - 1 {
		watched(t, f, fmt.Sprintf(".a%d", i))
	}
	if _, err := f.Watch(Field{Path: ".more"}); err == nil {
		t.Error("there is no end to watches")
	}
	if again, err := f.Watch(w.Field()); again != w || err != nil {
		t.Errorf("a field that is watched gives %p, %v", again, err)
	}
}

func TestAClockThatIsSetBackMakesNoPoint(t *testing.T) {
	f := New(Limits{})
	w := watched(t, f, ".")
	said(f, 10, "1")
	said(f, 5, "2")
	if p := w.Points(); len(p) != 1 || p[0].Numbers != 2 {
		t.Errorf("the points are %+v", p)
	}
}

func TestUnwatchAndReset(t *testing.T) {
	f := New(Limits{})
	w, other := watched(t, f, ".a"), watched(t, f, ".b")
	before := f.Watches().All()
	said(f, 1, `{"a":1,"b":2}`)
	w.Reset()
	if s := w.Stats(); s.Evaluated != 0 || s.Numbers != 0 || len(w.Points()) != 0 || s.LastAt.IsZero() {
		t.Errorf("after a reset it has %+v", s)
	}
	f.Unwatch(w)
	f.Unwatch(w)
	said(f, 2, `{"a":1,"b":2}`)
	if w.Stats().Evaluated != 0 || other.Stats().Evaluated != 2 {
		t.Errorf("counted %d and %d", w.Stats().Evaluated, other.Stats().Evaluated)
	}
	if len(before) != 2 || len(f.Watches().All()) != 1 || f.Watches().Find(w.Field()) != nil {
		t.Error("the list is not as it should be")
	}
}

// TestWatchAllocations: a flood on topics without a watch allocates as much as if there
// were no watches, and a field that hardly changes allocates nothing.
func TestWatchAllocations(t *testing.T) {
	f := New(Limits{})
	f.Want("t", start)
	watched(t, f, ".order.amount")
	watched(t, f, ".status")
	m := &jolt.Message{At: at(1), Topic: "t", Data: `{"id":1,"order":{"amount":12.5},"status":"failed"}`}
	watches := f.Topic("t").watches
	f.watches.observe(watches, m, 1)
	if n := testing.AllocsPerRun(100, func() { f.watches.observe(watches, m, 1) }); n > 0 {
		t.Errorf("%v allocations for a message", n)
	}
}
