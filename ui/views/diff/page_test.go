package diff

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"joltui/internal/feed"
	"joltui/internal/jsondiff"
	"joltui/jolt"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
	"joltui/ui/views/kit/kittest"
)

// compared returns a page that compares the last two of some messages on a topic.
func compared(w, h int, data ...string) (*Page, *feed.Feed) {
	f := feed.New(feed.Limits{})
	f.Tick(kittest.Start())
	for i, d := range data {
		at := kittest.Start().Add(time.Duration(i) * 250 * time.Millisecond)
		f.Apply([]jolt.Event{kittest.Message(at, "orders.eu", d), kittest.Message(at, "other", "{}")})
	}
	p := New(&kit.Styles{}, Actions(), kittest.MoveKeys())
	p.SetSize(w, h)
	t := f.Topic("orders.eu")
	p.Open(*t.History().Window().At(t.History().Window().Next() - 1), f)
	return p, f
}

func TestDiffView(t *testing.T) {
	const (
		before = `{"id":4711,"status":"new","items":[{"sku":"a","n":1},{"sku":"b","n":2}],"amount":12.50,"note":"bell\u0007","vat":null}`
		after  = `{"status":"paid","id":4711,"items":[{"n":3,"sku":"a"}],"amount":12.5,"note":"世界 and a text that is longer than there is room for on a narrow window","paid":{"by":"card"}}`
	)
	for _, size := range []struct{ w, h int }{{80, 24}, {160, 50}, {40, 12}} {
		for name, data := range map[string][]string{
			"json":        {before, after},
			"lines":       {"a\nb\nc\nd\n", "a\nB\nc\nd\ne"},
			"bytes":       {"GET /orders?id=4711 HTTP/1.1", "GET /orders?id=4799 HTTP/1.1"},
			"half json":   {before, "{" + before},
			"same":        {before, before},
			"first":       {after},
			"escape":      {"\x1b[31mred\x1b[0m \u202eevil", "\x1b[32mred\x1b[0m e\u0301\xff\x00"},
			"other order": {`{"a":1,"b":2}`, `{"b":2.0,"a":1}`},
		} {
			t.Run(fmt.Sprintf("%s %dx%d", name, size.w, size.h), func(t *testing.T) {
				p, f := compared(size.w, size.h, data...)
				kittest.RequireGolden(t, p.View(f, kittest.Start()))
			})
		}
		t.Run(fmt.Sprintf("all %dx%d", size.w, size.h), func(t *testing.T) {
			p, f := compared(size.w, size.h, before, after)
			p.Update(kittest.Press("a"), f)
			p.Update(kittest.Press("G"), f)
			kittest.RequireGolden(t, p.View(f, kittest.Start()))
		})
	}
}

func TestDiffSteps(t *testing.T) {
	p, f := compared(80, 24, `{"n":1}`, `{"n":2}`, `{"n":3}`)
	if got, ok := p.Update(kittest.Press("l"), f).(kit.Say); !ok || !strings.Contains(got.Text, "the newest pair") {
		t.Errorf("after the last pair comes %+v", got)
	}
	back, ok := p.Update(kittest.Press("h"), f).(intent.Diff)
	if !ok || back.Entry.Data != `{"n":2}` {
		t.Fatalf("before it comes %+v", back)
	}
	p.Open(back.Entry, f)
	if got, ok := p.Update(kittest.Press("h"), f).(kit.Say); !ok || !strings.Contains(got.Text, "the first pair") {
		t.Errorf("before the first pair comes %+v", got)
	}
	if forth, ok := p.Update(kittest.Press("l"), f).(intent.Diff); !ok || forth.Entry.Data != `{"n":3}` {
		t.Errorf("after it comes %+v", forth)
	}
	for _, leave := range []string{"esc", "q"} {
		if got := p.Update(kittest.Press(leave), f); got != (kit.Leave{}) {
			t.Errorf("%s gives %+v", leave, got)
		}
	}
}

// TestDiffAcrossAGap: if there was an outage between the two messages, the page says so. If
// the one before was evicted, nothing is compared.
func TestDiffAcrossAGap(t *testing.T) {
	f := feed.New(feed.Limits{})
	f.Tick(kittest.Start())
	f.Want("orders.eu", kittest.Start())
	f.Apply([]jolt.Event{
		kittest.Message(kittest.Start(), "orders.eu", `{"n":1}`),
		&jolt.Gap{From: kittest.Start(), To: kittest.Start().Add(2100 * time.Millisecond)},
		kittest.Message(kittest.Start().Add(3*time.Second), "orders.eu", `{"n":2}`),
	})
	p := New(&kit.Styles{}, Actions(), kittest.MoveKeys())
	p.SetSize(80, 24)
	last := *f.All().Window().At(2)
	p.Open(last, f)
	all := strings.Join(p.View(f, kittest.Start()), "\n")
	for _, want := range []string{"message 1 → 3", "3.0 s later", "messages may be missing between them: gap of up to 2.1 s: disconnected", ".n  1 → 2"} {
		if !strings.Contains(all, want) {
			t.Errorf("it does not say %q:\n%s", want, all)
		}
	}
	f.Forget("orders.eu")
	p.Open(last, f)
	if all := strings.Join(p.View(f, kittest.Start()), "\n"); !strings.Contains(all, "nothing to compare with") {
		t.Errorf("of a topic that was forgotten it says\n%s", all)
	}
	if got, ok := p.Update(kittest.Press("y"), f).(kit.Say); !ok || !strings.Contains(got.Text, "no value here") {
		t.Errorf("there is nothing, and y copies %+v", got)
	}
}

func TestDiffKeepsItsPlaceAndCopies(t *testing.T) {
	p, f := compared(80, 24, `{"a":1,"b":2,"c":3,"gone":9}`, `{"a":1,"b":5,"c":6}`)
	p.View(f, kittest.Start())
	for _, step := range []struct {
		key, row string
		want     intent.Copy
	}{
		{"j", "▸~ .c", intent.Copy{What: "the value of .c", Text: "6"}},
		{"a", "▸~ .c", intent.Copy{What: "the value of .c", Text: "6"}},
		{"g", "▸= .a", intent.Copy{What: "the value of .a", Text: "1"}},
		{"a", "▸~ .b", intent.Copy{What: "the value of .b", Text: "5"}},
		{"G", "▸- .gone", intent.Copy{What: "the value of .gone", Text: "9"}},
	} {
		p.Update(kittest.Press(step.key), f)
		if all := strings.Join(p.View(f, kittest.Start()), "\n"); !strings.Contains(all, step.row) {
			t.Errorf("after %s the cursor is not on %s:\n%s", step.key, step.row, all)
		}
		if got := p.Update(kittest.Press("y"), f); got != step.want {
			t.Errorf("after %s y copies %+v, want %+v", step.key, got, step.want)
		}
	}
}

// TestDiffOfHugePayloads: comparing them is a job, whose result for another pair is dropped.
// A frame then reads no more rows than it shows.
func TestDiffOfHugePayloads(t *testing.T) {
	many := func(n int) string { return "[" + strings.Repeat(fmt.Sprintf(`{"n":%d},`, n), 50_000) + "1]" }
	p, f := compared(80, 24, "{}", many(1), many(2))
	if p.diff != nil {
		t.Fatal("it was compared at once")
	}
	if all := strings.Join(p.View(f, kittest.Start()), "\n"); !strings.Contains(all, "comparing 800 kB…") {
		t.Errorf("it does not say what it does:\n%s", all)
	}
	job := p.NextJob()
	p.Open(p.pair.before, f)
	job()()
	if p.diff != nil {
		t.Fatal("another pair's difference was taken")
	}
	p, f = compared(80, 24, "{}", many(1), many(2))
	kittest.FinishJobs(t, p)
	asked, get := 0, p.diff.get
	p.diff.get = func(i int) diffRow { asked++; return get(i) }
	p.Update(kittest.Press("G"), f)
	all := strings.Join(p.View(f, kittest.Start()), "\n")
	if !strings.Contains(all, "~ 50,000 changed") || !strings.Contains(all, "▸~ .[49999].n  1 → 2") {
		t.Errorf("the end does not show:\n%s", all)
	}
	if asked > 24 {
		t.Errorf("%d rows were asked for", asked)
	}
	for name, data := range kittest.Huge() {
		p, f := compared(160, 50, data, data[:len(data)/2]+"!"+data[len(data)/2:])
		kittest.FinishJobs(t, p)
		kittest.RequireSize(t, p.View(f, kittest.Start()), 160, 50)
		if p.diff.count[jsondiff.Same] == len(p.diff.differ) && p.len() == 0 {
			t.Errorf("%s: no difference", name)
		}
	}
}

// TestDiffOfTextLosesNothing: the rows of each side together are the text of that side.
func TestDiffOfTextLosesNothing(t *testing.T) {
	text := rapid.StringOfN(rapid.SampledFrom([]rune("ab\n\né\xff")), 0, 30, -1)
	rapid.Check(t, func(t *rapid.T) {
		before, after := text.Draw(t, "before"), text.Draw(t, "after")
		for name, d := range map[string]*difference{"lines": compareLines("", before, after), "bytes": compareBytes("", before, after)} {
			var x, y strings.Builder
			for i := range d.rows {
				row := d.row(i, true)
				x.WriteString(row.before)
				y.WriteString(row.after)
				if row.op == jsondiff.Same && row.before != row.after {
					t.Fatalf("%s: %+v is not the same", name, row)
				}
			}
			if x.String() != before || y.String() != after {
				t.Fatalf("%s: %q and %q became %q and %q", name, before, after, x.String(), y.String())
			}
			if (before == after) != (len(d.differ) == 0) {
				t.Fatalf("%s: %d rows differ between %q and %q", name, len(d.differ), before, after)
			}
		}
	})
}
