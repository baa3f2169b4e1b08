package views

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"joltui/feed"
)

func inspect(w, h int, data string) *Inspector {
	v := NewInspector(&Styles{}, testInspectorKeys())
	v.SetSize(w, h)
	v.Open(feed.Entry{Seq: 4711, At: start(), Topic: "orders.eu", Data: data, Size: len(data)})
	return v
}

func TestInspectorView(t *testing.T) {
	const order = `{"id":4711,"amount":12.50,"big":123456789012345678901234567890,"tags":["a","b"],"note":"bell\u0007 世界 and a text that is longer than a narrow window is wide"}`
	for _, w := range []int{40, 90} {
		for name, data := range map[string]string{
			"json": order, "text": "plain\ttext\r\nin \x1b[31mlines", "empty": "", "number": "12.50",
		} {
			t.Run(fmt.Sprint(w, " ", name), func(t *testing.T) {
				requireGolden(t, inspect(w, 15, data).View(nil, start()))
			})
		}
		t.Run(fmt.Sprint(w, " raw"), func(t *testing.T) {
			v := inspect(w, 8, order)
			v.Update(keyPress("f"), nil)
			requireGolden(t, v.View(nil, start()))
		})
		t.Run(fmt.Sprint(w, " cut"), func(t *testing.T) {
			v := inspect(w, 4, "")
			v.Open(feed.Entry{Topic: "big", At: start(), Data: "the beginning", Size: 5_000_000})
			requireGolden(t, v.View(nil, start()))
		})
	}
}

func TestInspectorIntents(t *testing.T) {
	v := inspect(40, 10, "x")
	for name, want := range map[string]Intent{
		"h": Step{-1}, "l": Step{+1}, "esc": Leave{}, "q": Leave{}, "f": nil, "j": nil, "x": nil,
	} {
		if got := v.Update(keyPress(name), nil); got != want {
			t.Errorf("%s: intent %#v, want %#v", name, got, want)
		}
	}
}

func TestInspectorScrolls(t *testing.T) {
	var lines []string
	for i := range 100 {
		lines = append(lines, fmt.Sprintf("line-%d.", i+1))
	}
	v := inspect(60, 12, strings.Join(lines, "\n"))
	for _, step := range []struct {
		key   string
		first int
	}{
		{"k", 1}, {"j", 2}, {"pgdown", 12}, {"ctrl+d", 17}, {"ctrl+u", 12}, {"pgup", 2}, {"G", 91}, {"j", 91}, {"g", 1},
	} {
		v.Update(keyPress(step.key), nil)
		if row := v.View(nil, start())[1]; !strings.Contains(row, fmt.Sprintf(" line-%d.", step.first)) {
			t.Fatalf("after %s the first row is %q, want line %d", step.key, row, step.first)
		}
	}
	v.Update(keyPress("G"), nil)
	v.SetSize(60, 52)
	if row := v.View(nil, start())[1]; !strings.Contains(row, "line-51.") {
		t.Fatalf("the window grew and the first row is %q, want line 51", row)
	}
}

// TestInspectorShowsAll: every byte of a payload can be reached.
func TestInspectorShowsAll(t *testing.T) {
	data := strings.Repeat("0123456789", 50)
	v := inspect(30, 10, data)
	var shown strings.Builder
	for range 40 {
		row := []rune(v.View(nil, start())[1])
		shown.WriteString(strings.TrimSpace(strings.TrimPrefix(strings.Trim(string(row), "┃ "), "1 ")))
		before := v.scroll.top
		if v.Update(keyPress("j"), nil); v.scroll.top == before {
			break
		}
	}
	for _, row := range v.View(nil, start())[2:9] {
		shown.WriteString(strings.Trim(row, "┃ "))
	}
	if got := shown.String(); got != data {
		t.Fatalf("shown %q", got)
	}
}

func TestIndentKeepsProportion(t *testing.T) {
	deep := strings.Repeat("[", 9_000) + strings.Repeat("1,", 400_000) + "1" + strings.Repeat("]", 9_000)
	if !json.Valid([]byte(deep)) {
		t.Fatal("the test is no test: that is not JSON")
	}
	if out := indent(deep); out != "" {
		t.Fatalf("%d bytes of JSON became %d", len(deep), len(out))
	}
	for data, want := range map[string]string{
		`{"a":1.50,"a":1e400}`: "{\n  \"a\": 1.50,\n  \"a\": 1e400\n}",
		`{"a":"}]\","}`:        "{\n  \"a\": \"}]\\\",\"\n}",
		`[]`:                   "[]",
		`{"a":`:                "",
		`]]]`:                  "",
		`12`:                   "",
		`"text\`:               "",
	} {
		if got := indent(data); got != want {
			t.Errorf("indent(%s) = %q, want %q", data, got, want)
		}
	}
}

func BenchmarkInspectorOpen1MB(b *testing.B) {
	data := "[" + strings.Repeat(`{"id":4711,"status":"failed"},`, 1<<20/30) + "1]"
	v := inspect(160, 50, "")
	for b.Loop() {
		v.Open(feed.Entry{Data: data, Size: len(data)})
		v.View(nil, start())
	}
}
