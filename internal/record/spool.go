package record

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
)

// Spooled makes files of what a recording can be read from but once, or not as it is:
// stdin, which is called -, pipes, and what gzip has compressed. A recording is read more
// than once, and from any place. Remove deletes what was made.
type Spooled struct {
	Files []File
	made  []string
}

// Spool reads what it has to read to the end, or until ctx ends. Ordinary files stay what
// they are. After an error there is nothing to remove.
func Spool(ctx context.Context, stdin io.Reader, paths ...string) (*Spooled, error) {
	s := &Spooled{}
	for _, path := range paths {
		if err := s.add(ctx, stdin, path); err != nil {
			s.Remove()
			return nil, err
		}
	}
	return s, nil
}

// Remove deletes the files that were made.
func (s *Spooled) Remove() {
	for _, path := range s.made {
		os.Remove(path)
	}
	s.made = nil
}

func (s *Spooled) add(ctx context.Context, stdin io.Reader, path string) error {
	name, input := "stdin", stdin
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return fmt.Errorf("cannot read the recording: %w", err)
		}
		defer f.Close()
		name, input = path, f
		info, err := f.Stat()
		if err == nil && info.IsDir() || err == nil && info.Mode().IsRegular() && !compressed(f) {
			s.Files = append(s.Files, File{path, path})
			return nil
		}
	}
	made, err := os.CreateTemp("", "joltui-*.ndjson") // for nobody else to read
	if err != nil {
		return fmt.Errorf("cannot keep %s: %w", name, err)
	}
	s.made = append(s.made, made.Name())
	s.Files = append(s.Files, File{made.Name(), name})
	copied := make(chan error, 1)
	go func() { copied <- unpack(made, input) }() // a read that waits cannot be interrupted
	select {
	case err = <-copied:
	case <-ctx.Done():
		return ctx.Err()
	}
	if err = errors.Join(err, made.Close()); err != nil {
		return fmt.Errorf("cannot read %s: %w", name, err)
	}
	return nil
}

// compressed reports whether a file is what gzip makes, and goes back to its beginning.
func compressed(f *os.File) bool {
	var head [2]byte
	_, err := f.ReadAt(head[:], 0)
	return err == nil && isGzip(head[:])
}

func isGzip(head []byte) bool { return len(head) == 2 && head[0] == 0x1f && head[1] == 0x8b }

// unpack copies, and decompresses where there is something to.
func unpack(to io.Writer, from io.Reader) error {
	buffered := bufio.NewReaderSize(from, 256<<10)
	from = buffered
	if head, _ := buffered.Peek(2); isGzip(head) {
		unzipped, err := gzip.NewReader(buffered)
		if err != nil {
			return err
		}
		from = unzipped
	}
	_, err := io.Copy(to, from)
	return err
}
