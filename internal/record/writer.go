package record

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"
	"time"

	"joltui/jolt"
)

// ErrFull says that a recording has reached [WriterOptions.TotalSize].
var ErrFull = errors.New("the recording is as large as it may get")

// WriterOptions say how a recording is written. The zero value works.
type WriterOptions struct {
	// What says what is recorded, for people.
	What string
	// PartSize is the most bytes in a file, unless a single line is longer:
	// 256 MiB.
	PartSize int64
	// TotalSize is the most bytes in all files together; 0 is no limit.
	TotalSize int64
	// Now is the clock. Default time.Now.
	Now func() time.Time
	// Began is when what is recorded begins, if that is before now.
	Began time.Time

	create func(path string) (io.WriteCloser, error) // a test's files
}

func (o WriterOptions) withDefaults() WriterOptions {
	if o.PartSize <= 0 {
		o.PartSize = 256 << 20
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.create == nil {
		o.create = createFile
	}
	return o
}

// bufferSize is how much is written at once.
const bufferSize = 64 << 10

// createFile makes a file that only its owner can read, and never touches one
// that is there.
func createFile(path string) (io.WriteCloser, error) {
	return os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
}

// Writer writes a recording. It is not safe for concurrent use. After an error it can only
// be closed.
type Writer struct {
	options  WriterOptions
	path     string // of the first part
	part     int
	made     []os.FileInfo // the identity of the file of each part
	started  time.Time
	file     io.WriteCloser
	buf      []byte // lines that are not in the file yet
	line     []byte // memory for one
	size     int64  // of this part
	before   int64  // size of the parts before
	messages uint64
	lost     uint64 // messages that are not in the file because of an error
	payload  uint64 // bytes
	err      error  // the first
}

// Create begins a recording in a new file. It fails if that file, or the next one in which
// the recording would go on, exists already.
func Create(path string, o WriterOptions) (*Writer, error) {
	w := newWriter(path, o)
	if next := partPath(path, 2); exists(next) {
		return nil, fmt.Errorf("%s is there already, and would be the second file of this recording: take another name (%w)", next, fs.ErrExist)
	}
	if err := w.open(); err != nil {
		return nil, err
	}
	return w, nil
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// partPath returns the path of a part: name.ndjson, name-2.ndjson …
func partPath(path string, part int) string {
	if part <= 1 {
		return path
	}
	ext := filepath.Ext(path)
	return fmt.Sprintf("%s-%d%s", strings.TrimSuffix(path, ext), part, ext)
}

// open begins the next part.
func (w *Writer) open() error {
	path := partPath(w.path, w.part+1)
	file, err := w.options.create(path)
	switch {
	case errors.Is(err, fs.ErrExist):
		return fmt.Errorf("%s is there already: take another name", path)
	case err != nil:
		return fmt.Errorf("cannot write the recording: %w", err)
	}
	w.part++
	w.file = file
	w.rememberFile(file)
	w.before, w.size = w.before+w.size, 0
	now := w.options.Now()
	if w.part == 1 {
		now = w.started // a line must not come after those that follow
	}
	return w.put(line{
		Time: now, Type: typeHeader, Version: version,
		Started: optional(w.started), Part: w.part, What: w.options.What,
	})
}

// NewWriter begins a recording in one file, which the caller has made and closes.
func NewWriter(file io.Writer, o WriterOptions) (*Writer, error) {
	o.PartSize = math.MaxInt64
	o.create = func(string) (io.WriteCloser, error) { return leftOpen{file}, nil }
	w := newWriter("", o)
	return w, w.open()
}

// leftOpen is a file that somebody else closes.
type leftOpen struct{ io.Writer }

// Close does nothing.
func (leftOpen) Close() error { return nil }

func newWriter(path string, o WriterOptions) *Writer {
	w := &Writer{options: o.withDefaults(), path: path}
	w.started = w.options.Now()
	if began := w.options.Began; !began.IsZero() && began.Before(w.started) {
		w.started = began
	}
	return w
}

// Write appends an entry. The texts of a message, which are valid UTF-8 on the wire, are
// kept exactly.
func (w *Writer) Write(e Entry) error {
	if w.err != nil {
		return w.err
	}
	var err error
	switch event := e.Event.(type) {
	case *jolt.Message:
		w.line = appendMessage(w.line[:0], event)
		if err = w.append(); err == nil {
			w.messages++
			w.payload += uint64(len(event.Data))
		}
	case *jolt.StateChange:
		err = w.add(stateLine(event))
	case *jolt.Gap:
		err = w.add(gapLine(event))
	case nil:
		err = w.add(line{Time: e.At, Type: typeMissing, Messages: e.Missing.Messages, Bytes: e.Missing.Bytes})
	}
	w.err = err
	return err
}

// add appends a line that is no message.
func (w *Writer) add(l line) (err error) {
	if w.line, err = appendLine(w.line[:0], l); err != nil {
		return fmt.Errorf("cannot write the recording: %w", err)
	}
	return w.append()
}

// append writes the line into this part, or into a new one if there is no room.
func (w *Writer) append() error {
	n := int64(len(w.line))
	if max := w.options.TotalSize; max > 0 && w.before+w.size+n > max {
		return fmt.Errorf("%w: %d bytes", ErrFull, max)
	}
	if w.size > 0 && w.size+n > w.options.PartSize {
		text := append([]byte(nil), w.line...) // the header is made in the same memory
		if err := errors.Join(w.Flush(), w.file.Close()); err != nil {
			return err
		}
		w.file = nil
		if err := w.open(); err != nil {
			return err
		}
		w.line = text
	}
	return w.write()
}

// put writes a line that is no message into this part.
func (w *Writer) put(l line) (err error) {
	if w.line, err = appendLine(w.line[:0], l); err != nil {
		return fmt.Errorf("cannot write the recording: %w", err)
	}
	return w.write()
}

func (w *Writer) write() error {
	if len(w.buf) > 0 && len(w.buf)+len(w.line) > bufferSize {
		if err := w.flush(); err != nil {
			return err
		}
	}
	w.buf = append(w.buf, w.line...)
	w.size += int64(len(w.line))
	return nil
}

// flush writes the buffer to the file. Messages that do not get there count as lost.
func (w *Writer) flush() error {
	n, err := w.file.Write(w.buf)
	if err != nil {
		w.size -= int64(len(w.buf) - n)
		lost := messagesBeyond(w.buf, n)
		w.messages -= lost
		w.lost += lost
	}
	w.buf = w.buf[:0]
	if cap(w.buf) > 16*bufferSize { // after a long line
		w.buf = nil
	}
	return withoutPath(err)
}

// messagesBeyond counts the messages of lines that do not end within the first n bytes.
func messagesBeyond(lines []byte, n int) (count uint64) {
	for at := 0; at < len(lines); {
		end := at + bytes.IndexByte(lines[at:], '\n') + 1
		if _, message := lineTime(lines[at : end-1]); message && end > n {
			count++
		}
		at = end
	}
	return count
}

// withoutPath removes the path from an error, since the caller names it.
func withoutPath(err error) error {
	var path *fs.PathError
	if err == nil {
		return nil
	}
	if errors.As(err, &path) {
		err = path.Err
	}
	return fmt.Errorf("cannot write the recording: %w", err)
}

// Flush writes everything to the operating system.
func (w *Writer) Flush() error {
	if w.err == nil {
		w.err = w.flush()
	}
	return w.err
}

// Close ends the recording. It returns the first error of this writer: nil means that
// everything is in the files.
func (w *Writer) Close() error {
	if w.file == nil {
		return w.err
	}
	if w.err == nil || errors.Is(w.err, ErrFull) {
		full := w.err
		err := w.put(line{Time: w.options.Now(), Type: typeEnd, Messages: w.messages, Bytes: w.payload})
		if err == nil {
			err = w.flush()
		}
		w.err = err
		if full != nil {
			w.err = full
		}
	}
	if err := withoutPath(w.file.Close()); w.err == nil {
		w.err = err
	}
	w.file = nil
	return w.err
}

// Size returns how many bytes were written, in all parts.
func (w *Writer) Size() int64 { return w.before + w.size }

// Parts returns the number of files so far.
func (w *Writer) Parts() int { return w.part }
