package publish

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"joltui/ui/views/intent"
	"joltui/ui/views/kit/kittest"
)

// searched returns a box with a history and a draft, and the search open.
func searched(keys ...string) *Box {
	p := newBox("t")
	p.SetSize(60, 7)
	p.SetPast([]intent.Publish{
		draft("orders", "one"), draft("orders", "two\nlines\nof Text"), {Topic: "chat", Data: "{{.Count}}", Template: true},
		draft("orders", "three"), draft("orders", "three"),
	})
	typed(p, "my draft", "ctrl+r")
	typed(p, keys...)
	return p
}

func TestHistorySearch(t *testing.T) {
	for _, tc := range []struct {
		keys  []string
		shows string // the payload found
		note  string
	}{
		{nil, "three", "1 of 4"},
		{[]string{"ctrl+r"}, "{{.Count}}", "2 of 4"},
		{[]string{"up", "up", "up", "up", "up"}, "one", "4 of 4"},
		{[]string{"ctrl+r", "ctrl+r", "down"}, "{{.Count}}", "2 of 4"},
		{[]string{"O"}, "three", "1 of 4"}, // in the topics
		{[]string{"o", "n"}, "one", "1 of 1"},
		{[]string{"t", "e", "x", "t"}, "of Text", "1 of 1"},
		{[]string{"up", "o"}, "{{.Count}}", "2 of 4"}, // what is on show stays while it has the text
		{[]string{"up", "o", "r", "d"}, "lines", "2 of 3"},
		{[]string{"up", "up", "up", "t", "h"}, "three", "1 of 1"},
		{[]string{"x", "backspace"}, "two", "3 of 4"},
		{[]string{"nothing"}, "", "not found"},
		{[]string{"nothing", "ctrl+r", "ctrl+w"}, "three", "1 of 4"},
	} {
		p := searched(tc.keys...)
		if shown := kittest.Text(p.View()); !strings.Contains(shown, tc.shows) || !strings.Contains(shown, tc.note) {
			t.Errorf("%v: want %q, %s:\n%s", tc.keys, tc.shows, tc.note, shown)
		}
	}
}

func TestHistorySearchTakesOrReturns(t *testing.T) {
	p := searched("count", "enter")
	if got := p.Message(); got != (intent.Publish{Topic: "chat", Data: "{{.Count}}", Template: true}) || p.search != nil {
		t.Errorf("the box has %+v", got)
	}
	typed(p, "down", "down")
	if got := p.Message(); got != draft("t", "my draft") && got != draft("orders", "three") {
		t.Errorf("below what was taken is %+v", got)
	}
	p = searched("count", "esc")
	if got := p.Message(); got != draft("t", "my draft") || p.search != nil {
		t.Errorf("after esc the box has %+v", got)
	}
	p = searched("nowhere", "enter")
	if got := p.Message(); got != draft("t", "my draft") || p.search != nil {
		t.Errorf("taking nothing leaves %+v", got)
	}
	p = searched()
	p.Blur()
	p.Focus(nil)
	if p.search != nil || p.Message() != draft("t", "my draft") {
		t.Error("the search goes on after the focus was away")
	}
	empty := newBox("t")
	if typed(empty, "ctrl+r"); !strings.Contains(kittest.Text(empty.View()), "nothing was published yet") {
		t.Errorf("without a history:\n%s", kittest.Text(empty.View()))
	}
	typed(empty, "up", "x", "enter")
}

func TestHistorySearchShowsTheHit(t *testing.T) {
	p := newBox("t")
	p.SetSize(40, 5)
	p.SetPast([]intent.Publish{draft("t", strings.Repeat("line\n", 20)+strings.Repeat("0123456789", 10)+" needle in it")})
	typed(p, "ctrl+r", "needle")
	if shown := kittest.Text(p.View()); !strings.Contains(shown, "…needle in it") {
		t.Errorf("the hit is out of sight:\n%s", shown)
	}
}

// The search finds what a naive search finds, newest first, without repetitions.
func TestHistorySearchAgreesWithANaiveOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var messages []intent.Publish
		for _, data := range rapid.SliceOfN(rapid.StringMatching(`[abAB]{0,4}`), 0, 12).Draw(t, "messages") {
			messages = append(messages, draft("t", data))
		}
		query := rapid.StringMatching(`[abAB]{0,2}`).Draw(t, "query")
		s := newHistorySearch(messages)
		for _, r := range query {
			s.edit(kittest.Press(string(r)))
		}
		var want, got []string
		for i := len(messages) - 1; i >= 0; i-- {
			data := messages[i].Data
			found := strings.Contains(strings.ToLower(data), strings.ToLower(query))
			if found && (len(want) == 0 || want[len(want)-1] != data) {
				want = append(want, data)
			}
		}
		s.step(-len(messages))
		for range s.hits {
			at, _ := s.current()
			got = append(got, messages[at].Data)
			s.step(+1)
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("%q in %v: %q, want %q", query, messages, got, want)
		}
	})
}

func TestReplaceKeepsTheDraft(t *testing.T) {
	p := newBox("t")
	typed(p, "draft")
	p.Replace(draft("other", "message"))
	if got := p.Message(); got != draft("other", "message") {
		t.Fatalf("the box has %+v", got)
	}
	p.Replace(draft("other", "message")) // the same again
	typed(p, "up")
	if got := p.Message(); got != draft("t", "draft") {
		t.Errorf("the history has %+v", got)
	}
	typed(p, "up")
	if got := p.Message(); got != draft("t", "draft") {
		t.Errorf("and before that %+v", got)
	}
}
