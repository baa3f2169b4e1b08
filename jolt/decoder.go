package jolt

import (
	"encoding/binary"
	"math/bits"
	"strings"
	"unicode/utf8"
	"unsafe"
)

// The shapes in which most brokers send messages: as AppendMessage does, without white
// space, and spaced as Python's json.dumps does it.
const (
	messageHead = `{"topic":"`
	messageData = `,"data":"`
	spacedHead  = `{"topic": "`
	spacedData  = `, "data": "`
	ackFrame    = `{"ok":true}`

	leastMessage = len(messageHead + `"` + messageData + `"}`)
)

// sharedSize is the size of the blocks that strings share. One of its own for each
// took 1.3 times as long, and a block pins no more than this. Blocks of half, twice
// and four times the size are no faster.
const sharedSize = 16 << 10

// decoder reads frames. The strings that it returns are safe to keep, and share
// blocks of memory. To copy whole lines instead, and be left with parts of them, took
// twice the memory where strings are decoded, and a fifth more time; where none is, a
// third more memory.
type decoder struct {
	size  int    // of a block; 0: strings are parts of the line, or have memory of their own
	block []byte // in hand
	used  int    // of it
	topic string // the latest that could be remembered
	// Of the latest line:
	view   bool   // it is not safe to keep
	spaced bool   // its head is spacedHead
	other  bool   // it is neither what AppendMessage writes nor that spaced
	whole  string // all of it, safe to keep, if that was needed
	wrong  bool   // a string in it is invalid, so that no other way can read it
	// ack is the latest acknowledgement: brokers send the same line again and again.
	ack string
}

// ackMost is how long an acknowledgement may be to be remembered.
const ackMost = 256

func newDecoder() *decoder { return &decoder{size: sharedSize, ack: ackFrame} }

// frame decodes one line, as ParseFrame describes it. It reads messages itself, and
// replies that it knows, in a quarter of the time that scanning an object takes
// (BenchmarkFrame), and leaves everything else, what is wrong with a line above all,
// to the scanner.
func (d *decoder) frame(line string) (Frame, error) {
	if topic, data, ok := d.message(line); ok {
		return Frame{Kind: FrameMessage, Topic: topic, Data: data}, nil
	}
	f, _, err := d.otherFrame(line)
	return f, err
}

// otherFrame is frame for a line that message has refused. It returns the line as well,
// safe to keep.
func (d *decoder) otherFrame(line string) (Frame, string, error) {
	if line == d.ack && line != "" {
		return Frame{Kind: FrameAck}, d.ack, nil
	}
	if d.view {
		line = strings.Clone(line)
	}
	f, err := scanFrame(line)
	if f.Kind == FrameAck && len(line) <= ackMost {
		d.ack = line
	}
	return f, line, err
}

// message reports whether line is a message, and valid.
func (d *decoder) message(line string) (topic, data string, ok bool) {
	d.view = d.size > 0 && len(line) <= viewMost
	d.spaced, d.other, d.wrong, d.whole = false, false, false, ""
	topic, data, ok = d.usual(line)
	if !ok && !d.wrong && line != d.ack {
		return d.loose(line)
	}
	return topic, data, ok
}

// usual is message for the two shapes of most messages.
func (d *decoder) usual(line string) (topic, data string, ok bool) {
	start := len(messageHead)
	// Comparing with a constant, not strings.HasPrefix, compiles to two loads.
	if len(line) < leastMessage || line[:len(messageHead)] != messageHead {
		if start = len(spacedHead); len(line) <= leastMessage || line[:len(spacedHead)] != spacedHead {
			return "", "", false
		}
		d.spaced = true
	}
	topic, i, ok := d.topicOf(line, start)
	rest := line[i:]
	switch {
	case !ok:
		return "", "", false
	case !d.spaced && len(rest) >= len(messageData) && rest[:len(messageData)] == messageData:
		i += len(messageData)
	case d.spaced && len(rest) >= len(spacedData) && rest[:len(spacedData)] == spacedData:
		i += len(spacedData)
	default:
		return "", "", false
	}
	if data, i, ok = d.text(line, i); !ok {
		d.wrong = true
	}
	return topic, data, ok && line[i:] == "}"
}

// topicOf is text for the topic, which begins at start. Messages on the same one often
// come in a row: to look for it first makes the client a tenth faster.
func (d *decoder) topicOf(line string, start int) (topic string, next int, ok bool) {
	if end := start + len(d.topic); end < len(line) && line[end] == '"' && line[start:end] == d.topic {
		return d.topic, end + 1, true
	}
	topic, next, ok = d.text(line, start)
	// What is decoded is not what the line has, and what is part of it pins it.
	if ok && d.view && next == start+len(topic)+1 {
		d.topic = topic
	}
	return topic, next, ok
}

// text reads the string whose opening quote is before start, and returns the
// index after its closing quote. It reports whether the string is valid. s has 16
// bytes or more.
func (d *decoder) text(s string, start int) (text string, next int, ok bool) {
	end := asciiRun16(s, start)
	if end < len(s) && s[end] == '"' {
		return d.own(s[start:end]), end + 1, true
	}
	return d.richText(s, start, end)
}

// richText is text for a string that has more than ASCII from end on, or is invalid.
func (d *decoder) richText(s string, start, end int) (text string, next int, ok bool) {
	end, _ = shortRun(s, end)
	switch {
	case end == len(s):
		return "", end, false
	case s[end] == '"':
		return d.own(s[start:end]), end + 1, utf8.ValidString(s[start:end])
	case s[end] == '\\':
		return d.unescape(s, start)
	default:
		return "", end, false
	}
}

// unescape is text for a string that has escapes. It checks and decodes in one
// pass, eight bytes at a time: a pass for each took 3.5 times as long on JSON in
// a string, where every fifth byte is escaped.
func (d *decoder) unescape(s string, start int) (text string, next int, ok bool) {
	src := asBytes(s)
	dst := d.reserve(len(s) - start + 8)
	var seen uint64 // of all bytes, to tell whether any is above 0x7f
	n, i := 0, start
	for {
		if i+8 <= len(src) {
			// i is within src by the test, and n is not above i-start: dst has room.
			w := binary.LittleEndian.Uint64(eight(src, i))
			binary.LittleEndian.PutUint64(eight(dst, n), w)
			seen |= w
			stops := stops(w)
			if stops == 0 {
				i, n = i+8, n+8
				continue
			}
			plain := bits.TrailingZeros64(stops) / 8
			i, n = i+plain, n+plain
		} else {
			for i < len(src) && !stopsAt(src[i]) {
				seen |= uint64(src[i])
				dst[n] = src[i]
				i, n = i+1, n+1
			}
		}
		if i+1 >= len(src) || src[i] != '\\' {
			break
		}
		if c := src[i+1]; c == '"' {
			dst[n] = c
			i, n = i+2, n+1
		} else if c := simpleEscape(c); c != 0 {
			d.other = d.other || c == '/'
			dst[n] = c
			i, n = i+2, n+1
		} else {
			r, after, err := source{s, true}.scanUnicode(i + 1)
			if err != nil {
				return "", i, false
			}
			d.other = true
			if r == half {
				n += copy(dst[n:], s[i:after])
			} else {
				n += utf8.EncodeRune(dst[n:n+utf8.UTFMax], r)
			}
			i = after
		}
	}
	if i == len(src) || src[i] != '"' || seen&highs != 0 && !utf8.Valid(dst[:n]) {
		return "", i, false
	}
	return d.keep(dst, n), i + 1, true
}

// eight returns eight bytes of b, which the caller knows to be there: testing
// for it again took a fifth of the time of unescape.
func eight(b []byte, i int) []byte {
	return (*[8]byte)(unsafe.Add(unsafe.Pointer(unsafe.SliceData(b)), i))[:]
}

// own returns s, or a copy of it that is safe to keep.
func (d *decoder) own(s string) string {
	if !d.view {
		return s
	}
	room := d.reserve(len(s))
	return d.keep(room, copy(room, s))
}

// reserve returns room for n bytes or more.
func (d *decoder) reserve(n int) []byte {
	switch {
	case n <= len(d.block)-d.used:
		return d.block[d.used:]
	case n > d.size:
		return make([]byte, n) // of its own, or a short string might pin it
	}
	d.block, d.used = make([]byte, d.size), 0
	return d.block
}

// keep returns what was written to the first n bytes of the room as a string.
// Nothing is written there again.
func (d *decoder) keep(room []byte, n int) string {
	if len(room) <= d.size {
		d.used += n
	}
	return view(room[:n])
}
