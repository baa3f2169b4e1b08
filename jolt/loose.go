package jolt

import "unicode/utf8"

// piece is a topic or a payload in a line: where it stands, and, if it had to be
// decoded, what it says.
type piece struct {
	begin, end int
	text       string
	decoded    bool
}

// loose is message for any white space, order of keys and further keys, and for
// payloads that are no strings. What is not decoded becomes part of a copy of the line,
// which such a message needs anyway: see Message.Verbatim.
func (d *decoder) loose(line string) (topic, data string, ok bool) {
	var head, body piece
	m := members{source: source{line, true}} // not the loop's, which makes a copy for each round
	for {
		valid := false
		switch m.next() {
		case topicMember:
			if line[m.i] == '"' {
				head, valid = d.piece(&m)
			}
		case dataMember:
			if line[m.i] == '"' {
				body, valid = d.piece(&m)
			} else {
				body.begin = m.i
				valid = m.skip()
				body.end = m.i
			}
		case opMember, furtherMember:
			valid = m.skip()
		case noMore:
			if !m.has(topicMember) || !m.has(dataMember) {
				return "", "", false
			}
			d.spaced, d.other = false, true
			whole := d.wholeLine(line)
			return head.of(whole), body.of(whole), true
		}
		if !valid {
			return "", "", false
		}
	}
}

// of returns a piece of a line that is safe to keep.
func (p piece) of(line string) string {
	if p.decoded {
		return p.text
	}
	return line[p.begin:p.end]
}

// piece reads a string.
func (d *decoder) piece(m *members) (p piece, ok bool) {
	s, start := m.s, m.i+1
	end := asciiRun(s, start)
	ascii := end == len(s) || s[end] < utf8.RuneSelf
	if !ascii {
		end, _ = shortRun(s, end)
	}
	switch {
	case end == len(s):
		return p, false
	case s[end] == '"':
		m.i = end + 1
		return piece{begin: start, end: end}, ascii || utf8.ValidString(s[start:end])
	}
	p.decoded = true
	p.text, m.i, ok = d.unescape(s, start)
	return p, ok
}

// wholeLine returns the latest line, safe to keep.
func (d *decoder) wholeLine(line string) string {
	if d.whole == "" {
		d.whole = d.own(line)
	}
	return d.whole
}
