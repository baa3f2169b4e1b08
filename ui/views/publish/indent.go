package publish

import (
	"bytes"
	"encoding/json"
)

// indent indents JSON, with every number and string as it came. It returns "" for text that
// is no JSON object or array, or that would grow to more than 16 times its size and 1 MiB:
// each level of nesting takes two blanks on every line in it, so a few bytes could fill the
// memory.
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

// indentedSize estimates the size of data once indented, in bytes; 0 if it has no object
// or array.
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
