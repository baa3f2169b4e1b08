package feed

// jsonScan reads a JSON text, as strictly as encoding/json, and records where the value at a
// path is.
type jsonScan struct {
	text  string
	at    int
	depth int
	path  jsonPath
	found string
}

// maxDepth is how deep values may be nested, as for encoding/json.
const maxDepth = 10_000

// offPath is the step of values that are not on the path.
const offPath = -1

// value reads a value, to which the first step steps of the path lead, and reports whether
// there is one.
func (s *jsonScan) value(step int) bool {
	start := s.at
	if !s.any(step) {
		return false
	}
	if step == len(s.path) {
		s.found = s.text[start:s.at]
	}
	return true
}

func (s *jsonScan) any(step int) bool {
	switch s.peek() {
	case '{', '[':
		return s.nested(step)
	case '"':
		return s.string()
	case 't':
		return s.word("true")
	case 'f':
		return s.word("false")
	case 'n':
		return s.word("null")
	default:
		return s.number()
	}
}

// nested reads an object or an array.
func (s *jsonScan) nested(step int) bool {
	if s.depth++; s.depth > maxDepth {
		return false
	}
	defer func() { s.depth-- }()
	if s.take('{') {
		return s.object(step)
	}
	s.at++
	return s.array(step)
}

func (s *jsonScan) object(step int) bool {
	s.space()
	if s.take('}') {
		return true
	}
	for {
		s.space()
		start := s.at
		if s.peek() != '"' || !s.string() {
			return false
		}
		next := offPath
		if s.isStep(s.text[start:s.at], step) {
			next, s.found = step+1, ""
		}
		s.space()
		if !s.take(':') {
			return false
		}
		s.space()
		if !s.value(next) {
			return false
		}
		s.space()
		if !s.take(',') {
			return s.take('}')
		}
	}
}

func (s *jsonScan) array(step int) bool {
	s.space()
	if s.take(']') {
		return true
	}
	for i := 0; ; i++ {
		next := offPath
		if step >= 0 && step < len(s.path) && s.path[step].isIndex && s.path[step].index == i {
			next = step + 1
		}
		s.space()
		if !s.value(next) {
			return false
		}
		s.space()
		if !s.take(',') {
			return s.take(']')
		}
	}
}

// string reads a string, with its quotes.
func (s *jsonScan) string() bool {
	for s.at++; s.at < len(s.text); s.at++ {
		switch c := s.text[s.at]; {
		case c == '"':
			s.at++
			return true
		case c < ' ':
			return false
		case c == '\\':
			if !s.escape() {
				return false
			}
		}
	}
	return false
}

// escape reads an escape but for its last byte.
func (s *jsonScan) escape() bool {
	s.at++
	switch s.peek() {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return true
	case 'u':
		for range 4 {
			s.at++
			if !isHex(s.peek()) {
				return false
			}
		}
		return true
	default:
		return false
	}
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func (s *jsonScan) number() bool {
	s.take('-')
	if !s.take('0') && !s.digits() {
		return false
	}
	if s.take('.') && !s.digits() {
		return false
	}
	if s.take('e') || s.take('E') {
		if !s.take('+') {
			s.take('-')
		}
		return s.digits()
	}
	return true
}

// digits reads at least one.
func (s *jsonScan) digits() bool {
	start := s.at
	for c := s.peek(); '0' <= c && c <= '9'; c = s.peek() {
		s.at++
	}
	return s.at > start
}

func (s *jsonScan) word(w string) bool {
	if len(s.text)-s.at < len(w) || s.text[s.at:s.at+len(w)] != w {
		return false
	}
	s.at += len(w)
	return true
}

func (s *jsonScan) space() {
	for c := s.peek(); c == ' ' || c == '\n' || c == '\r' || c == '\t'; c = s.peek() {
		s.at++
	}
}

func (s *jsonScan) take(c byte) bool {
	if s.peek() != c {
		return false
	}
	s.at++
	return true
}

// peek returns the next byte, or at the end 0, which JSON never has.
func (s *jsonScan) peek() byte {
	if s.at >= len(s.text) {
		return 0
	}
	return s.text[s.at]
}
