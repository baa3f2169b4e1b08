package broker

import (
	"bytes"
	"errors"
	"io"
	"sync/atomic"
	"unsafe"
)

const (
	firstReadBytes = 4 << 10   // what an idle connection holds
	batchReadBytes = 256 << 10 // what a busy one grows to, so that one read brings many requests
	// fewReads is after how many reads in a row that bring little a buffer shrinks.
	fewReads = 16
)

// batchFor returns what a read may bring at most where so much may wait for a
// subscriber: a small part, so that it has time to catch up. Of 1 KiB messages
// for one subscriber 256 KiB let the broker pass on 1.3 times as many as 64 KiB,
// and used 0.75 times the processor time.
func batchFor(queueBytes int) int {
	return max(firstReadBytes, min(batchReadBytes, queueBytes/16))
}

var (
	// errLineTooLong: a line went past the limit before it ended.
	errLineTooLong = errors.New("broker: line too long")
	// errNoMemory: there is no memory for so long a line.
	errNoMemory = errors.New("broker: no memory for the line")
)

// lineReader cuts a stream into lines. It holds at most the longest line
// allowed, or a batch.
type lineReader struct {
	src   io.Reader
	batch int // what the buffer grows to where much comes
	// reserve, if not nil, is asked for the bytes beyond batchReadBytes, and given them
	// back as a negative number.
	reserve func(bytes int) bool
	buf     []byte
	held    atomic.Int64 // the size of buf, for other goroutines
	given   int          // buf[:given] are the lines that next returned last
	size    int          // bytes in buf: behind given, the beginning of a line
	full    bool         // the latest read filled buf
	few     int          // reads in a row that filled less than an eighth of it
}

func newLineReader(src io.Reader, batch int) *lineReader {
	r := &lineReader{src: src, batch: batch}
	r.resize(firstReadBytes)
	return r
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
			size := min(2*len(r.buf), limit+2)
			if !r.mayGrow(size) {
				return "", errNoMemory
			}
			r.resize(size)
		}
		n, err := r.src.Read(r.buf[r.size:])
		old := r.size
		r.size += n
		if r.few++; n >= len(r.buf)/8 {
			r.few = 0
		}
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
	case size > r.batch && r.size <= r.batch/2:
		r.resize(r.batch)
	case r.full && size < min(r.batch, limit):
		r.resize(min(2*size, r.batch))
	case r.few >= fewReads && size > firstReadBytes && r.size <= size/2:
		r.resize(max(size/2, firstReadBytes))
		r.few = 0
	}
}

// mayGrow reserves what a buffer of so many bytes takes beyond the usual.
func (r *lineReader) mayGrow(size int) bool {
	more := beyondUsual(size) - beyondUsual(len(r.buf))
	return more <= 0 || r.reserve == nil || r.reserve(more)
}

func beyondUsual(size int) int { return max(0, size-batchReadBytes) }

// resize gives back what a smaller buffer does not need any more.
func (r *lineReader) resize(n int) {
	if less := beyondUsual(len(r.buf)) - beyondUsual(n); less > 0 && r.reserve != nil {
		r.reserve(-less)
	}
	buf := make([]byte, n)
	copy(buf, r.buf[:r.size])
	r.buf = buf
	r.held.Store(int64(n))
}

// release gives back what the buffer has reserved; it is not read into any more.
func (r *lineReader) release() {
	if more := beyondUsual(len(r.buf)); more > 0 && r.reserve != nil {
		r.reserve(-more)
	}
}
