package query

import (
	"encoding/json"
	"testing"

	"pgregory.net/rapid"
)

func TestPath(t *testing.T) {
	tests := []struct {
		keys []any
		want string
	}{
		{nil, `.`},
		{[]any{"order", "amount"}, `.order.amount`},
		{[]any{"a", "b c", 3}, `.a["b c"][3]`},
		{[]any{0}, `.[0]`},
		{[]any{0, 1, "a"}, `.[0][1].a`},
		{[]any{"b c"}, `.["b c"]`},
		{[]any{"and", "if"}, `.and.if`},
		{[]any{"_x9"}, `._x9`},
		{[]any{"9x"}, `.["9x"]`},
		{[]any{""}, `.[""]`},
		{[]any{"<ä>"}, `.["<ä>"]`},
		{[]any{`\(1)"`}, `.["\\(1)\""]`},
		{[]any{"a", -1}, `.a[-1]`},
	}
	for _, tt := range tests {
		if got := Path(tt.keys...); got != tt.want {
			t.Errorf("Path%v is %s, want %s", tt.keys, got, tt.want)
		}
	}
}

// TestPathFinds: a path finds what lies there, however the keys are written.
func TestPathFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SliceOfN(rapid.OneOf(
			rapid.String().AsAny(),
			rapid.SampledFrom([]string{"and", "reduce", "__loc__", `\(1)`, "a.b", "\u2028", "not"}).AsAny(),
			rapid.IntRange(0, 3).AsAny(),
		), 0, 5).Draw(t, "keys")
		var value any = "here"
		for i := len(keys) - 1; i >= 0; i-- {
			if index, ok := keys[i].(int); ok {
				array := make([]any, index+1)
				array[index] = value
				value = array
			} else {
				value = map[string]any{keys[i].(string): value}
			}
		}
		data, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		q, err := Parse(Path(keys...))
		if err != nil {
			t.Fatalf("%s: %v", Path(keys...), err)
		}
		got, err := q.Values(string(data), 2)
		if err != nil || len(got) != 1 || got[0] != "here" {
			t.Fatalf("%s of %s is %v, %v", q, data, got, err)
		}
	})
}
