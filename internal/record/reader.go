package record

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"joltui/internal/bom"
)

// maxLine is the longest line that is read, in bytes: the longest payload that a client
// receives, 16 MiB, with every byte escaped, and some more.
const maxLine = 128 << 20

// The problems of a recording that do not lie in the text of a line.
var (
	// ErrCut says that a file ends within a line, as after a power failure.
	ErrCut = errors.New("the file ends within a line, which is left out")
	// ErrPartMissing says that a file of the recording is not there.
	ErrPartMissing = errors.New("the file before this one is missing")

	errLongLine = fmt.Errorf("it is longer than %d MiB", maxLine>>20)
)

// LineError says what is wrong with a line of a recording.
type LineError struct {
	Path string
	Line int // from 1
	Err  error
}

// Error returns the file, the line and what is wrong with it.
func (e *LineError) Error() string {
	return fmt.Sprintf("%s line %d: %s", e.Path, e.Line, strings.TrimPrefix(e.Err.Error(), "jolt: "))
}

// Unwrap returns what is wrong.
func (e *LineError) Unwrap() error { return e.Err }

// Position is a place between two lines of a set. The zero Position is its
// beginning.
type Position struct {
	Part     int   // index of the file
	Offset   int64 // bytes into it
	Line     int   // how many of its lines are before
	Messages uint64
}

// Reader reads the entries of a set in order. It is not safe for concurrent use.
type Reader struct {
	set   *Set
	at    Position
	file  *os.File // nil between two parts
	lines lines
}

// Read begins to read at a position, which must come from a reader or an index of this set.
func (s *Set) Read(from Position) *Reader { return &Reader{set: s, at: from} }

// Position returns where the next line begins.
func (r *Reader) Position() Position { return r.at }

// Next returns the next entry, and [io.EOF] after the last. A line that is no
// entry is a [*LineError], which may wrap [ErrCut] or [ErrPartMissing]; the next
// call goes on with the line after it.
func (r *Reader) Next() (Entry, error) {
	for {
		text, err := r.line()
		if err != nil {
			return Entry{}, err
		}
		p, err := parseLine(text)
		if err != nil {
			return Entry{}, r.problem(err)
		}
		switch {
		case p.kind == typeHeader && r.set.missingBefore(r.at.Part) && r.at.Line == 1:
			return Entry{}, r.problem(ErrPartMissing)
		case p.kind == "":
			r.at.Messages++
			return p.entry, nil
		case p.entry.Event != nil || p.entry.Missing != Missing{}:
			return p.entry, nil
		}
	}
}

func (r *Reader) problem(err error) error {
	return &LineError{r.set.parts[r.at.Part].name, r.at.Line, err}
}

// line returns the next line that is not blank, through all files. It is valid until the
// next call.
func (r *Reader) line() ([]byte, error) {
	for {
		if r.file == nil {
			if err := r.open(); err != nil {
				return nil, err
			}
		}
		text, err := r.lines.next()
		if err == io.EOF && len(text) == 0 {
			r.Close()
			r.at = Position{Part: r.at.Part + 1, Messages: r.at.Messages}
			continue
		}
		r.at.Offset += r.lines.size
		r.at.Line++
		switch {
		case err == io.EOF:
			if _, bad := parseLine(bytes.Clone(text)); bad != nil {
				return nil, r.problem(ErrCut)
			}
		case err != nil:
			return nil, r.problem(err)
		}
		if len(bytes.TrimSpace(text)) > 0 {
			return text, nil
		}
	}
}

// open opens the file of the position.
func (r *Reader) open() error {
	if r.at.Part >= len(r.set.parts) {
		return io.EOF
	}
	f, err := os.Open(r.set.parts[r.at.Part].path)
	if err == nil {
		_, err = f.Seek(r.at.Offset, io.SeekStart)
	}
	if err != nil {
		if f != nil {
			f.Close()
		}
		return fmt.Errorf("cannot read the recording: %w", err)
	}
	r.file = f
	r.lines = lines{buf: bufio.NewReaderSize(f, 256<<10)}
	return nil
}

// Close closes the file that is being read.
func (r *Reader) Close() {
	if r.file != nil {
		r.file.Close()
		r.file = nil
	}
}

// lines cuts a file into lines.
type lines struct {
	buf  *bufio.Reader
	long []byte // memory for a line that is longer than buf
	size int64  // of the latest line with its end
}

// next returns a line without its line end, which is valid until the next call. A last line
// without a line end comes with [io.EOF]. A line that is too long is skipped.
func (l *lines) next() ([]byte, error) {
	l.long, l.size = l.long[:0], 0
	for {
		text, err := l.buf.ReadSlice('\n')
		l.size += int64(len(text))
		if err == bufio.ErrBufferFull {
			if l.size <= maxLine {
				l.long = append(l.long, text...)
			}
			continue
		}
		if l.size > maxLine && err == nil {
			l.long = nil
			return nil, errLongLine
		}
		if len(l.long) > 0 {
			l.long = append(l.long, text...)
			text = l.long
		}
		return bom.Cut(bytes.TrimSuffix(bytes.TrimSuffix(text, []byte("\n")), []byte("\r"))), err
	}
}
