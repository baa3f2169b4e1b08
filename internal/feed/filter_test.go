package feed

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestFilter(t *testing.T) {
	tests := []struct {
		text, data string
		match      bool
		found      [][]int
	}{
		{"", "anything", true, nil},
		{"!", "anything", true, nil},
		{"b", "abcb", true, [][]int{{1, 2}, {3, 4}}},
		{"x", "abc", false, nil},
		{"!x", "abc", true, nil},
		{"!b", "abc", false, nil},
		{`\!`, "a!b", true, [][]int{{1, 2}}},
		{`\!`, "ab", false, nil},
		{`!\!`, "a!b", false, nil},
		{"!!", "ab", true, nil},
		{"!!", "a!b", false, nil},
		{`"status":"(failed|lost)"`, `{"status":"lost"}`, true, [][]int{{1, 16}}},
		{"(?i)ERR", "an error", true, [][]int{{3, 6}}},
		{"x*", "axxb", true, [][]int{{1, 3}}},
		{"x*", "ab", true, nil},
		{"^$", "", true, nil},
		{"jq", "jq", true, [][]int{{0, 2}}},
		{"jq ", "anything", true, nil},
		{"!jq ", "anything", true, nil},
		{`jq .status == "failed" and .amount > 100`, `{"status":"failed","amount":101}`, true, nil},
		{`jq .status == "failed" and .amount > 100`, `{"status":"failed","amount":99}`, false, nil},
		{`!jq .status == "failed"`, `{"status":"failed"}`, false, nil},
		{`!jq .status == "failed"`, `{"status":"paid"}`, true, nil},
		{`!jq .status == "failed"`, `no JSON`, true, nil},
		{`jq .`, `no JSON`, false, nil},
		{`(jq) .`, `jq .`, true, [][]int{{0, 4}}},
	}
	for _, tt := range tests {
		f, err := ParseFilter(tt.text)
		if err != nil {
			t.Errorf("%q: %v", tt.text, err)
			continue
		}
		if got := f.Match(tt.data); got != tt.match {
			t.Errorf("%q matches %q: %v", tt.text, tt.data, got)
		}
		if diff := cmp.Diff(tt.found, f.Find(tt.data)); diff != "" {
			t.Errorf("%q in %q: %s", tt.text, tt.data, diff)
		}
		if f.String() != tt.text {
			t.Errorf("%q became %q", tt.text, f)
		}
	}
	if !(Filter{}).Match("x") {
		t.Error("the zero filter does not match everything")
	}
}

func TestFilterErrors(t *testing.T) {
	for text, want := range map[string]string{
		"(a":      "missing closing ): (a",
		"!a[":     "missing closing ]: [",
		"a**":     "invalid nested repetition operator: **",
		"*":       "missing argument to repetition operator: *",
		"(a\n":    `missing closing ): (a\n`,
		`\q`:      `invalid escape sequence: \q`,
		"a{1001}": "invalid repeat count: {1001}",
		"a\xff":   `invalid UTF-8: \xff`,
		"jq .a =": "the expression is not complete",
		"!jq foo": `put quotes around foo: "foo" is a text, .foo a field`,
		"jq .a=1": "= changes a value: to compare, write ==",
	} {
		_, err := ParseFilter(text)
		if err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func TestToggleJQ(t *testing.T) {
	for text, want := range map[string]string{"": "jq ", "!": "!jq ", "a b": "jq a b", "!a": "!jq a", "jq": "jq jq"} {
		if got := ToggleJQ(text); got != want || !IsJQ(got) || IsJQ(text) || ToggleJQ(got) != text {
			t.Errorf("%q became %q, and that %q", text, got, ToggleJQ(got))
		}
	}
}

// filteredModel is a naive filtered history: it keeps every entry, and evaluates each anew.
type filteredModel struct {
	filter  Filter
	context int
	all     []Entry
	hits    []bool // of what was evaluated before it was evicted
}

// evaluated records which entries an index has evaluated.
func (m *filteredModel) evaluated(from, to uint64) {
	for pos := from; pos < to; pos++ {
		e := m.all[pos]
		m.hits[pos] = e.Gap == nil && m.filter.Match(e.Data)
	}
}

// rows returns the positions in the history of the entries that must be rows.
func (m *filteredModel) rows(first, seen uint64) (rows []uint64) {
	for pos := first; pos < seen; pos++ {
		if m.all[pos].Gap != nil || m.near(pos, seen) {
			rows = append(rows, pos)
		}
	}
	return rows
}

// near reports whether there is a hit around a position.
func (m *filteredModel) near(pos, seen uint64) bool {
	for after := pos; after < min(seen, pos+uint64(m.context)+1) && m.all[after].Gap == nil; after++ {
		if m.hits[after] {
			return true
		}
	}
	return slices.Contains(m.hits[pos-min(pos, uint64(m.context)):pos], true)
}

// check compares an index with the model.
func (m *filteredModel) check(t *rapid.T, x *Filtered) {
	w, first := x.Window(), x.window.first
	want := m.rows(first, x.seen)
	if w.Len() != len(want) || w.At(w.Next()) != nil || w.First() > 0 && w.At(w.First()-1) != nil {
		t.Fatalf("%d rows, want %d, and none outside", w.Len(), len(want))
	}
	for i, origin := range want {
		pos := w.First() + uint64(i)
		if w.Origin(pos) != origin || w.Row(origin) != pos || w.At(pos).Data != m.all[origin].Data {
			t.Fatalf("row %d is that at %d, want %d", pos, w.Origin(pos), origin)
		}
	}
	messages, matched, hit := 0, 0, uint64(0)
	for pos := first; pos < x.seen; pos++ {
		if m.all[pos].Gap == nil {
			messages++
		}
		if x.IsHit(pos) != m.hits[pos] {
			t.Fatalf("a hit at %d: %v", pos, x.IsHit(pos))
		}
		if prev, ok := x.PrevHit(pos); ok != (matched > 0) || ok && prev != hit {
			t.Fatalf("the hit before %d is %d, %v; want %d of %d", pos, prev, ok, hit, matched)
		}
		if m.hits[pos] {
			if next, ok := x.NextHit(hit + min(uint64(matched), 1)); !ok || next != pos {
				t.Fatalf("the hit after %d is %d, want %d", hit, next, pos)
			}
			matched, hit = matched+1, pos
		}
	}
	if _, ok := x.NextHit(hit + 1); ok || x.Matched() != matched || x.Seen() != messages {
		t.Fatalf("matched %d of %d, want %d of %d", x.Matched(), x.Seen(), matched, messages)
	}
}

// TestFilteredModel compares a filtered history with filtering all of it, with
// and without context, while entries come and go, and the history is frozen.
func TestFilteredModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		filter, err := ParseFilter(rapid.SampledFrom([]string{
			"", "7", "!7", "nothing", "[02468]$", "jq . % 7 == 0", "!jq . % 2 == 0",
		}).Draw(t, "filter"))
		if err != nil {
			t.Fatal(err)
		}
		var h, still History
		x := NewFiltered(&h, filter)
		m := filteredModel{filter: filter}
		frozen := false
		var old FilteredWindow
		var oldWant []string
		advance := func(n int) (more bool, want uint64) {
			held := x.history.Window()
			before := max(x.seen, held.first)
			more = x.Advance(entries(n))
			m.evaluated(before, x.seen)
			return more, min(before+uint64(n), held.next)
		}
		t.Repeat(map[string]func(*rapid.T){
			"push": func(t *rapid.T) {
				for range rapid.IntRange(1, 80).Draw(t, "n") {
					e := Entry{Data: fmt.Sprint(len(m.all))}
					if len(m.all)%20 == 19 {
						e = Entry{Gap: &Gap{}}
					}
					h.push(&e)
					m.all = append(m.all, e)
					m.hits = append(m.hits, false)
				}
			},
			"evict": func(t *rapid.T) {
				for range rapid.IntRange(0, min(h.Len(), 100)).Draw(t, "n") {
					h.evict(1)
				}
			},
			"context": func(t *rapid.T) {
				m.context = rapid.IntRange(0, MaxContext).Draw(t, "n")
				x.SetContext(m.context)
			},
			"hold": func(*rapid.T) {
				if frozen = !frozen; frozen {
					still = h
					x.Follow(&still)
				} else {
					x.Follow(&h)
				}
			},
			"advance": func(t *rapid.T) {
				more, want := advance(rapid.IntRange(1, 200).Draw(t, "n"))
				if x.seen != want || more != (want < x.history.next) {
					t.Fatalf("seen up to %d of %d, more %v; want up to %d", x.seen, x.history.next, more, want)
				}
			},
			"keep": func(*rapid.T) {
				old = x.Window()
				oldWant = contents(old)
			},
			"": func(t *rapid.T) {
				m.check(t, x)
				if got := contents(old); !slices.Equal(got, oldWant) {
					t.Fatalf("a window has changed: %s", cmp.Diff(oldWant, got))
				}
			},
		})
	})
}

// TestFilteredPositions: the position of a match stays the same when older ones are evicted.
func TestFilteredPositions(t *testing.T) {
	filter := parsed(t, "[05]$")
	f := New(Limits{TopicMessages: 10})
	f.Want("t", at(0))
	x := NewFiltered(f.Topic("t").History(), filter)
	for i := range 30 {
		apply(f, message("t", fmt.Sprint(i)))
		x.Advance(entries(1))
	}
	w := x.Window()
	wantContents(t, w, "20 25")
	if w.First() != 4 || w.Next() != 6 || w.At(5).Data != "25" {
		t.Errorf("positions are [%d, %d)", w.First(), w.Next())
	}
}

// entries lets Advance evaluate so many.
func entries(n int) (goOn func() bool) {
	return func() bool { n--; return n > 0 }
}

// TestFilteredInSlices: a long history is worked through in steps.
func TestFilteredInSlices(t *testing.T) {
	f := New(Limits{TopicMessages: 100_000})
	f.Want("t", at(0))
	for i := range 100_000 {
		apply(f, message("t", fmt.Sprint(i)))
	}
	x := NewFiltered(f.Topic("t").History(), parsed(t, "99$"))
	if x.Filter().String() != "99$" {
		t.Errorf("the filter is %q", x.Filter())
	}
	steps := 1
	for x.Advance(entries(1000)) {
		steps++
	}
	if steps != 100 || x.Matched() != 1000 || x.Seen() != 100_000 {
		t.Errorf("%d steps, %d matched of %d", steps, x.Matched(), x.Seen())
	}
}

// TestFilteredLongPayload: Advance does not wait for a payload that takes long, and its result
// comes in order.
func TestFilteredLongPayload(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := New(Limits{})
		f.Want("t", at(0))
		long := strings.Repeat("x", longBody) + "9"
		apply(f, message("t", "9"), message("t", long), message("t", "9"), message("t", long+"x"), message("t", "9"))
		x := NewFiltered(f.Topic("t").History(), parsed(t, "9$"))
		steps := 1 // a verdict may be there before Advance has looked for it, and saves a step
		for ; x.Advance(entries(100)); steps++ {
			if x.Seen() == 5 || steps == 3 {
				t.Fatalf("step %d: seen %d, and there is more", steps, x.Seen())
			}
			synctest.Wait()
		}
		if x.Seen() != 5 || x.Matched() != 4 {
			t.Errorf("matched %d of %d", x.Matched(), x.Seen())
		}
	})
}

// TestFilteredLongPayloadEvicted: the result for an evicted payload is not used for the entry
// after it.
func TestFilteredLongPayloadEvicted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := New(Limits{TopicMessages: 1})
		x := NewFiltered(f.All(), parsed(t, "9"))
		f.limits.AllMessages = 1
		apply(f, message("t", strings.Repeat("x", longBody)+"9"))
		x.Advance(entries(1))
		synctest.Wait()
		apply(f, message("t", strings.Repeat("x", longBody)+"8"))
		x.Advance(entries(1))
		synctest.Wait()
		if x.Advance(entries(1)) || x.Matched() != 0 || x.Seen() != 1 {
			t.Errorf("matched %d of %d", x.Matched(), x.Seen())
		}
	})
}

// TestFilteredSlowExpression: Advance does not wait for a slow expression on a short payload,
// either.
func TestFilteredSlowExpression(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := New(Limits{})
		f.Want("t", at(0))
		apply(f, message("t", "1"), message("t", "20000"), message("t", "3"))
		x := NewFiltered(f.Topic("t").History(), parsed(t, "jq last(range(.)) >= 0"))
		if !x.Advance(entries(100)) || x.Seen() != 1 {
			t.Errorf("seen %d, want to wait for the second", x.Seen())
		}
		synctest.Wait()
		if x.Advance(entries(100)) || x.Seen() != 3 || x.Matched() != 3 {
			t.Errorf("matched %d of %d", x.Matched(), x.Seen())
		}
	})
}

func parsed(t testing.TB, text string) Filter {
	t.Helper()
	f, err := ParseFilter(text)
	if err != nil {
		t.Fatal(err)
	}
	return f
}
