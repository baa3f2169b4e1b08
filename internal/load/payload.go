package load

import "time"

// HeaderSize is the length of what a payload begins with, in bytes: in
// hexadecimal, which run it belongs to, which publisher sent it, its number and
// when it was due, in nanoseconds since the run began:
//
//	5d41402a-0003-00000000a1f2-000003b9aca00
const HeaderSize = 8 + 1 + 4 + 1 + 12 + 1 + 13

// header tells one message from all others.
type header struct {
	run       uint32
	publisher int
	number    int64 // of the publisher's messages, from 0
	due       time.Duration
}

// put writes h over the first HeaderSize bytes of b.
func (h header) put(b []byte) {
	putHex(b[0:8], uint64(h.run))
	putHex(b[9:13], uint64(h.publisher))
	putHex(b[14:26], uint64(h.number))
	putHex(b[27:40], uint64(h.due))
	b[8], b[13], b[26] = '-', '-', '-'
}

// parseHeader reads the header of a payload; ok is false where there is none.
func parseHeader(data string) (h header, ok bool) {
	if len(data) < HeaderSize || data[8] != '-' || data[13] != '-' || data[26] != '-' {
		return header{}, false
	}
	run, ok1 := parseHex(data[0:8])
	publisher, ok2 := parseHex(data[9:13])
	number, ok3 := parseHex(data[14:26])
	due, ok4 := parseHex(data[27:40])
	return header{uint32(run), int(publisher), int64(number), time.Duration(due)}, ok1 && ok2 && ok3 && ok4
}

const hexDigits = "0123456789abcdef"

// putHex fills dst with the last digits of v.
func putHex(dst []byte, v uint64) {
	for i := len(dst) - 1; i >= 0; i-- {
		dst[i] = hexDigits[v&15]
		v >>= 4
	}
}

func parseHex(s string) (v uint64, ok bool) {
	for i := range len(s) {
		c := s[i]
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= c && c <= 'f':
			c -= 'a' - 10
		default:
			return 0, false
		}
		v = v<<4 | uint64(c)
	}
	return v, true
}

// payload makes the payloads of one publisher: a header each, and filler that
// stays the same.
type payload struct{ buf []byte }

func newPayload(size int) payload {
	buf := make([]byte, size)
	for i := range buf {
		buf[i] = 'a' + byte(i%26)
	}
	return payload{buf}
}

// text returns a payload of its own: requests keep it until it was written.
func (p payload) text(h header) string {
	h.put(p.buf)
	return string(p.buf)
}
