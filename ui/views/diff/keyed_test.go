package diff

import (
	"strings"
	"testing"

	"joltui/internal/feed"
	"joltui/jolt"
	"joltui/ui/views/kit"
	"joltui/ui/views/kit/kittest"
)

// TestDiffByKey: a message is compared with the latest before it that is about the same thing.
func TestDiffByKey(t *testing.T) {
	for name, tc := range map[string]struct {
		key  string
		data []string
		want string // number of the message that the last is compared with, and the words
	}{
		"set":           {".order.no", []string{`{"order":{"no":1},"n":1}`, `{"order":{"no":1},"n":2}`, `{"order":{"no":2},"n":1}`, `{"order":{"no":1},"n":3}`}, "message 2 → 4 the one before with the same .order.no"},
		"guessed":       {"", []string{`{"id":"a","n":1}`, `{"id":"b","n":2}`, `{"id":"a","n":3}`}, "message 1 → 3 the one before with the same .id"},
		"by another":    {"", []string{`{"id":1,"car_id":7}`, `{"id":2,"car_id":8}`, `{"id":3,"car_id":7}`}, "message 1 → 3 the one before with the same .car_id"},
		"within text":   {"", []string{`{"id":12,"n":1}`, `{"id":2,"n":12}`, `{"id":12,"n":3}`}, "message 1 → 3 the one before with the same .id"},
		"nothing alike": {"", []string{`{"id":1}`, `{"id":2}`}, "message 1 → 2 "},
		"set, no other": {".id", []string{`{"id":1}`, `{"id":2}`}, "message 1 → 2 none before has the same .id: compared with the one before"},
		"null":          {".id", []string{`{"id":null,"n":1}`, `{"id":1}`, `{"id":null,"n":2}`}, "message 2 → 3 none before has the same .id: compared with the one before"},
		"no JSON":       {"", []string{`hello`, `world`}, "message 1 → 2 "},
	} {
		f := feed.New(feed.Limits{})
		for _, data := range tc.data {
			f.Apply([]jolt.Event{kittest.Message(kittest.Start(), "a", data)})
		}
		p := New(&kit.Styles{}, Actions(), kittest.MoveKeys())
		p.SetSize(100, 12)
		rows := f.Topic("a").History().Window()
		p.OpenKeyed(*rows.At(rows.Next() - 1), f, tc.key)
		view := kittest.Text(p.View(f, kittest.Start()))
		number, words, _ := strings.Cut(tc.want, " the ")
		if i := strings.Index(tc.want, "none"); i > 0 {
			number, words = tc.want[:i], tc.want[i:]
		}
		if !strings.Contains(view, strings.TrimSpace(number)) || !strings.Contains(view, words) || words == "" && strings.Contains(view, "the same .") {
			t.Errorf("%s: want %s\n%s", name, tc.want, view)
		}
	}
}
