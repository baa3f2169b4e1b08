package jolt

// Published is a publish request on its way through a broker, as [ParsePublish]
// found it: parts of its line, which must not change while it is in use.
type Published struct {
	Topic string // not checked, and possibly empty
	// Topic and payload as the publisher has escaped them, with their quotes.
	topic, data string
}

// AppendMessage appends the message frame that p becomes to dst as one line, LF
// included, with topic and payload escaped as the publisher has escaped them.
func (p Published) AppendMessage(dst []byte) []byte {
	dst = append(dst, `{"topic":`...)
	dst = append(dst, p.topic...)
	dst = append(dst, `,"data":`...)
	dst = append(dst, p.data...)
	return append(dst, "}\n"...)
}

// ParsePublish reads a publish request, with any white space, order of keys and
// further keys. It is as strict as [ParseRequest], and takes a third of the time; of
// a line that is no valid publish request it says no, and ParseRequest tells what it
// is. It allocates nothing, but for a topic with escapes, and for lines of an unusual
// shape: keys that are escaped, or more than four further ones.
func ParsePublish(line string) (Published, bool) {
	if p, ok := usualPublish(line); ok {
		return p, true
	}
	var p Published
	escapes := 0                          // in the topic
	m := members{source: source{s: line}} // not the loop's, which makes a copy for each round
	for {
		valid := true
		switch m.next() {
		case opMember:
			if valid = m.pub(); !valid && m.escaped() {
				return unusualPublish(line)
			}
		case topicMember:
			p.topic, escapes, valid = m.text()
		case dataMember:
			p.data, _, valid = m.text()
		case furtherMember:
			valid = m.skip()
		case noMore:
			if !m.has(opMember) || !m.has(topicMember) || !m.has(dataMember) {
				return Published{}, false
			}
			p.Topic = inner(p.topic, escapes)
			return p, true
		default:
			return unusualPublish(line)
		}
		if !valid {
			return Published{}, false
		}
	}
}

// usualPublish is ParsePublish for the protocol's own order, either without white space
// or spaced as Python does it.
func usualPublish(line string) (Published, bool) {
	const compactHead, spacedHead = `{"op":"pub","topic":"`, `{"op": "pub", "topic": "`
	if len(line) >= len(compactHead) && line[:len(compactHead)] == compactHead {
		return tailPublish(source{s: line}, len(compactHead), messageData)
	}
	if len(line) >= len(spacedHead) && line[:len(spacedHead)] == spacedHead {
		return tailPublish(source{s: line}, len(spacedHead), spacedData)
	}
	return Published{}, false
}

// tailPublish reads a request from the inside of its topic on. data is what stands
// between that and the inside of the payload.
func tailPublish(t source, start int, data string) (Published, bool) {
	line := t.s
	end, escapes, err := t.walkString(start)
	if err != nil || len(line)-end < len(data) || line[end:end+len(data)] != data {
		return Published{}, false
	}
	begin := end + len(data)
	stop, _, err := t.walkString(begin)
	if err != nil || line[stop:] != "}" {
		return Published{}, false
	}
	topic := line[start-1 : end]
	return Published{inner(topic, escapes), topic, line[begin-1 : stop]}, true
}

// unusualPublish is ParsePublish for a line that only the scanner can read.
func unusualPublish(line string) (Published, bool) {
	var f object
	if f.scan(source{s: line}) != nil {
		return Published{}, false
	}
	op, topic, data := f.get("op"), f.get("topic"), f.get("data")
	if op.kind != stringValue || op.text != OpPublish.String() || topic.kind != stringValue || data.kind != stringValue {
		return Published{}, false
	}
	return Published{Topic: topic.text, topic: topic.raw, data: data.raw}, true
}

// inner returns what a string says that has quotes and so many escapes.
func inner(raw string, escapes int) string {
	text := raw[1 : len(raw)-1]
	if escapes == 0 {
		return text
	}
	return unescape(text)
}
