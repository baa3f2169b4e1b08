package jolt

import (
	"bytes"
	"io"
)

const (
	readSize = 64 << 10 // what a read asks for, and the most that a short line's string shares with others
	headSize = 256      // what is kept of a line that is too long
)

// splitter cuts what a connection brings into lines. It holds at most one line
// of the limit's length, and the string made of it: twice the limit.
type splitter struct {
	max  int
	buf  []byte
	n    int // buf[:n] is read and not yet handed out
	seen int // buf[:seen] has no LF

	over int    // bytes skipped so far of a line that is too long; 0 outside one
	head []byte // its beginning
	cr   bool   // the last byte skipped was a CR
}

func newSplitter(maxLine int) *splitter {
	return &splitter{max: maxLine, buf: make([]byte, readSize)}
}

// read reads once from r.
func (s *splitter) read(r io.Reader) error {
	if s.n == len(s.buf) {
		grown := make([]byte, min(2*len(s.buf), max(s.max+2, readSize)))
		copy(grown, s.buf[:s.n])
		s.buf = grown
	}
	n, err := r.Read(s.buf[s.n:])
	s.n += n
	return err
}

// lines hands out each whole line without its line end, and its length, and
// leaves out blank ones. Of a line longer than max it hands out the beginning.
func (s *splitter) lines(yield func(line string, size int)) {
	last := bytes.LastIndexByte(s.buf[s.seen:s.n], '\n')
	if last < 0 {
		s.seen = s.n
		s.skipLong()
		return
	}
	if s.long(yield) {
		s.lines(yield) // of what came after it, which is shorter
		return
	}
	end := s.seen + last + 1
	s.split(s.buf[:end], yield)
	s.n = copy(s.buf, s.buf[end:s.n])
	s.seen = s.n
	if len(s.buf) > readSize && s.n <= readSize {
		s.buf = append(make([]byte, 0, readSize), s.buf[:s.n]...)[:readSize]
	}
	s.skipLong()
}

// long hands out the first line if it fills more than half of a grown buffer,
// and lets go of the buffer before: the buffer, the line and the payload that is
// decoded from it would be three times the limit. No later line can be so long,
// because the buffer grows only while it holds one line without an end.
func (s *splitter) long(yield func(string, int)) bool {
	first := s.seen + bytes.IndexByte(s.buf[s.seen:s.n], '\n')
	size := len(bytes.TrimSuffix(s.buf[:first], []byte{'\r'}))
	if s.over > 0 || len(s.buf) == readSize || first <= len(s.buf)/2 || size > s.max {
		return false
	}
	line := string(s.buf[:first])
	rest := s.buf[first+1 : s.n]
	s.buf = append(make([]byte, 0, max(readSize, len(rest))), rest...)
	s.n, s.seen, s.buf = len(rest), 0, s.buf[:cap(s.buf)]
	if line, ok := trimLine(line); ok {
		yield(line, size)
	}
	return true
}

// split hands out the lines of a region that ends in LF. Short lines share one
// string, so that a read costs one allocation and not one a line.
func (s *splitter) split(region []byte, yield func(string, int)) {
	shared := ""
	if len(region) <= readSize {
		shared = string(region)
	}
	for len(region) > 0 {
		size := bytes.IndexByte(region, '\n')
		line := shared
		if shared != "" {
			line, shared = shared[:size], shared[size+1:]
		} else if s.over == 0 && size <= s.max+1 {
			line = string(region[:size])
		}
		s.line(line, region[:size], yield)
		region = region[size+1:]
	}
}

// line hands out one line, given as a string unless it is too long.
func (s *splitter) line(line string, raw []byte, yield func(string, int)) {
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
	size := len(bytes.TrimSuffix(raw, []byte{'\r'}))
	if size > s.max {
		yield(string(raw[:min(headSize, size)]), size)
	} else if line, ok := trimLine(line); ok {
		yield(line, size)
	}
}

// skipLong empties the buffer when what it holds can only be part of a line
// that is too long.
func (s *splitter) skipLong() {
	if s.over == 0 && s.n <= s.max+1 {
		return
	}
	s.skip(s.buf[:s.n])
	s.n, s.seen = 0, 0
}

func (s *splitter) skip(part []byte) {
	if len(part) == 0 {
		return
	}
	s.head = append(s.head, part[:min(headSize-len(s.head), len(part))]...)
	s.over += len(part)
	s.cr = part[len(part)-1] == '\r'
}
