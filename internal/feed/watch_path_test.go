package feed

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestPlainPath(t *testing.T) {
	for text, want := range map[string]string{
		".":                      "",
		".a":                     "a",
		"._b2":                   "_b2",
		".order.amount":          "order amount",
		".items[3].price":        "items 3 price",
		".[0][12]":               "0 12",
		`."unit price".x`:        "unit price x",
		`.["a.b"]["]"][1]`:       "a.b ] 1",
		`.a["x"]`:                "a x",
		"":                       "none",
		"a":                      "none",
		"..":                     "none",
		".a.":                    "none",
		".a.[0]":                 "none",
		".a[-1]":                 "none",
		".a[+1]":                 "none",
		".a[]":                   "none",
		".a[1:2]":                "none",
		".a[99999999999]":        "none",
		".a?":                    "none",
		".a | .b":                "none",
		".2a":                    "none",
		`."a\(1)"`:               "none",
		`."open`:                 "none",
		`.["open"`:               "none",
		".a-b":                   "none",
		".[" + `"x" + "y"` + "]": "none",
	} {
		path, ok := plainPath(text)
		got := "none"
		if ok {
			var steps []string
			for _, s := range path {
				if s.isIndex {
					s.name = fmt.Sprint(s.index)
				}
				steps = append(steps, s.name)
			}
			got = strings.Join(steps, " ")
		}
		if got != want {
			t.Errorf("%s is %q, want %q", text, got, want)
		}
	}
}

// naiveLookup decodes all of data and walks down.
func naiveLookup(data string, path jsonPath) (found any, valid bool) {
	if err := json.Unmarshal([]byte(data), &found); err != nil {
		return nil, false
	}
	for _, step := range path {
		switch v := found.(type) {
		case map[string]any:
			if found = v[step.name]; step.isIndex {
				found = nil
			}
		case []any:
			found = nil
			if step.isIndex && step.index < len(v) {
				found = v[step.index]
			}
		default:
			return nil, true
		}
	}
	return found, true
}

// jsonText draws a JSON text with the names that the paths have, some twice.
func jsonText(depth int) *rapid.Generator[string] {
	leaf := rapid.SampledFrom([]string{
		"1", "-0.5e3", "0", "1E+2", `""`, `"a"`, `"\u0061\n\\\""`, "true", "false", "null", "{}", "[]", ` [ ] `, "{ }",
	})
	if depth == 0 {
		return leaf
	}
	return rapid.Custom(func(t *rapid.T) string {
		switch rapid.IntRange(0, 2).Draw(t, "kind") {
		case 0:
			parts := rapid.SliceOfN(jsonText(depth-1), 0, 3).Draw(t, "array")
			return "[" + strings.Join(parts, " ,") + "]"
		case 1:
			var parts []string
			for range rapid.IntRange(0, 4).Draw(t, "members") {
				name := rapid.SampledFrom([]string{`"a"`, `"b"`, `"\u0061"`, `"\""`, `"c d"`}).Draw(t, "name")
				parts = append(parts, name+" : "+jsonText(depth-1).Draw(t, "value"))
			}
			return "{" + strings.Join(parts, ",") + "\t}"
		default:
			return leaf.Draw(t, "leaf")
		}
	})
}

// TestLookup: lookup finds the same value as a walk through the decoded payload, and agrees
// with encoding/json on which texts are JSON, even with some bytes changed.
func TestLookup(t *testing.T) {
	step := rapid.SampledFrom([]pathStep{
		{name: "a"}, {name: "b"}, {name: `"`}, {name: "c d"}, {isIndex: true}, {index: 1, isIndex: true},
	})
	rapid.Check(t, func(t *rapid.T) {
		path := jsonPath(rapid.SliceOfN(step, 0, 3).Draw(t, "path"))
		data := jsonText(3).Draw(t, "data")
		if rapid.Bool().Draw(t, "spoil") {
			at := rapid.IntRange(0, len(data)).Draw(t, "at")
			spoilt := rapid.SampledFrom([]string{"", " ", ",", `"`, `\`, "{", "}", "]", "0", ".", "e", "-", "\x00", "\n", "u"}).Draw(t, "by")
			data = data[:at] + spoilt + data[min(at+rapid.IntRange(0, 1).Draw(t, "cut"), len(data)):]
		}
		want, valid := naiveLookup(data, path)
		found, ok := path.lookup(data)
		if ok != valid {
			t.Fatalf("%q is JSON: %v, encoding/json says %v", data, ok, valid)
		}
		if !ok {
			return
		}
		var got any
		if found != "" {
			if err := json.Unmarshal([]byte(found), &got); err != nil {
				t.Fatalf("%v in %q is %q: %v", path, data, found, err)
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("%v in %q is %q, want %v", path, data, found, want)
		}
	})
}

func TestLookupOfWhatIsNestedTooDeep(t *testing.T) {
	for _, depth := range []int{maxDepth, maxDepth + 1} {
		data := strings.Repeat("[", depth) + strings.Repeat("]", depth)
		if _, valid := (jsonPath{}).lookup(data); valid != json.Valid([]byte(data)) {
			t.Errorf("%d deep is JSON: %v", depth, valid)
		}
	}
}
