package jolt

import (
	"bytes"
	"io"
	"strings"
)

const (
	leastRead = 16 << 10  // what a read asks for at first
	readSize  = 256 << 10 // and where much comes: 64 KiB decode as fast, but are slower to get
	viewMost  = 16 << 10  // the longest line that is handed out as a view
	headSize  = 256       // what is kept of a line that is too long
)

// splitter cuts what a connection brings into lines. It reads into the same
// buffer again and again, which stays in the processor's cache, and hands out views
// of it: who wants to keep something of a line copies just that. The splitter holds at
// most one line of the limit's length, and the string made of it: twice the limit.
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
	return &splitter{max: maxLine, buf: make([]byte, leastRead)}
}

// read reads once from r.
func (s *splitter) read(r io.Reader) error {
	s.makeRoom()
	n, err := r.Read(s.buf[s.end:])
	s.end += n
	return err
}

// unread is what was read and not yet handed out. It is good until the next read.
func (s *splitter) unread() []byte { return s.buf[s.start:s.end] }

// makeRoom moves the line that has begun to the start of the buffer, of a larger
// one if it fills this one or much comes.
func (s *splitter) makeRoom() {
	size := len(s.buf)
	if s.end == size && (s.start == 0 || size < readSize) {
		size = min(2*size, max(s.max+2, readSize))
	}
	s.move(size)
}

// move makes what was not handed out yet the beginning of a buffer of so many
// bytes.
func (s *splitter) move(size int) {
	buf := s.buf
	if len(buf) != size {
		buf = make([]byte, size)
	}
	s.end = copy(buf, s.buf[s.start:s.end])
	s.buf, s.start, s.seen = buf, 0, s.end
}

// grown reports whether the buffer has grown for a long line.
func (s *splitter) grown() bool { return len(s.buf) > readSize }

// lines hands out each whole line without its line end, and its length, and
// leaves out blank ones. Of a line longer than max it hands out the beginning.
// What is handed out with viewMost bytes or fewer is good until yield returns; see
// kept. A longer line has memory of its own.
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
	if s.grown() && s.end-s.start <= readSize {
		s.move(readSize)
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

// split hands out the lines of a region that ends in LF.
func (s *splitter) split(region []byte, yield func(string, int)) {
	for lines := view(region); len(lines) > 0; {
		size := strings.IndexByte(lines, '\n')
		s.line(lines[:size], yield)
		lines = lines[size+1:]
	}
}

// kept returns a line that was handed out as one that is safe to keep.
func kept(line string) string {
	if len(line) > viewMost {
		return line
	}
	return strings.Clone(line)
}

// line hands out one line, given without its LF.
func (s *splitter) line(raw string, yield func(string, int)) {
	if s.over > 0 {
		s.skip([]byte(raw))
		size := s.over
		if s.cr {
			size--
		}
		yield(view(s.head[:min(len(s.head), size)]), size)
		s.over, s.head = 0, nil
		return
	}
	size := withoutCR(raw)
	if size > s.max {
		yield(raw[:min(headSize, size)], size)
	} else if line := raw[:size]; !blank(line) {
		if size > viewMost {
			line = strings.Clone(line)
		}
		yield(line, size)
	}
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
