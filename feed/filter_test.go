package feed

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"joltui/jolt"
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
	} {
		_, err := ParseFilter(text)
		if err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

// TestFilteredModel compares a filtered history with filtering all of it.
func TestFilteredModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		filter, err := ParseFilter(rapid.SampledFrom([]string{"", "7", "!7", "nothing", "[02468]$"}).Draw(t, "filter"))
		if err != nil {
			t.Fatal(err)
		}
		var h History
		x := NewFiltered(&h, filter)
		pushed := 0
		var old FilteredWindow
		var oldWant []string
		t.Repeat(map[string]func(*rapid.T){
			"push": func(t *rapid.T) {
				for range rapid.IntRange(1, 300).Draw(t, "n") {
					e := Entry{Data: fmt.Sprint(pushed)}
					if pushed%50 == 49 {
						e = Entry{Gap: &jolt.Gap{}}
					}
					h.push(&e)
					pushed++
				}
			},
			"evict": func(t *rapid.T) {
				for range rapid.IntRange(0, h.Len()).Draw(t, "n") {
					h.evict(1)
				}
			},
			"advance": func(t *rapid.T) {
				n := rapid.IntRange(1, 500).Draw(t, "n")
				before := max(x.seen, h.first)
				more := x.Advance(entries(n))
				if want := min(before+uint64(n), h.next); x.seen != want || more != (want < h.next) {
					t.Fatalf("seen up to %d of %d, more %v; want up to %d", x.seen, h.next, more, want)
				}
			},
			"freeze": func(*rapid.T) {
				old = x.Window()
				oldWant = contents(old)
			},
			"catch up": func(t *rapid.T) {
				for x.Advance(entries(100)) {
				}
				w := x.Window()
				if want := matching(h.Window(), filter); !slices.Equal(contents(w), want) {
					t.Fatal(cmp.Diff(want, contents(w)))
				}
				if x.Matched() != w.Len() || x.Seen() != h.Len() {
					t.Fatalf("matched %d of %d, want %d of %d", x.Matched(), x.Seen(), w.Len(), h.Len())
				}
				if w.At(w.Next()) != nil || w.First() > 0 && w.At(w.First()-1) != nil {
					t.Fatal("there is an entry outside the window")
				}
			},
			"": func(t *rapid.T) {
				if got := contents(old); !slices.Equal(got, oldWant) {
					t.Fatalf("a window has changed: %s", cmp.Diff(oldWant, got))
				}
			},
		})
	})
}

// matching returns the contents of w that a filter selects, and the gaps.
func matching(w Window, f Filter) []string {
	var all []string
	for pos := w.First(); pos < w.Next(); pos++ {
		switch e := w.At(pos); {
		case e.Gap != nil:
			all = append(all, "gap")
		case f.Match(e.Data):
			all = append(all, e.Data)
		}
	}
	return all
}

// TestFilteredPositions: the position of a match stays its own when older ones
// are evicted.
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

// TestFilteredLongPayload: a payload that takes long is not waited for, and
// comes in its turn.
func TestFilteredLongPayload(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := New(Limits{})
		f.Want("t", at(0))
		long := strings.Repeat("x", longBody) + "9"
		apply(f, message("t", "9"), message("t", long), message("t", "9"), message("t", long+"x"), message("t", "9"))
		x := NewFiltered(f.Topic("t").History(), parsed(t, "9$"))
		for i, want := range []int{1, 3, 4} {
			more := x.Advance(entries(100))
			if seen := 2*i + 1; x.Seen() != seen || x.Matched() != want || more != (seen < 5) {
				t.Errorf("step %d: seen %d, matched %d, more %v", i, x.Seen(), x.Matched(), more)
			}
			synctest.Wait()
		}
	})
}

// TestFilteredLongPayloadEvicted: a verdict on what is gone is not taken for that
// on what comes after it.
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

func parsed(t testing.TB, text string) Filter {
	t.Helper()
	f, err := ParseFilter(text)
	if err != nil {
		t.Fatal(err)
	}
	return f
}
