package stream

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/jolt"
	"joltui/ui/views/kit/kittest"
)

// streamModel is a naive filtered stream: it lays out all rows, and has no index.
type streamModel struct {
	feed   *feed.Feed
	view   *Pane
	filter feed.Filter
	keeps  bool            // what the filter has found is kept
	marked map[uint64]bool // numbers of messages
	hits   map[uint64]bool // what the filter says of each number
	sent   int
}

func newStreamModel(t *rapid.T) *streamModel {
	m := &streamModel{keeps: rapid.Bool().Draw(t, "keeps"), marked: map[uint64]bool{}, feed: feed.New(feed.Limits{TopicMessages: 60}), view: newStream("t", 50, 12)}
	m.view.SetClock(kittest.Start) // a search is never out of time
	m.view.SetOptions(Options{Times: TimeNone})
	m.send(rapid.IntRange(1, 50).Draw(t, "at first"))
	m.body()
	return m
}

func (m *streamModel) send(n int) {
	var batch []jolt.Event
	for range n {
		batch = append(batch, kittest.Message(kittest.Start(), "t", fmt.Sprintf(`{"n":%d}`, m.sent)))
		m.sent++
	}
	m.feed.Apply(batch)
}

// body draws the stream, and returns its rows without border and signs.
func (m *streamModel) body() []string {
	rows := kittest.Body(m.view.View(m.feed, kittest.Start()))
	for i, row := range rows {
		rows[i] = strings.Trim(row, "┃▸•◆◈ ")
	}
	for len(rows) > 0 && rows[len(rows)-1] == "" {
		rows = rows[:len(rows)-1]
	}
	return rows
}

// layout returns all lines. Hits before known were evicted before the search came to them.
func (m *streamModel) layout(known uint64) []string {
	o, w := m.view.options, m.view.source.current().Window()
	hides := m.filter.String() != "" && o.Filter == HideOthers
	kept := m.kept(w.First(), hides)
	var lines []string
	hidden := 0
	for pos := w.First(); pos < w.Next(); pos++ {
		if hides && !m.near(pos, known, w.Next(), o.Context) {
			hidden++
			continue
		}
		if hidden > 0 && len(lines) > 0 && o.Context > 0 {
			lines = append(lines, fmt.Sprintf("┄┄ %d hidden ┄", hidden))
		}
		hidden = 0
		lines = append(lines, fmt.Sprintf(`{"n":%d}`, pos))
	}
	if len(kept) == 0 || len(lines) == 0 {
		return append(kept, lines...)
	}
	border := "┄┄ kept"
	if n := int(w.First()) - len(kept); n > 0 {
		border += "; " + human.Counted(uint64(n), "other") + " no longer held"
	}
	return append(append(kept, border), lines...)
}

// kept returns the rows of what is kept, from before what is held.
func (m *streamModel) kept(first uint64, hides bool) (lines []string) {
	for n := range first {
		if m.keeps && m.filter.String() != "" && m.isHit(n) || !hides && m.marked[n] {
			lines = append(lines, fmt.Sprintf(`{"n":%d}`, n))
		}
	}
	return lines
}

func (m *streamModel) near(pos, known, next uint64, context int) bool {
	for at := max(pos-min(pos, uint64(context)), known); at < next && at <= pos+uint64(context); at++ {
		if m.isHit(at) {
			return true
		}
	}
	return false
}

func (m *streamModel) isHit(n uint64) bool {
	hit, known := m.hits[n]
	if !known {
		hit = m.filter.Match(fmt.Sprintf(`{"n":%d}`, n))
		m.hits[n] = hit
	}
	return hit
}

// check compares what is on screen with a part of the layout, and reports whether
// that begins or ends with it.
func (m *streamModel) check(t *rapid.T) (rows []string, atTop, atEnd bool) {
	rows = m.body()
	first := m.view.source.current().Window().First()
	var all []string
	found := false
	for known := first - min(first, uint64(m.view.options.Context)); known <= first; known++ {
		all = m.layout(known)
		if len(all) == 0 && strings.Contains(kittest.Text(rows), "nothing matches") {
			return nil, true, true
		}
		from := part(all, rows)
		if from < 0 || len(rows) < min(len(all), 10) {
			continue
		}
		found, atTop, atEnd = true, atTop || from == 0, atEnd || from+len(rows) == len(all)
	}
	if !found {
		t.Fatalf("%s\nis no part of\n%s", kittest.Text(rows), kittest.Text(all))
	}
	return rows, atTop, atEnd
}

// part returns the index in all at which rows begin, or -1.
func part(all, rows []string) int {
	for from := 0; from+len(rows) <= len(all); from++ {
		if slices.EqualFunc(rows, all[from:from+len(rows)], strings.HasPrefix) {
			return from
		}
	}
	return -1
}

// under returns the row under the cursor.
func (m *streamModel) under() string {
	if e := m.view.Current(m.feed); e != nil {
		return e.Data
	}
	return ""
}

// steady calls change, and fails unless the cursor stays on its message, if that is still
// shown, and on its line, unless the list begins or ends on screen.
func (m *streamModel) steady(t *rapid.T, change func()) {
	before, under, follow := m.body(), m.under(), m.view.cursor.Following()
	change()
	after, atTop, atEnd := m.check(t)
	held := m.view.source.current().Window().First()
	if follow || under == "" || !slices.Contains(m.layout(held), under) {
		return
	}
	if m.under() != under {
		t.Fatalf("the cursor went from %s to %s", under, m.under())
	}
	from, to := slices.Index(before, under), slices.Index(after, under)
	if from != to && !atTop && !atEnd {
		t.Fatalf("the cursor went from line %d to line %d:\n%s\n\n%s", from, to, kittest.Text(before), kittest.Text(after))
	}
}

// TestStreamModel: whatever the filter, with context, evictions, marks and what is kept, the
// rows on screen are those of a naive layout; messages do not move a frozen stream, and no change moves the
// cursor.
func TestStreamModel(t *testing.T) {
	filters := []string{"", "7", "!7", "nothing", "jq .n % 7 == 0", "!jq .n % 2 == 0", "jq .n % 13 < 2"}
	rapid.Check(t, func(t *rapid.T) {
		m := newStreamModel(t)
		options := func(change func(*Options)) func(*rapid.T) {
			return func(t *rapid.T) {
				m.steady(t, func() {
					o := m.view.options
					change(&o)
					m.view.SetOptions(o)
				})
			}
		}
		t.Repeat(map[string]func(*rapid.T){
			"messages": func(t *rapid.T) {
				before := m.body()
				m.send(rapid.IntRange(1, 30).Draw(t, "n"))
				if after := m.body(); m.view.source.frozen && !slices.Equal(before, after) && !strings.Contains(kittest.Text(after), "nothing matches") {
					t.Fatalf("it moved from\n%s\nto\n%s", kittest.Text(before), kittest.Text(after))
				}
			},
			"key": func(t *rapid.T) {
				name := rapid.SampledFrom([]string{"k", "j", "pgup", "pgdown", "g", "G", "n", "N", "b", "'", "\""}).Draw(t, "key")
				if e := m.view.Current(m.feed); name == "b" && e != nil {
					m.marked[e.Seq-1] = !m.marked[e.Seq-1]
				}
				if _, ok := m.view.Update(kittest.Press(name), m.feed).(Resume); ok {
					m.view.Follow(true)
				}
			},
			"filter": func(t *rapid.T) {
				f, err := feed.ParseFilter(rapid.SampledFrom(filters).Draw(t, "filter"))
				if err != nil {
					t.Fatal(err)
				}
				m.filter, m.hits = f, map[uint64]bool{}
				if m.keeps {
					m.feed.Find(f)
				}
				m.steady(t, func() { m.view.SetFilter(f) })
			},
			"mode":    options(func(o *Options) { o.Filter = o.Filter.next() }),
			"context": options(func(o *Options) { o.Context = nextContext(o.Context) }),
			"pause": func(t *rapid.T) {
				on := rapid.Bool().Draw(t, "on")
				if m.view.source.paused && !on && m.view.followed {
					m.view.SetPaused(on) // it follows again
					return
				}
				m.steady(t, func() { m.view.SetPaused(on) })
			},
			"": func(t *rapid.T) {
				if rows, _, _ := m.check(t); m.under() != "" && !slices.Contains(rows, m.under()) {
					t.Fatalf("the cursor is not on screen:\n%s", kittest.Text(rows))
				}
			},
		})
	})
}

// TestStreamTimes: times are right in each filter mode. A delta is the time since the row
// before, which is not always the message before.
func TestStreamTimes(t *testing.T) {
	f := feed.New(feed.Limits{})
	kittest.Orders(f, "orders.eu", 0, 10) // each third has failed
	tests := []struct {
		options Options
		want    string
	}{
		{Options{Times: TimeDelta}, "+3.00 ms"},
		{Options{Times: TimeDelta, Context: 1}, "+1.00 ms"},
		{Options{Times: TimeDelta, Filter: DimOthers}, "+1.00 ms"},
		{Options{Times: TimeDelta, Filter: ShowOthers}, "+1.00 ms"},
		{Options{Times: TimeRelative}, "1.0 s"},
		{Options{Times: TimeRelative, Filter: DimOthers}, "1.0 s"},
		{Options{Times: TimeAbsolute}, "12:01:02.132"},
		{Options{Times: TimeAbsolute, Filter: ShowOthers}, "12:01:02.132"},
		{Options{Times: TimeNone}, `{"id"`},
	}
	for _, tt := range tests {
		v := newStream("orders.eu", 60, 8)
		v.SetFilter(kittest.Filter(t, "failed"))
		v.SetOptions(tt.options)
		rows := kittest.Body(v.View(f, kittest.Start().Add(9*time.Millisecond+time.Second)))
		if last := strings.TrimLeft(slices.MaxFunc(rows, byID), "┃▸• "); !strings.HasPrefix(last, tt.want) {
			t.Errorf("%+v: %q, want %s", tt.options, last, tt.want)
		}
	}
}

// byID orders rows by the number of the order in them.
func byID(a, b string) int {
	id := func(row string) string { _, after, _ := strings.Cut(row, `{"id":`); return after }
	return strings.Compare(id(a), id(b))
}
