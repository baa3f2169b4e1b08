package jsontree

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Path returns the path of a node, in the syntax of jq: .order.items[2].price
func (t *Tree) Path(n int) string {
	path, _ := t.path(n, math.MaxInt)
	return path
}

// PathEnd returns the end of the path of a node, at least size bytes of it if it is as long,
// and whether that is all of it. Its time is proportional to size, however deep the node is
// and however long the names are.
func (t *Tree) PathEnd(n, size int) (path string, whole bool) { return t.path(n, size) }

func (t *Tree) path(n, size int) (path string, whole bool) {
	var steps []string
	for size > 0 && t.Node(n).Parent != None {
		if key := t.Key(n); len(key) > size {
			steps = append(steps, key[len(key)-size:]+"]")
			break
		}
		step := t.step(n)
		steps = append(steps, step)
		size -= len(step)
		n = int(t.Node(n).Parent)
	}
	whole = t.Node(n).Parent == None
	if len(steps) == 0 {
		return ".", whole
	}
	slices.Reverse(steps)
	path = strings.Join(steps, "")
	if whole && path[0] == '[' {
		path = "." + path
	}
	return path, whole
}

// step returns the last step of a path to a node that has a parent: .price,
// ["unit price"], [2]
func (t *Tree) step(n int) string {
	key := t.Key(n)
	if key == "" {
		return "[" + strconv.Itoa(int(t.Node(n).Index)) + "]"
	}
	if bare := key[1 : len(key)-1]; isIdentifier(bare) {
		return "." + bare
	}
	return "[" + key + "]"
}

// isIdentifier reports whether jq takes a name without quotes.
func isIdentifier(name string) bool {
	for i := 0; i < len(name); i++ {
		c := name[i]
		if c != '_' && (c|0x20 < 'a' || c|0x20 > 'z') && (i == 0 || !isDigit(c)) {
			return false
		}
	}
	return name != ""
}

// Unquote returns the text that a JSON string stands for. It returns false if that text
// cannot be represented: for half of a surrogate pair, and for bytes that are no UTF-8.
func Unquote(quoted string) (string, bool) {
	if len(quoted) < 2 {
		return "", false
	}
	if bare := quoted[1 : len(quoted)-1]; strings.IndexByte(bare, '\\') < 0 {
		return bare, true
	}
	var text string
	if json.Unmarshal([]byte(quoted), &text) != nil {
		return "", false
	}
	const replacement = "\uFFFD"
	if strings.Count(text, replacement) != strings.Count(quoted, replacement)+strings.Count(strings.ToLower(quoted), `\ufffd`) {
		return "", false
	}
	return text, true
}
