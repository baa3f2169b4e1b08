package background

import (
	"bytes"
	"io"
)

const (
	prefix = "\x1b]11;"
	// longest is more than any answer has.
	longest = 64
)

// Keys reads what a terminal sends, but for answers to [Question]. It is for one
// goroutine at a time.
type Keys struct {
	From io.Reader
	// Answer is called with what an answer says, on the goroutine that reads.
	Answer func(dark bool)
	held   []byte // what may be the beginning of an answer
}

// Read returns nothing, and no error, where an answer, or its beginning, was all there
// was: to read on would wait for a key.
func (k *Keys) Read(p []byte) (int, error) {
	n := copy(p, k.held)
	k.held = k.held[n:]
	if len(k.held) > 0 {
		return n, nil
	}
	read, err := k.From.Read(p[n:])
	n += read
	kept := k.pick(p[:n], err != nil, n == len(p))
	return kept, err
}

// pick takes answers out of what was read, and returns how much is left of it. Where
// nothing follows, nothing is held back; where the read was full, more is on its way.
func (k *Keys) pick(read []byte, last, full bool) int {
	kept := 0
	for at := 0; at < len(read); {
		length, whole := answer(read[at:])
		switch {
		case whole:
			k.tell(read[at : at+length])
			at += length
		case length > 0 && !last && (full || length > 2): // ESC, or alt+], are keys
			k.held = append([]byte(nil), read[at:]...)
			return kept
		default:
			read[kept] = read[at]
			kept++
			at++
		}
	}
	return kept
}

// answer reports whether text begins with an answer, and its length; or with what may
// become one, and how long that is by now.
func answer(text []byte) (length int, whole bool) {
	if len(text) < len(prefix) {
		if bytes.HasPrefix([]byte(prefix), text) {
			return len(text), false
		}
		return 0, false
	}
	if !bytes.HasPrefix(text, []byte(prefix)) {
		return 0, false
	}
	body := text[len(prefix):]
	for i, c := range body[:min(len(body), longest)] {
		switch {
		case c == '\a':
			return len(prefix) + i + 1, true
		case c == '\x1b' && i+1 < len(body):
			return len(prefix) + i + 2, body[i+1] == '\\'
		}
	}
	if len(body) >= longest {
		return 0, false
	}
	return len(text), false
}

func (k *Keys) tell(answer []byte) {
	colour := bytes.TrimRight(answer[len(prefix):], "\a\x1b\\")
	if dark, ok := isDark(string(colour)); ok && k.Answer != nil {
		k.Answer(dark)
	}
}
