package jolt

import (
	"bytes"
	"io"
	"unsafe"
)

const (
	readSize  = 64 << 10 // what a read asks for, and what the lines in it share
	leastRead = 4 << 10  // with less room than this, lines are read into new memory
	headSize  = 256      // what is kept of a line that is too long
)

// splitter cuts what a connection brings into lines. Short lines are substrings
// of the memory they were read into, which is never written to again: to copy
// each read took 15 % of the time of decoding it. A line for which the buffer
// had to grow is copied. The splitter holds at most one line of the limit's
// length, and the string made of it: twice the limit.
type splitter struct {
	max   int
	buf   []byte
	start int // buf[start:end] is read and not yet handed out
	end   int
	seen  int // buf[start:seen] has no LF

	over int    // bytes skipped so far of a line that is too long; 0 outside one
	head []byte // its beginning
	cr   bool   // the last byte skipped was a CR
}

func newSplitter(maxLine int) *splitter {
	return &splitter{max: maxLine, buf: make([]byte, readSize)}
}

// read reads once from r.
func (s *splitter) read(r io.Reader) error {
	s.makeRoom()
	n, err := r.Read(s.buf[s.end:])
	s.end += n
	return err
}

// makeRoom moves the line that has begun to new memory if there is little room
// for the rest of it.
func (s *splitter) makeRoom() {
	room := len(s.buf) - s.end
	switch {
	case room >= leastRead || room > 0 && s.start == 0:
	case s.start > 0:
		s.move(readSize)
	default:
		s.move(min(2*len(s.buf), max(s.max+2, readSize)))
	}
}

// move makes what was not handed out yet the beginning of a buffer of so many
// bytes.
func (s *splitter) move(size int) {
	buf := make([]byte, size)
	s.end = copy(buf, s.buf[s.start:s.end])
	s.buf, s.start, s.seen = buf, 0, s.end
}

// grown reports whether the buffer is larger than lines may share.
func (s *splitter) grown() bool { return len(s.buf) > readSize }

// lines hands out each whole line without its line end, and its length, and
// leaves out blank ones. Of a line longer than max it hands out the beginning.
func (s *splitter) lines(yield func(line string, size int)) {
	last := bytes.LastIndexByte(s.buf[s.seen:s.end], '\n')
	if last < 0 {
		s.seen = s.end
		s.skipLong()
		return
	}
	if s.long(yield) {
		s.lines(yield) // of what came after it, which is shorter
		return
	}
	stop := s.seen + last + 1
	s.split(s.buf[s.start:stop], yield)
	s.start, s.seen = stop, s.end
	if s.grown() {
		s.shrink()
	}
	s.skipLong()
}

// long hands out the first line if it fills more than half of a grown buffer,
// and lets go of the buffer before: the buffer, the line and the payload that is
// decoded from it would be three times the limit. No later line can be so long,
// because the buffer grows only while it holds one line without an end.
func (s *splitter) long(yield func(string, int)) bool {
	first := s.seen + bytes.IndexByte(s.buf[s.seen:s.end], '\n')
	size := withoutCR(s.buf[s.start:first])
	if s.over > 0 || !s.grown() || first <= len(s.buf)/2 || size > s.max {
		return false
	}
	line := string(s.buf[s.start : s.start+size])
	s.start = first + 1
	s.move(max(readSize, s.end-s.start))
	s.seen = 0
	if !blank(line) {
		yield(line, size)
	}
	return true
}

// shrink goes back to a buffer that lines may share, as soon as what was not
// handed out yet fits into one.
func (s *splitter) shrink() {
	if s.end-s.start <= readSize {
		s.move(readSize)
		return
	}
	s.end = copy(s.buf, s.buf[s.start:s.end])
	s.start, s.seen = 0, s.end
}

// split hands out the lines of a region that ends in LF.
func (s *splitter) split(region []byte, yield func(string, int)) {
	for len(region) > 0 {
		size := bytes.IndexByte(region, '\n')
		s.line(region[:size], yield)
		region = region[size+1:]
	}
}

// line hands out one line, given without its LF.
func (s *splitter) line(raw []byte, yield func(string, int)) {
	if s.over > 0 {
		s.skip(raw)
		size := s.over
		if s.cr {
			size--
		}
		yield(string(s.head[:min(len(s.head), size)]), size)
		s.over, s.head = 0, nil
		return
	}
	size := withoutCR(raw)
	if size > s.max {
		yield(string(raw[:min(headSize, size)]), size)
	} else if line := s.text(raw[:size]); !blank(line) {
		yield(line, size)
	}
}

// text returns a part of the buffer as a string.
func (s *splitter) text(raw []byte) string {
	if s.grown() {
		return string(raw)
	}
	return unsafe.String(unsafe.SliceData(raw), len(raw))
}

// skipLong drops what the buffer holds when it can only be part of a line that
// is too long.
func (s *splitter) skipLong() {
	if s.over == 0 && s.end-s.start <= s.max+1 {
		return
	}
	s.skip(s.buf[s.start:s.end])
	s.start, s.seen = s.end, s.end
}

func (s *splitter) skip(part []byte) {
	if len(part) == 0 {
		return
	}
	s.head = append(s.head, part[:min(headSize-len(s.head), len(part))]...)
	s.over += len(part)
	s.cr = part[len(part)-1] == '\r'
}
