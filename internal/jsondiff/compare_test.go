package jsondiff

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"joltui/internal/jsontree"
)

// tell writes changes as lines: mark, path, values.
func tell(before, after *jsontree.Tree, changes []Change) []string {
	var lines []string
	for _, c := range changes {
		line := string("=~+-"[c.Op])
		if c.After != jsontree.None {
			line += " " + after.Path(c.After)
		} else {
			line += " " + before.Path(c.Before)
		}
		if c.Before != jsontree.None {
			line += " " + before.Value(c.Before)
		}
		if c.After != jsontree.None && c.Op != Same {
			line += " " + after.Value(c.After)
		}
		if c.Unlooked {
			line += " (not looked into)"
		}
		lines = append(lines, line)
	}
	return lines
}

func TestCompare(t *testing.T) {
	for _, tc := range []struct {
		name, before, after string
		want                []string
	}{
		{"the same text", `{"a":1}`, `{"a":1}`, []string{`= . {"a":1}`}},
		{"fields in another order", `{"a":1,"b":2}`, `{"b":2,"a":1}`, []string{"= .b 2", "= .a 1"}},
		{"a field each", `{"a":1,"b":2,"c":3}`, `{"d":4,"b":5,"a":1}`,
			[]string{"+ .d 4", "~ .b 2 5", "= .a 1", "- .c 3"}},
		{"numbers by value", `[1.50,1e2,-0,12345678901234567890]`, `[1.5,100,0,12345678901234567891]`,
			[]string{"= .[0] 1.50", "= .[1] 1e2", "= .[2] -0", "~ .[3] 12345678901234567890 12345678901234567891"}},
		{"strings by value", `["\u0061","\ud800"]`, `["a","\ud801"]`,
			[]string{`= .[0] "\u0061"`, `~ .[1] "\ud800" "\ud801"`}},
		{"names by value", `{"\u0061":1}`, `{"a":2}`, []string{"~ .a 1 2"}},
		{"a longer array", `[1]`, `[2,3]`, []string{"~ .[0] 1 2", "+ .[1] 3"}},
		{"a shorter array", `[1,2,3]`, `[1]`, []string{"= .[0] 1", "- .[1] 2", "- .[2] 3"}},
		{"another kind", `{"a":{"b":1}}`, `{"a":[1]}`, []string{`~ .a {"b":1} [1]`}},
		{"a name twice", `{"a":1,"a":2}`, `{"a":1,"a":3,"a":4}`, []string{"= .a 1", "~ .a 2 3", "+ .a 4"}},
		{"nothing in them", `{}`, `{ }`, []string{"= . {}"}},
		{"deep in it", `{"o":{"i":[{"p":1,"q":[]}]}}`, `{"o":{"i":[{"p":2,"q":[]}]}}`, []string{"~ .o.i[0].p 1 2", "= .o.i[0].q []"}},
		{"simple values", `1`, `"1"`, []string{`~ . 1 "1"`}},
	} {
		before, after := jsontree.Parse(tc.before, 0), jsontree.Parse(tc.after, 0)
		if diff := cmp.Diff(tc.want, tell(before, after, Compare(before, after))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tc.name, diff)
		}
	}
}

// TestWorkIsBounded: once the work is used up, the rest is compared as text, and nothing is
// left out.
func TestWorkIsBounded(t *testing.T) {
	items := strings.Repeat(`{"a":1},`, 1000)
	before := jsontree.Parse(`{"x":1,"big":[`+items+`0],"y":1}`, 0)
	after := jsontree.Parse(`{"x":2,"big":[`+items+`1],"y":2}`, 0)
	changes := compare(before, after, 500)
	if len(changes) != 3 || changes[0].Unlooked || !changes[1].Unlooked || changes[2].Op != Changed {
		t.Errorf("%+v", changes)
	}
	if changes := Compare(before, after); len(changes) != 1003 {
		t.Errorf("%d changes with all the work in the world", len(changes))
	}
	deep := func(leaf string) *jsontree.Tree {
		return jsontree.Parse(strings.Repeat("[", 100_000)+leaf+strings.Repeat("]", 100_000), 0)
	}
	if changes := Compare(deep("1"), deep("2")); len(changes) != 1 || !changes[0].Unlooked {
		t.Errorf("%d changes deep down", len(changes))
	}
}

// value draws any JSON value, as encoding/json decodes it.
func value() *rapid.Generator[any] {
	return rapid.Deferred(func() *rapid.Generator[any] {
		simple := rapid.OneOf(
			rapid.Just(any(nil)), rapid.Map(rapid.Bool(), toAny), rapid.Map(rapid.Float64Range(-9, 9), toAny),
			rapid.Map(rapid.SampledFrom([]string{"", "a", `"\`, "é\n"}), toAny))
		return rapid.OneOf(simple, simple,
			rapid.Map(rapid.SliceOfN(value(), 0, 3), func(v []any) any { return append([]any{}, v...) }),
			rapid.Map(rapid.MapOfN(rapid.SampledFrom([]string{"a", "b", "c d", ""}), value(), 0, 3),
				func(v map[string]any) any { return v }))
	})
}

func toAny[T any](v T) any { return v }

// TestPatching: applying the changes between two values to the first one gives the second.
func TestPatching(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old, wanted := value().Draw(t, "before"), value().Draw(t, "after")
		before, after := jsontree.Parse(encode(t, old), 0), jsontree.Parse(encode(t, wanted), 0)
		got := patch(t, old, before, after, Compare(before, after))
		if diff := cmp.Diff(wanted, got); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	})
}

// patch carries changes out on a copy of a decoded value. Items go from the end
// of an array, so the last one that is told of goes first.
func patch(t *rapid.T, old any, before, after *jsontree.Tree, changes []Change) any {
	root := decode(t, encode(t, old))
	for _, c := range changes {
		if c.Op == Changed || c.Op == Added {
			root = set(root, steps(after, c.After), decode(t, after.Value(c.After)))
		}
	}
	for i := len(changes) - 1; i >= 0; i-- {
		if c := changes[i]; c.Op == Removed {
			root = set(root, steps(before, c.Before), gone{})
		}
	}
	return root
}

type gone struct{}

// steps returns the names and indexes on the way to a node.
func steps(tree *jsontree.Tree, n int) []any {
	node := tree.Node(n)
	switch {
	case node.Parent == jsontree.None:
		return nil
	case node.Key == 0:
		return append(steps(tree, int(node.Parent)), int(node.Index))
	default:
		return append(steps(tree, int(node.Parent)), name(tree.Key(n)))
	}
}

func set(in any, path []any, v any) any {
	if len(path) == 0 {
		return v
	}
	switch in := in.(type) {
	case map[string]any:
		if _, remove := v.(gone); remove && len(path) == 1 {
			delete(in, path[0].(string))
			return in
		}
		in[path[0].(string)] = set(in[path[0].(string)], path[1:], v)
		return in
	case []any:
		at := path[0].(int)
		if _, remove := v.(gone); remove && len(path) == 1 {
			return append(in[:at:at], in[at+1:]...)
		}
		if at == len(in) {
			in = append(in, nil)
		}
		in[at] = set(in[at], path[1:], v)
		return in
	default:
		panic(fmt.Sprintf("no way from %v to %v", in, path))
	}
}

func encode(t *rapid.T, v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func decode(t *rapid.T, text string) any {
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err)
	}
	return v
}
