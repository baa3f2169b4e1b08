package fields

import (
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"joltui/internal/jsontree"
)

// document draws a JSON text.
func document(depth int) *rapid.Generator[string] {
	leaf := rapid.SampledFrom([]string{"1", "-0.5e3", "0", "1E+2", `""`, `"a"`, `"\u0061\n\\\""`, "true", "false", "null", "{}", "[]", ` [ ] `})
	if depth == 0 {
		return leaf
	}
	return rapid.Custom(func(t *rapid.T) string {
		var parts []string
		if rapid.Bool().Draw(t, "array") {
			return "[" + strings.Join(rapid.SliceOfN(document(depth-1), 0, 3).Draw(t, "items"), " ,") + "]"
		}
		for range rapid.IntRange(0, 4).Draw(t, "fields") {
			name := rapid.SampledFrom([]string{`"a"`, `"b"`, `"\u0061"`, `"\""`, `"c d"`}).Draw(t, "name")
			parts = append(parts, name+" : "+document(depth-1).Draw(t, "value"))
		}
		return "{" + strings.Join(parts, ",") + "\t}"
	})
}

// TestScanFindsWhatATreeHas: of valid JSON the parts are the nodes of its tree, and a part of
// it has the first of them; of other text the beginning is no JSON either.
func TestScanFindsWhatATreeHas(t *testing.T) {
	kinds := map[Kind]jsontree.Kind{Object: jsontree.Object, Array: jsontree.Array, String: jsontree.String, Number: jsontree.Number, Literal: jsontree.Literal}
	rapid.Check(t, func(t *rapid.T) {
		text := document(3).Draw(t, "text")
		if rapid.Bool().Draw(t, "spoil") {
			at := rapid.IntRange(0, len(text)).Draw(t, "at")
			text = text[:at] + rapid.SampledFrom([]string{",", `"`, "{", "}", "]", "0", "-", "n", ":", "x"}).Draw(t, "by") + text[at:]
		}
		parts, end := Scan(nil, text, false)
		trimmed := strings.TrimSpace(text)
		composed := trimmed != "" && (trimmed[0] == '{' || trimmed[0] == '[')
		valid := composed && json.Valid([]byte(text))
		if (end == Whole) != valid && !strings.Contains(text, `\`) { // escapes are not looked at
			t.Fatalf("%q ends as %d; valid: %v", text, end, valid)
		}
		if !valid {
			return
		}
		tree, n := jsontree.Parse(text, 0), 0
		for _, p := range parts {
			if p.Kind == Name {
				if got := p.Of(text); got != tree.Key(n) {
					t.Fatalf("%q: name %q, want %q", text, got, tree.Key(n))
				}
				continue
			}
			if p.Of(text) != tree.Value(n) || kinds[p.Kind] != tree.Kind(n) {
				t.Fatalf("%q: value %q, want %q", text, p.Of(text), tree.Value(n))
			}
			n++
		}
		if n != tree.Len() {
			t.Fatalf("%q: %d of %d values", text, n, tree.Len())
		}
		cut := text[:rapid.IntRange(1, len(text)).Draw(t, "cut")]
		some, end := Scan(nil, cut, false)
		if strings.TrimSpace(cut) != "" && end == NotJSON || len(some) > len(parts) {
			t.Fatalf("%q ends as %d, with %d parts", cut, end, len(some))
		}
		for i := range some {
			if some[i].Start != parts[i].Start || some[i].Path != parts[i].Path && some[i].End != int32(len(cut)) || int(some[i].End) > len(cut) {
				t.Fatalf("%q: part %d is %+v, want %+v", cut, i, some[i], parts[i])
			}
		}
	})
}

func TestWhatIsNoJSON(t *testing.T) {
	for _, text := range []string{
		"", " ", "hello", `"text"`, "12", "[INFO] started", "[2026-01-02 12:00] started", "[01]", "{a:1}", `{"a":1}x`, `{"a" 1}`, "[1 2]",
		"[1}", `{"a":1]`, "]", "[tru]", "[nul1]", "[1.x]", "[--1]", "[1,]", `{"a":1,}`, strings.Repeat("[", maxDepth+1),
	} {
		if _, end := Scan(nil, text, false); end != NotJSON {
			t.Errorf("%q ends as %d", text, end)
		}
	}
	for _, text := range []string{"[", "[tru", "[-", "[1.", "[1e", `{"a`, `{"a":`, `{"a":1,`, `["\`, strings.Repeat("[", maxDepth)} {
		if _, end := Scan(nil, text, false); end != Cut {
			t.Errorf("%q ends as %d", text, end)
		}
	}
	shown := `{\n\t"a": 1\r\n}\`
	if _, end := Scan(nil, shown, true); end != Whole {
		t.Errorf("%q, as it is shown, ends as %d", shown, end)
	}
	if _, end := Scan(nil, shown, false); end != NotJSON {
		t.Errorf("%q, as it came, ends as %d", shown, end)
	}
}

func TestPaths(t *testing.T) {
	text := ScanText(`{"a":{"b c":[10,{"d":11}]},"\u0061x":12,"ab":{"c":13},"a":14}`, false)
	for _, tc := range []struct {
		steps []any
		want  string
	}{
		{[]any{"a", "b c", 0}, "10"}, {[]any{"a", "b c", 1, "d"}, "11"}, {[]any{"ax"}, "12"}, {[]any{"ab", "c"}, "13"}, {[]any{"a"}, "14"},
		{nil, text.Text}, {[]any{"a", "b c"}, `[10,{"d":11}]`}, {[]any{"a", "b"}, ""}, {[]any{0}, ""}, {[]any{"abc"}, ""},
	} {
		got := ""
		if p, ok := text.Value(PathOf(tc.steps...)); ok {
			got = p.Of(text.Text)
		}
		if got != tc.want {
			t.Errorf("%v is %q, want %q", tc.steps, got, tc.want)
		}
	}
}

// changes returns the values of a text that differ from those of the one before.
func changes(before, after string) string {
	x, y := ScanText(before, true), ScanText(after, true)
	y.MarkChanged(&x)
	var all []string
	for _, p := range y.Parts {
		if p.Changed {
			all = append(all, p.Of(after))
		}
	}
	return strings.Join(all, " ")
}

func TestMarkChanged(t *testing.T) {
	for _, tc := range [][3]string{
		{`{"a":1,"b":"x"}`, `{"a":1,"b":"y"}`, `"y"`},
		{`{"a":1,"b":"x"}`, `{"b":"x","a":2}`, `2`},
		{`{"a":1,"b":"x"}`, `{"a":1,"b":"x"}`, ``},
		{`{"a":1}`, `{"a":1,"c":null}`, `null`},            // new
		{`{"a":1,"c":2}`, `{"a":1}`, ``},                   // gone: there is nothing to mark
		{`{"a":1,"b":2,"c":3}`, `{"a":4,"b":5,"c":3}`, ``}, // another thing
		{`{"a":1}`, `{"a":2}`, ``},                         //
		{`{"a":[1,2],"b":1}`, `{"a":[1,3],"b":1}`, `3`},
		{`{"a":{"a":1},"b":1}`, `{"a":{"a":"1"},"b":1}`, `"1"`},
		{`{"a":1,"b":{"c":3}}`, `{"a":1,"b":3}`, `3`},
		{`{"a":1,"b":"xy`, `{"a":1,"b":"xyz"}`, ``}, // cut before
		{`{"a":1,"b":"xyz"}`, `{"a":1,"b":"x`, ``},  // cut after
		{`{"a":1,`, `{"a":1,"b":2}`, ``},            // it may have stood behind the cut
		{`hello`, `{"a":1,"b":2}`, ``}, {`{"a":1}`, `hello`, ``}, {`{}`, `{}`, ``},
	} {
		if got := changes(tc[0], tc[1]); got != tc[2] {
			t.Errorf("%s, then %s: %q, want %q", tc[0], tc[1], got, tc[2])
		}
	}
}

func BenchmarkScan(b *testing.B) {
	text := `{"id":4711,"status":"failed","amount":12.50,"currency":"EUR","customer":"c-1029","items":[{"sku":"a-1","n":2}]}`
	parts := make([]Part, 0, 64)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		parts, _ = Scan(parts[:0], text, true)
	}
}
