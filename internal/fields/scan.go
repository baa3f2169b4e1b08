package fields

// Kind is the kind of a part of a text.
type Kind uint8

// The kinds of parts. What is in no part is punctuation and white space.
const (
	Name   Kind = iota // of a field, with its quotes
	Object             // with all that is in it; the parts of its fields follow
	Array              // with all that is in it; the parts of its items follow
	String             // with its quotes
	Number
	Literal // true, false, null
)

// Part is a part of a text. A part that the end of the text cuts ends there.
type Part struct {
	Kind       Kind
	Changed    bool   // see [MarkChanged]
	Start, End int32  // in bytes
	Path       uint64 // of a value: as [PathOf] has it
}

// Of returns what the part is in its text.
func (p *Part) Of(text string) string { return text[p.Start:p.End] }

// Ending is how a text ends.
type Ending uint8

// The endings.
const (
	NotJSON Ending = iota // the text is no JSON, or is nested too deep
	Cut                   // it is JSON so far
	Whole                 // it is an object or an array, and nothing follows
)

// maxDepth is how deep values may be nested. Nobody reads deeper ones in a row.
const maxDepth = 32

// Scan appends the parts of a text to dst. The text must begin with an object or an array:
// a lone number or string is shown as it is. Its time is proportional to the length of the
// text; lengths above 2 GiB are refused as [NotJSON].
//
// Printable says that the text has passed package printable, in which a line feed or a tab
// between values is shown as \n or \t.
func Scan(dst []Part, text string, printable bool) ([]Part, Ending) {
	const tooLong = 1<<31 - 1
	if len(text) >= tooLong {
		return dst, NotJSON
	}
	s := scanner{text: text, parts: dst, printable: printable}
	end := s.run(len(dst))
	return s.parts, end
}

// wanted is what may come next.
type wanted uint8

const (
	wantValue        wanted = iota
	wantValueOrClose        // in an array that has just begun
	wantName                // after a comma
	wantNameOrClose         // in an object that has just begun
	wantColon
	wantMore // a comma, or the end of what is open
)

// level is an object or an array that is open.
type level struct {
	part  int    // its own
	path  uint64 // of it
	items uint64 // read so far
	array bool
}

type scanner struct {
	text      string
	parts     []Part
	printable bool
	at        int
	want      wanted
	name      uint64 // the path of the value after the name that was read last
	depth     int
	open      [maxDepth]level
}

// run scans the text. The parts before number from are of another one.
func (s *scanner) run(from int) Ending {
	if s.space(); s.at == len(s.text) || s.text[s.at] != '{' && s.text[s.at] != '[' {
		return NotJSON
	}
	for {
		s.space()
		switch end := s.at == len(s.text); {
		case s.depth == 0 && len(s.parts) > from:
			if end {
				return Whole
			}
			return NotJSON
		case end:
			return Cut
		case !s.token(s.text[s.at]):
			return NotJSON
		}
	}
}

func (s *scanner) space() {
	for s.at < len(s.text) {
		switch c := s.text[s.at]; {
		case c == ' ' || c == '\n' || c == '\r' || c == '\t':
			s.at++
		case c == '\\' && s.printable && s.at+1 == len(s.text):
			s.at++
		case c == '\\' && s.printable && (s.text[s.at+1] == 'n' || s.text[s.at+1] == 'r' || s.text[s.at+1] == 't'):
			s.at += 2
		default:
			return
		}
	}
}

// token reads the token that begins with c, and reports whether it may stand there.
func (s *scanner) token(c byte) bool {
	switch s.want {
	case wantColon:
		s.at++
		s.want = wantValue
		return c == ':'
	case wantName, wantNameOrClose:
		if c == '}' && s.want == wantNameOrClose {
			return s.close(c)
		}
		return c == '"' && s.field()
	case wantMore:
		if c != ',' {
			return s.close(c)
		}
		s.at++
		s.want = wantName
		if s.top().array {
			s.want = wantValue
		}
		return true
	default:
		if c == ']' && s.want == wantValueOrClose {
			return s.close(c)
		}
		return s.value(c)
	}
}

func (s *scanner) top() *level { return &s.open[s.depth-1] }

// field reads a name.
func (s *scanner) field() bool {
	start := s.at
	s.string()
	s.add(Name, start, 0)
	s.name = child(s.top().path, s.text[start+1:max(s.at-1, start+1)])
	s.want = wantColon
	return true
}

// value reads a value, or the beginning of an object or array.
func (s *scanner) value(c byte) bool {
	path := s.path()
	start := s.at
	switch c {
	case '{', '[':
		return s.begin(c, path)
	case '"':
		s.string()
		s.add(String, start, path)
	case 't', 'f', 'n':
		if !s.word(c) {
			return false
		}
		s.add(Literal, start, path)
	default:
		if !s.number() {
			return false
		}
		s.add(Number, start, path)
	}
	s.want = wantMore
	return true
}

// path returns that of the value that begins here.
func (s *scanner) path() uint64 {
	if s.depth == 0 {
		return root
	}
	if top := s.top(); top.array {
		top.items++
		return item(top.path, top.items-1)
	}
	return s.name
}

func (s *scanner) begin(c byte, path uint64) bool {
	if s.depth == maxDepth {
		return false
	}
	kind := Object
	s.want = wantNameOrClose
	if c == '[' {
		kind, s.want = Array, wantValueOrClose
	}
	s.open[s.depth] = level{part: len(s.parts), path: path, array: c == '['}
	s.depth++
	s.at++
	s.add(kind, s.at-1, path)
	s.parts[len(s.parts)-1].End = int32(len(s.text)) // if nothing closes it
	return true
}

// close ends what is open, if c does that.
func (s *scanner) close(c byte) bool {
	top := s.top()
	if c != '}' && c != ']' || top.array != (c == ']') {
		return false
	}
	s.at++
	s.parts[top.part].End = int32(s.at)
	s.depth--
	s.want = wantMore
	return true
}

func (s *scanner) add(kind Kind, start int, path uint64) {
	s.parts = append(s.parts, Part{Kind: kind, Start: int32(start), End: int32(s.at), Path: path})
}
