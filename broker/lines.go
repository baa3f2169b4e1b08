package broker

import (
	"bytes"
	"errors"
	"io"
	"unsafe"
)

const (
	firstReadBytes = 4 << 10  // what an idle connection holds
	batchReadBytes = 64 << 10 // what a busy one grows to, so that one read brings many requests
)

// errLineTooLong: a line went past the limit before it ended.
var errLineTooLong = errors.New("broker: line too long")

// lineReader cuts a stream into lines. It holds at most the longest line
// allowed, or batchReadBytes.
type lineReader struct {
	src   io.Reader
	buf   []byte
	given int  // buf[:given] are the lines that next returned last
	size  int  // bytes in buf: behind given, the beginning of a line
	full  bool // the latest read filled buf
}

func newLineReader(src io.Reader) *lineReader {
	return &lineReader{src: src, buf: make([]byte, firstReadBytes)}
}

// next waits until at least one line has ended and returns all that have, line
// ends included. They are valid until the next call: copying them took 10 % of
// a publish. A line that is still going on after limit bytes, not counting a CR
// that may be part of its end, is errLineTooLong. Lines that are returned may be
// longer than limit.
func (r *lineReader) next(limit int) (string, error) {
	r.forget(limit)
	for {
		if r.size > limit+1 || r.size == limit+1 && r.buf[limit] != '\r' {
			return "", errLineTooLong
		}
		if r.size == len(r.buf) {
			r.resize(min(2*len(r.buf), limit+2))
		}
		n, err := r.src.Read(r.buf[r.size:])
		old := r.size
		r.size += n
		if end := bytes.LastIndexByte(r.buf[old:r.size], '\n'); end >= 0 {
			r.given = old + end + 1
			r.full = r.size == len(r.buf)
			return unsafe.String(unsafe.SliceData(r.buf), r.given), nil
		}
		if err != nil {
			return "", err
		}
	}
}

// forget drops the lines that were returned last, and makes the buffer as large
// as what has come lately asks for.
func (r *lineReader) forget(limit int) {
	if r.given == 0 {
		return
	}
	r.size = copy(r.buf, r.buf[r.given:r.size])
	r.given = 0
	switch size := len(r.buf); {
	case size > batchReadBytes && r.size <= batchReadBytes/2:
		r.resize(batchReadBytes)
	case r.full && size < min(batchReadBytes, limit):
		r.resize(min(2*size, batchReadBytes))
	}
}

func (r *lineReader) resize(n int) {
	buf := make([]byte, n)
	copy(buf, r.buf[:r.size])
	r.buf = buf
}
