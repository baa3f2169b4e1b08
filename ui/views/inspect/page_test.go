package inspect

import (
	"fmt"
	"strings"
	"testing"

	"joltui/internal/feed"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
	"joltui/ui/views/kit/kittest"
)

func inspect(w, h int, data string) *Page {
	v := New(&kit.Styles{}, Actions(), kittest.MoveKeys())
	v.SetSize(w, h)
	v.Open(feed.Entry{Seq: 4711, At: kittest.Start(), Topic: "orders.eu", Data: data, Size: len(data)})
	return v
}

func TestInspectorView(t *testing.T) {
	const order = `{"id":4711,"amount":12.50,"big":123456789012345678901234567890,"tags":["a","b"],"note":"bell\u0007 世界 and a text that is longer than a narrow window is wide"}`
	for _, w := range []int{40, 90} {
		for name, data := range map[string]string{
			"json": order, "text": "plain\ttext\r\nin \x1b[31mlines", "empty": "", "number": "12.50",
		} {
			t.Run(fmt.Sprint(w, " ", name), func(t *testing.T) {
				kittest.RequireGolden(t, inspect(w, 15, data).View(nil, kittest.Start()))
			})
		}
		t.Run(fmt.Sprint(w, " raw"), func(t *testing.T) {
			v := inspect(w, 8, order)
			v.Update(kittest.Press("f"), nil)
			kittest.RequireGolden(t, v.View(nil, kittest.Start()))
		})
		t.Run(fmt.Sprint(w, " cut"), func(t *testing.T) {
			v := inspect(w, 4, "")
			v.Open(feed.Entry{Topic: "big", At: kittest.Start(), Data: "the beginning", Size: 5_000_000})
			kittest.RequireGolden(t, v.View(nil, kittest.Start()))
		})
	}
}

func TestInspectorIntents(t *testing.T) {
	v := inspect(40, 10, "x")
	for name, want := range map[string]kit.Intent{
		"h": Step{-1}, "l": Step{+1}, "esc": kit.Leave{}, "q": kit.Leave{}, "f": nil, "j": nil, "x": nil,
		"z": kit.Say{Text: "z: fold ─ the payload is no JSON"}, "Z": kit.Say{Text: "Z: fold all, or nothing ─ the payload is no JSON"},
		"n": kit.Say{Text: "n: next hit ─ nothing is searched for: {inspector.search} searches"},
		"N": kit.Say{Text: "N: previous hit ─ nothing is searched for: {inspector.search} searches"},
		"W": kit.Say{Text: "W: watch the field ─ only a field of JSON can be watched"},
		"d": intent.Diff{Entry: v.entry}, "y": intent.Copy{What: "the message", Text: "x"},
	} {
		if got := v.Update(kittest.Press(name), nil); got != want {
			t.Errorf("%s: intent %#v, want %#v", name, got, want)
		}
	}
}

func TestInspectorScrolls(t *testing.T) {
	var lines []string
	for i := range 100 {
		lines = append(lines, fmt.Sprintf("line-%d.", i+1))
	}
	v := inspect(60, 13, strings.Join(lines, "\n"))
	v.View(nil, kittest.Start())
	for _, step := range []struct {
		key           string
		first, cursor int
	}{
		{"k", 1, 1}, {"j", 1, 2}, {"pgdown", 11, 12}, {"ctrl+d", 16, 17}, {"ctrl+u", 11, 12}, {"pgup", 1, 2},
		{"G", 91, 100}, {"j", 91, 100}, {"k", 91, 99}, {"pgup", 81, 89}, {"g", 1, 1},
	} {
		v.Update(kittest.Press(step.key), nil)
		rows := v.View(nil, kittest.Start())
		if !strings.Contains(rows[1], fmt.Sprintf(" line-%d.", step.first)) {
			t.Fatalf("after %s the first row is %q, want line %d", step.key, rows[1], step.first)
		}
		if got := rows[1+step.cursor-step.first]; !strings.Contains(got, "▸") || !strings.Contains(got, fmt.Sprintf(" line-%d.", step.cursor)) {
			t.Fatalf("after %s the row of the cursor is %q, want line %d", step.key, got, step.cursor)
		}
	}
	v.Update(kittest.Press("G"), nil)
	v.SetSize(60, 53)
	if row := v.View(nil, kittest.Start())[1]; !strings.Contains(row, "line-51.") {
		t.Fatalf("the window grew and the first row is %q, want line 51", row)
	}
}

func BenchmarkInspectorOpen1MB(b *testing.B) {
	data := "[" + strings.Repeat(`{"id":4711,"status":"failed"},`, 1<<20/30) + "1]"
	v := inspect(160, 50, "")
	for b.Loop() {
		v.Open(feed.Entry{Data: data, Size: len(data)})
		v.View(nil, kittest.Start())
	}
}
