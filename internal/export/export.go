package export

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"joltui/internal/atomicfile"
	"joltui/internal/feed"
	"joltui/internal/human"
)

// Format is how messages are written.
type Format uint8

// The formats.
const (
	NDJSON Format = iota + 1
	CSV
)

// FormatOf returns the format that the end of a file's name stands for. The error says, in one
// line, which ends there are.
func FormatOf(path string) (Format, error) {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".ndjson":
		return NDJSON, nil
	case ".csv":
		return CSV, nil
	}
	return 0, errors.New("end the name with .ndjson or .csv")
}

// Table says which columns a CSV has in place of the payload.
type Table struct {
	Titles []string
	// Values appends the values in a payload to dst. object is false if the payload has no
	// fields at all.
	Values func(dst []string, data string) (values []string, object bool)
}

// Plan is what is to be written, and where.
type Plan struct {
	Path    string // may begin with ~
	Replace bool   // a file that is there already
	What    string // the messages, in words
	// Entries are the messages, oldest first, with the gaps between them. They are only read.
	Entries []*feed.Entry
	Table   *Table         // of a CSV; nil: it has payloads
	Zone    *time.Location // of the times in a CSV
}

// Result is what was written.
type Result struct {
	Path     string // absolute
	Messages uint64
	Bytes    int64
	Cut      uint64 // messages of which only the beginning was kept, and written
	Gaps     uint64 // that are not in the file
	Bare     uint64 // messages without fields, of which a table has only time and topic
}

// Write writes the file, which only its owner can read, as a whole or not at all. Where there
// is a file already and it is not to be replaced, the error is [fs.ErrExist]. It blocks, and
// may be called on any goroutine.
func (p Plan) Write() (Result, error) {
	r := Result{Path: human.Home(p.Path)}
	format, err := FormatOf(r.Path)
	if err != nil {
		return r, err
	}
	if whole, err := filepath.Abs(r.Path); err == nil {
		r.Path = whole // which is said, and so has to be found
	}
	if folder := filepath.Dir(r.Path); !isFolder(folder) {
		return r, fmt.Errorf("%s is no folder: make it first, or name another one", folder)
	}
	save := atomicfile.Create
	if p.Replace {
		if err := replaceable(r.Path); err != nil {
			return r, err
		}
		save = atomicfile.Replace
	}
	err = save(r.Path, func(file io.Writer) error {
		counted := &counter{to: bufio.NewWriterSize(file, 64<<10)}
		write := p.writeNDJSON
		if format == CSV {
			write = p.writeCSV
		}
		if err := write(counted, &r); err != nil {
			return err
		}
		r.Bytes = counted.n
		return counted.to.Flush()
	})
	return r, inWords(r.Path, err)
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// replaceable returns why what is at a path is not replaced: only a file is.
func replaceable(path string) error {
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return fmt.Errorf("%s is no file that could be replaced: name another one", path)
	}
	return nil
}

// inWords returns the error for a file, with its path once.
func inWords(path string, err error) error {
	var of *fs.PathError
	var link *os.LinkError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrExist):
		return fmt.Errorf("%s is there already: %w", path, fs.ErrExist)
	case errors.Is(err, syscall.ENOSPC):
		return fmt.Errorf("the disk is full: make room, then write %s again", path)
	case errors.As(err, &of):
		err = of.Err
	case errors.As(err, &link):
		err = link.Err
	}
	return fmt.Errorf("%s cannot be written: %w", path, err)
}

// counter counts what is written.
type counter struct {
	to *bufio.Writer
	n  int64
}

// Write implements [io.Writer].
func (c *counter) Write(p []byte) (int, error) {
	n, err := c.to.Write(p)
	c.n += int64(n)
	return n, err
}

// count counts a message that is written.
func (r *Result) count(e *feed.Entry) {
	r.Messages++
	if e.Size > len(e.Data) {
		r.Cut++
	}
}
