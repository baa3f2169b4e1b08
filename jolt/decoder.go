package jolt

import (
	"math/bits"
	"unicode/utf8"
	"unsafe"
)

// The shape in which brokers send messages, with the same keys in the same
// order and no white space: AppendMessage writes it, and so does nearly
// everybody else.
const (
	messageHead = `{"topic":"`
	messageData = `,"data":"`
	ackFrame    = `{"ok":true}`

	leastMessage = len(messageHead + `"` + messageData + `"}`)
)

// sharedSize is the size of the blocks that decoded strings share. One of its
// own for each took 1.3 times as long, and a block pins no more than this.
const sharedSize = 16 << 10

// decoder reads frames. Strings that it had to unescape share blocks of memory;
// all others are substrings of the line.
type decoder struct {
	size int    // of a block of memory; 0: each string has its own
	free []byte // of the block in hand
}

func newDecoder() *decoder { return &decoder{size: sharedSize} }

// frame decodes one line, as ParseFrame describes it. It reads the usual
// messages and acknowledgements itself, in a quarter of the time that scanning
// an object takes (BenchmarkFrame), and leaves everything else, what is wrong
// with a line above all, to the scanner.
func (d *decoder) frame(line string) (Frame, error) {
	if line == ackFrame {
		return Frame{Kind: FrameAck}, nil
	}
	if topic, data, ok := d.message(line); ok {
		return Frame{Kind: FrameMessage, Topic: topic, Data: data}, nil
	}
	return scanFrame(line)
}

// message reports whether line is a message of the usual shape, and valid.
func (d *decoder) message(line string) (topic, data string, ok bool) {
	// Comparing with a constant, not strings.HasPrefix, compiles to two loads.
	if len(line) < leastMessage || line[:len(messageHead)] != messageHead {
		return "", "", false
	}
	topic, i, ok := d.text(line, len(messageHead))
	if !ok || len(line)-i < len(messageData) || line[i:i+len(messageData)] != messageData {
		return "", "", false
	}
	data, i, ok = d.text(line, i+len(messageData))
	return topic, data, ok && line[i:] == "}"
}

// text reads the string whose opening quote is before start, and returns the
// index after its closing quote. It reports whether the string is valid. s has 16
// bytes or more.
func (d *decoder) text(s string, start int) (text string, next int, ok bool) {
	end := asciiRun16(s, start)
	if end < len(s) && s[end] == '"' {
		return s[start:end], end + 1, true
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
		return s[start:end], end + 1, utf8.ValidString(s[start:end])
	case s[end] == '\\':
		return d.unescape(s, start)
	default:
		return "", end, false
	}
}

// unescape is text for a string that has escapes. It checks and decodes it block
// by block, in one pass.
func (d *decoder) unescape(s string, start int) (text string, next int, ok bool) {
	dst := d.reserve(len(s) - start + runSize)
	var last block
	var m marks
	var high uint64 // of all blocks
	n, at := 0, start
	for at < len(s) {
		b := blockAt(s, at, &last)
		mark(b, &m)
		from := 0 // of b; what is before it is done
		for stops := m.slash | m.end; ; stops = since(stops, from) {
			var copied int
			copied, from, stops = copyRuns(dst[n:], b, from, stops, m.slash)
			n += copied
			if stops == 0 {
				break
			}
			stop := bits.TrailingZeros64(stops)
			n += copy(dst[n:], b[from:stop])
			i := at + stop
			if m.slash>>stop&1 == 0 {
				high |= m.high & (1<<stop - 1)
				if i == len(s) || s[i] != '"' || high != 0 && !utf8.Valid(dst[:n]) {
					return "", i, false
				}
				return d.keep(dst, n), i + 1, true
			}
			r, after, err := scanEscape(s, i+1)
			if err != nil {
				return "", i, false
			}
			n += utf8.EncodeRune(dst[n:n+utf8.UTFMax], r)
			from = after - at
		}
		high |= m.high
		n += copy(dst[n:], b[min(from, blockSize):blockSize])
		at += max(from, blockSize)
	}
	return "", len(s), false
}

// reserve returns room for n bytes or more.
func (d *decoder) reserve(n int) []byte {
	switch {
	case n <= len(d.free):
		return d.free
	case n > d.size:
		return make([]byte, n) // of its own, or a short string might pin it
	}
	d.free = make([]byte, d.size)
	return d.free
}

// keep returns what was written to the first n bytes of the room as a string.
// Nothing is written there again.
func (d *decoder) keep(room []byte, n int) string {
	if len(room) <= d.size {
		d.free = room[n:]
	}
	return unsafe.String(unsafe.SliceData(room), n)
}
