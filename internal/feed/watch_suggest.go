package feed

import (
	"encoding/json"
	"maps"
	"slices"

	"joltui/internal/query"
)

// The bounds of what FieldPaths reads and returns.
const (
	longestToSuggest = 64 << 10 // bytes of payload: 1 ms
	maxSuggestions   = 500
)

// FieldPaths returns the jq paths of the fields in a JSON payload that have a
// value of their own, by name; of an array those of its first element. It returns
// at most 500, and none of a payload that is no JSON or longer than 64 KiB.
func FieldPaths(data string) []string {
	if len(data) > longestToSuggest {
		return nil
	}
	var v any
	if json.Unmarshal([]byte(data), &v) != nil {
		return nil
	}
	return appendPaths(nil, v, nil)
}

func appendPaths(paths []string, v any, keys []any) []string {
	if len(paths) >= maxSuggestions {
		return paths
	}
	switch v := v.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			paths = appendPaths(paths, v[name], append(keys, name))
		}
		return paths
	case []any:
		if len(v) > 0 {
			paths = appendPaths(paths, v[0], append(keys, 0))
		}
		return paths
	default:
		return append(paths, query.Path(keys...))
	}
}
