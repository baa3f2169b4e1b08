package jsontree

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNodesAreWhereTheyStand(t *testing.T) {
	const text = `{"a": [1.50, {"b c":"x\"]"}, []], "a":null}`
	type row struct {
		Path, Value string
		Kind        Kind
		Count       int
	}
	want := []row{
		{".", text, Object, 2},
		{".a", `[1.50, {"b c":"x\"]"}, []]`, Array, 3},
		{".a[0]", "1.50", Number, 0},
		{".a[1]", `{"b c":"x\"]"}`, Object, 1},
		{`.a[1]["b c"]`, `"x\"]"`, String, 0},
		{".a[2]", "[]", Array, 0},
		{".a", "null", Literal, 0},
	}
	tree := Parse(text, 0)
	var got []row
	for n := range tree.Len() {
		got = append(got, row{tree.Path(n), tree.Value(n), tree.Kind(n), tree.Count(n)})
	}
	if diff := cmp.Diff(want, got); diff != "" || !tree.Whole() {
		t.Errorf("whole %v, error %v (-want +got):\n%s", tree.Whole(), tree.Err(), diff)
	}
	for offset, want := range map[int]int{
		0: 0, 1: 1, 5: 1, 7: 2, 10: 2, 11: 1, 13: 3, 20: 4, len(text) - 1: 0, len(text): 0, 1000: 0,
	} {
		if got := tree.Find(offset); got != want {
			t.Errorf("byte %d belongs to node %d, want %d", offset, got, want)
		}
	}
}

func TestSiblings(t *testing.T) {
	tree := Parse(`[[1,[2]],{},3]`, 0)
	var forth, back []string
	for n := tree.First(0); n != None; n = tree.After(n) {
		forth = append(forth, tree.Value(n))
	}
	for n := int(tree.Node(0).Last); n != None; n = int(tree.Node(n).Prev) {
		back = append(back, tree.Value(n))
	}
	if diff := cmp.Diff([]string{"[1,[2]]", "{}", "3"}, forth); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"3", "{}", "[1,[2]]"}, back); diff != "" {
		t.Error(diff)
	}
}

func TestMistakesAreExplained(t *testing.T) {
	for text, want := range map[string]string{
		``:            "byte 0: the text ends where a value should be",
		`[1 2]`:       "byte 3: expected a comma or ]",
		`{"a" 1}`:     "byte 5: expected a colon after a field's name",
		`{a:1}`:       "byte 1: expected a field's name in quotes",
		`{"a":1,}`:    "byte 7: expected a field's name in quotes",
		`[1,]`:        "byte 3: expected a value",
		`[1}`:         "byte 2: expected a comma or ]",
		`{"a":`:       "byte 5: the text ends where a value should be",
		`{"a":1`:      "byte 6: the text ends before what is open is closed",
		`{"a":1,`:     "byte 7: the text ends where a field could begin",
		`"a`:          "byte 2: the text ends within a string",
		`"\`:          "byte 2: the text ends within a string",
		`"a\x"`:       "byte 2: a backslash in a string that is no escape",
		`"\u12g4"`:    `byte 1: expected four hexadecimal digits after \u`,
		"\"a\x00\"":   "byte 2: a control character, 0x00, in a string",
		`01`:          "byte 1: the value is over, and more text follows",
		`1.`:          "byte 2: expected a digit after the point",
		`-`:           "byte 1: expected a digit",
		`1e+`:         "byte 3: expected a digit in the exponent",
		`[INFO] text`: "byte 1: expected a value",
		`{} {}`:       "byte 3: the value is over, and more text follows",
	} {
		tree := Parse(text, 0)
		if tree.Err() == nil || tree.Err().Error() != want || tree.Whole() {
			t.Errorf("%s: %v, want %q", text, tree.Err(), want)
		}
	}
}

// TestWhatIsBeforeAMistakeIsThere: what was read of a broken text can be walked.
func TestWhatIsBeforeAMistakeIsThere(t *testing.T) {
	tree := Parse(`{"a":[1,{"b":2},"c`, 0)
	var values []string
	for n := range tree.Len() {
		values = append(values, tree.Path(n)+" "+tree.Value(n))
	}
	want := []string{`. {"a":[1,{"b":2},`, `.a [1,{"b":2},`, `.a[0] 1`, `.a[1] {"b":2}`, `.a[1].b 2`}
	if diff := cmp.Diff(want, values); diff != "" {
		t.Error(diff)
	}
}

func TestALimitChangesNoNumbers(t *testing.T) {
	text := "[" + strings.Repeat(`{"id":4711,"tags":["a","b"]},`, 10_000) + "1]"
	whole := Parse(text, 0)
	part := Parse(text, 100_000)
	if !whole.Whole() || part.Whole() || part.Err() != nil || part.Read() < 100_000 || part.Read() > 100_100 {
		t.Fatalf("read %d of %d bytes, %d in part, error %v", whole.Read(), len(text), part.Read(), part.Err())
	}
	for n := range part.Len() {
		a, b := *whole.Node(n), *part.Node(n)
		if b.End == 0 || a.Last != b.Last { // not over yet
			a.End, a.Next, a.Last = b.End, b.Next, b.Last
		}
		if a != b {
			t.Fatalf("node %d is %+v in part and %+v in whole", n, b, a)
		}
	}
}

func TestDeepNesting(t *testing.T) {
	const depth = 100_000
	tree := Parse(strings.Repeat(`[`, depth)+strings.Repeat(`]`, depth), 0)
	if !tree.Whole() || tree.Len() != depth || tree.Node(depth-1).Depth != depth-1 {
		t.Fatalf("%d nodes, error %v", tree.Len(), tree.Err())
	}
	if path := tree.Path(depth - 1); len(path) != 1+3*(depth-1) {
		t.Errorf("the path has %d bytes", len(path))
	}
	if path, whole := tree.PathEnd(depth-1, 10); path != "[0][0][0][0]" || whole {
		t.Errorf("the end of the path is %q, whole %v", path, whole)
	}
}

func TestLongNames(t *testing.T) {
	tree := Parse(`{"`+strings.Repeat("x", 1000)+`":{"a":1}}`, 0)
	if path, whole := tree.PathEnd(2, 10); path != `xxxxxxx"].a` || whole {
		t.Errorf("the end of the path is %q, whole %v", path, whole)
	}
	if path := tree.Path(2); len(path) != 1003 {
		t.Errorf("the path has %d bytes", len(path))
	}
}

func TestUnquote(t *testing.T) {
	for quoted, want := range map[string]string{
		`"a b"`: "a b", `"a\"\u00e9\n"`: "a\"é\n", `"\ud83d\ude00"`: "😀", `""`: "", "\"\xff\"": "\xff", `"\ufffd\t"`: "\uFFFD\t",
	} {
		if got, ok := Unquote(quoted); got != want || !ok {
			t.Errorf("%s stands for %q, %v, want %q", quoted, got, ok, want)
		}
	}
	for _, quoted := range []string{`"\ud83d"`, "\"\\n\xff\"", `"`, ""} {
		if got, ok := Unquote(quoted); ok {
			t.Errorf("%q was taken to stand for %q", quoted, got)
		}
	}
}

// FuzzParse: a text is whole if encoding/json takes it, and the tokens of any
// text, with what is between them, are that text again.
func FuzzParse(f *testing.F) {
	for _, text := range []string{
		`{"a":[1,2.5e-3,"x\u0041",true,null,{}],"a":{"":[]}}`, `[[[[`, `{"a":1,}`, `"\ud800"`, " 1e400 ", "]", "\x00", `[1]]`,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tree := Parse(text, 0)
		// encoding/json gives up beyond 10,000 levels.
		if strings.Count(text, "[")+strings.Count(text, "{") < 10_000 && tree.Whole() != json.Valid([]byte(text)) {
			t.Fatalf("%q is whole: %v (%v), encoding/json disagrees", text, tree.Whole(), tree.Err())
		}
		if got := rejoin(t, tree) + text[tree.Read():]; got != text {
			t.Fatalf("%q became %q", text, got)
		}
		for n := range tree.Len() {
			tree.Path(n)
			if begin := tree.Node(n).Begin(); tree.Find(begin) != n {
				t.Fatalf("%q: node %d begins at %d, where node %d was found", text, n, begin, tree.Find(begin))
			}
		}
	})
}

// rejoin puts together what a walk of the tree finds, in order: keys, values,
// brackets, and what lies between them, which may be no more than it has to be.
func rejoin(t *testing.T, tree *Tree) string {
	var b strings.Builder
	token := func(from, to int, what string) {
		between := tree.Text()[b.Len():from]
		if rest := strings.Trim(between, " \t\r\n:,"); rest != "" {
			t.Fatalf("%q: %q lies before the %s at %d", tree.Text(), rest, what, from)
		}
		b.WriteString(between)
		b.WriteString(tree.Text()[from:to])
	}
	var open []int
	for n := 0; n <= tree.Len(); n++ {
		for len(open) > 0 && int(tree.Node(open[len(open)-1]).Next) == n {
			last := tree.Node(open[len(open)-1])
			token(int(last.End)-1, int(last.End), "bracket")
			open = open[:len(open)-1]
		}
		if n == tree.Len() {
			break
		}
		node := tree.Node(n)
		if key := tree.Key(n); key != "" {
			token(int(node.Key), int(node.KeyEnd), "key")
		}
		if kind := tree.Kind(n); kind == Object || kind == Array {
			token(int(node.Start), int(node.Start)+1, "bracket")
			open = append(open, n)
			continue
		}
		if !json.Valid([]byte(tree.Value(n))) {
			t.Fatalf("%q is no value", tree.Value(n))
		}
		token(int(node.Start), int(node.End), "value")
	}
	rest := tree.Text()[b.Len():tree.Read()]
	b.WriteString(rest)
	return b.String()
}

func BenchmarkParse(b *testing.B) {
	for name, text := range map[string]string{
		"orders": "[" + strings.Repeat(`{"id":4711,"status":"failed","amount":12.50},`, 4<<20/45) + "1]",
		"dense":  "[" + strings.Repeat("1,", 2<<20) + "1]",
		"string": `"` + strings.Repeat("x", 4<<20) + `"`,
	} {
		b.Run(fmt.Sprintf("%s %d MB", name, len(text)>>20), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				Parse(text, 0)
			}
		})
	}
}
