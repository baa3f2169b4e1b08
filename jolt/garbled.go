package jolt

// isMessage reports whether a line that could not be read, or only its beginning, is a
// message all the same: it is an object with a topic and data, whatever is wrong with
// the rest. Such a line was no reply.
func isMessage(line string) bool {
	i := skipSpace(line, 0)
	if i == len(line) || line[i] != '{' {
		return false
	}
	for topic, data := false, false; ; {
		begin := skipSpace(line, i+1)
		if begin == len(line) || line[begin] != '"' {
			return false
		}
		end := pastString(line, begin)
		if i = skipSpace(line, end); i == len(line) || line[i] != ':' {
			return false
		}
		i = skipSpace(line, i+1)
		switch line[begin:end] {
		case `"topic"`:
			topic = i < len(line) && line[i] == '"'
		case `"data"`:
			data = true
		}
		if topic && data {
			return true
		}
		if i = pastValue(line, i); i == len(line) || line[i] != ',' {
			return false
		}
	}
}

// pastString returns the index after the string at i, or that of the line's end.
func pastString(line string, i int) int {
	for i++; i < len(line); i++ {
		switch line[i] {
		case '"':
			return i + 1
		case '\\':
			i++
		}
	}
	return len(line)
}

// pastValue returns the index of the comma or bracket that ends the value at i, or that
// of the line's end.
func pastValue(line string, i int) int {
	for depth := 0; i < len(line); {
		switch line[i] {
		case '"':
			i = pastString(line, i)
			continue
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth < 0 {
				return i
			}
		case ',':
			if depth == 0 {
				return i
			}
		}
		i++
	}
	return len(line)
}
