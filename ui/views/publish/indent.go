package publish

import (
	"bytes"
	"encoding/json"
)

// indent lays out JSON, with every number and string as it came. It returns
// nothing for text that is no JSON object or array, or would get out of
// proportion: each level of nesting costs two blanks on every line in it, so a
// few bytes could fill the memory.
func indent(data string) string {
	const allowance = 1 << 20
	if size := indentedSize(data); size == 0 || size > 16*len(data)+allowance {
		return ""
	}
	var out bytes.Buffer
	if json.Indent(&out, []byte(data), "", "  ") != nil {
		return ""
	}
	return out.String()
}

// indentedSize estimates the bytes of data laid out; 0 if it has no structure.
func indentedSize(data string) int {
	size, depth, inString, structured := 0, 0, false, false
	for i := 0; i < len(data); i++ {
		size++
		switch c := data[i]; {
		case inString && c == '\\':
			i++
			size++
		case c == '"':
			inString = !inString
		case inString:
		case c == '{' || c == '[':
			structured = true
			depth++
			size += 1 + 2*depth
		case c == ',':
			size += 1 + 2*depth
		case c == '}' || c == ']':
			depth = max(depth-1, 0)
			size += 1 + 2*depth
		}
	}
	if !structured {
		return 0
	}
	return size
}
