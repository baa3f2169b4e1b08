package jolt

// Published is a publish request on its way through a broker, as [ParsePublish]
// found it: parts of its line, which must not change while it is in use.
type Published struct {
	Topic string // not checked, and possibly empty
	tail  string // "topic":"…","data":"…"}
}

// publishHead is what the usual publish request begins with; the frame of the
// message that it becomes begins with a brace instead.
const publishHead = `{"op":"pub",`

// ParsePublish reads a publish request of the usual shape: the keys in the
// protocol's order, no white space and no escape in the topic. It is as strict
// as [ParseRequest], allocates nothing, and takes a third of the time; of any
// other line it says no, and ParseRequest tells what that is.
func ParsePublish(line string) (Published, bool) {
	const head = publishHead + `"topic":"`
	if len(line) < len(head) || line[:len(head)] != head {
		return Published{}, false
	}
	end, escapes, err := walkString(line, len(head))
	if err != nil || escapes > 0 || len(line)-end < len(messageData) || line[end:end+len(messageData)] != messageData {
		return Published{}, false
	}
	data, _, err := walkString(line, end+len(messageData))
	if err != nil || line[data:] != "}" {
		return Published{}, false
	}
	return Published{Topic: line[len(head) : end-1], tail: line[len(publishHead):]}, true
}

// Published returns a publish request as something to make a message frame of.
// Unlike what [ParsePublish] returns, it has memory of its own. r must be of
// [OpPublish]; invalid UTF-8 becomes U+FFFD.
func (r Request) Published() Published {
	frame := AppendMessage(nil, r.Topic, r.Data)
	return Published{Topic: r.Topic, tail: string(frame[1 : len(frame)-1])}
}

// AppendMessage appends the message frame that p becomes to dst as one line, LF
// included, with the payload escaped as the publisher has escaped it.
func (p Published) AppendMessage(dst []byte) []byte {
	dst = append(dst, '{')
	dst = append(dst, p.tail...)
	return append(dst, '\n')
}
