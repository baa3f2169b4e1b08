package jolt

// member is the key of a member of a frame, as far as the quick way through a line
// tells keys apart.
type member uint8

const (
	// unusual: the line is none for the quick way. The scanner tells whether it is valid.
	unusual member = iota
	noMore         // the object has ended, and the line with it
	opMember
	topicMember
	dataMember
	furtherMember
)

// mostFurther is how many further keys a line of the quick way may have.
const mostFurther = 4

// members is the quick way through a line that is one JSON object: any white space, any
// order of the keys, a few further ones, none of them escaped or twice. It leaves all
// else, what is wrong with a line above all, to object.scan, in whose manner it takes
// three times as long.
type members struct {
	source
	i     int // where the value of the member begins that next has returned
	begun bool
	seen  uint8 // a bit for each of the protocol's keys
	n     int   // of further
	// further are the other keys so far, to find one that comes twice.
	further [mostFurther]string
}

// next goes on to the next member, and to its value, which the caller has to read: it
// sets i to the index after it.
func (m *members) next() member {
	s, i := m.s, past(m.s, m.i)
	if i == len(s) || s[i] != '{' && s[i] != ',' || m.begun == (s[i] == '{') {
		return m.end(i)
	}
	m.begun = true
	key, i := m.key(past(s, i+1))
	if i = past(s, i); key == unusual || i == len(s) || s[i] != ':' {
		return unusual
	}
	if m.i = past(s, i+1); m.i == len(s) {
		return unusual
	}
	return key
}

// end is next where no member follows at i.
func (m *members) end(i int) member {
	if m.begun && i < len(m.s) && m.s[i] == '}' && past(m.s, i+1) == len(m.s) {
		return noMore
	}
	return unusual
}

// past returns the index of what comes after white space: mostly there is none, or one
// blank.
func past(s string, i int) int {
	if i < len(s) && s[i] == ' ' {
		i++
	}
	if i < len(s) && s[i] <= ' ' {
		return skipSpace(s, i)
	}
	return i
}

// key reads the key at i and returns the index after it.
func (m *members) key(i int) (member, int) {
	key := unusual
	switch rest := m.s[i:]; {
	// Comparing with a constant, not strings.HasPrefix, compiles to two loads.
	case len(rest) >= len(`"topic"`) && rest[:len(`"topic"`)] == `"topic"`:
		key, i = topicMember, i+len(`"topic"`)
	case len(rest) >= len(`"data"`) && rest[:len(`"data"`)] == `"data"`:
		key, i = dataMember, i+len(`"data"`)
	case len(rest) >= len(`"op"`) && rest[:len(`"op"`)] == `"op"`:
		key, i = opMember, i+len(`"op"`)
	case len(rest) > 0 && rest[0] == '"':
		return m.another(i + 1)
	default:
		return unusual, i
	}
	if m.seen&(1<<key) != 0 {
		return unusual, i
	}
	m.seen |= 1 << key
	return key, i
}

// another is key for one that the quick way does not know.
func (m *members) another(start int) (member, int) {
	end, escapes, err := m.walkString(start)
	if err != nil || escapes > 0 || m.n == mostFurther {
		return unusual, end
	}
	name := m.s[start : end-1]
	for _, earlier := range m.further[:m.n] {
		if earlier == name {
			return unusual, end
		}
	}
	m.further[m.n] = name
	m.n++
	return furtherMember, end
}

// has reports whether a key of the protocol has come.
func (m *members) has(key member) bool { return m.seen&(1<<key) != 0 }

// text reads the value if it is a string, and returns it with its quotes, and how many
// escapes are in it.
func (m *members) text() (raw string, escapes int, ok bool) {
	if m.s[m.i] != '"' {
		return "", 0, false
	}
	end, escapes, err := m.walkString(m.i + 1)
	if err != nil {
		return "", 0, false
	}
	raw = m.s[m.i:end]
	m.i = end
	return raw, escapes, true
}

// pub reads the value if it is the op of a publish, as nearly always.
func (m *members) pub() bool {
	const pub = `"pub"`
	if len(m.s)-m.i < len(pub) || m.s[m.i:m.i+len(pub)] != pub {
		return false
	}
	m.i += len(pub)
	return true
}

// escaped reports whether the value is a string with an escape.
func (m *members) escaped() bool {
	_, escapes, _ := m.text()
	return escapes > 0
}

// skip reads a value of any kind.
func (m *members) skip() bool {
	end, err := m.skipValue(m.i, 1)
	m.i = end
	return err == nil
}
