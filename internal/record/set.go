package record

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// Set is the files of one recording or several, in the order in which they are
// read. It does not change, and is safe for concurrent use.
type Set struct {
	parts []part
	size  int64
}

// File is a file of a recording, and what to call it where that is not its path: one that
// was made of something else.
type File struct {
	Path, Name string
}

// part is a file of a set.
type part struct {
	path   string
	name   string // for errors
	size   int64
	header header // zero if the file has none
}

// Open finds the files of recordings: those in paths, and for each of them that begins with
// the header of a recording, the files in which that goes on. Files of the same recording
// are put in order, others keep the order of paths. Open reads the first line of each, and
// fails if it is no line of a recording.
func Open(paths ...string) (*Set, error) {
	files := make([]File, len(paths))
	for i, path := range paths {
		files[i] = File{path, path}
	}
	return OpenFiles(files...)
}

// OpenFiles is Open for files that have other names. Those do not go on in others.
func OpenFiles(files ...File) (*Set, error) {
	var all []part
	for _, f := range files {
		p, err := openPart(f)
		if err != nil {
			return nil, err
		}
		all = append(all, p)
		if f.Name == f.Path {
			all = append(all, p.following()...)
		}
	}
	s := &Set{parts: inOrder(all)}
	for _, p := range s.parts {
		s.size += p.size
	}
	return s, nil
}

func openPart(file File) (part, error) {
	f, err := os.Open(file.Path)
	if err != nil {
		return part{}, fmt.Errorf("cannot read the recording: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return part{}, fmt.Errorf("cannot read the recording: %w", err)
	case !info.Mode().IsRegular():
		return part{}, fmt.Errorf("%s is not a file: a recording is read from files", file.Name)
	case info.Size() == 0:
		return part{}, fmt.Errorf("%s is empty", file.Name)
	}
	p := part{path: file.Path, name: file.Name, size: info.Size()}
	r := lines{buf: bufio.NewReader(f)}
	text, err := r.next()
	if err != nil && !errors.Is(err, io.EOF) {
		return part{}, &LineError{file.Name, 1, err}
	}
	first, err := parseLine(text)
	if err != nil {
		return part{}, &LineError{file.Name, 1, err}
	}
	p.header = first.header
	return p, nil
}

// following returns the parts of the recording after p that exist.
func (p part) following() []part {
	if p.header.Part != 1 {
		return nil
	}
	var more []part
	for n := 2; ; n++ {
		path := partPath(p.path, n)
		next, err := openPart(File{path, path})
		if err != nil || !next.continues(p) || next.header.Part != n {
			return more
		}
		more = append(more, next)
	}
}

// continues reports whether p and other are of one recording.
func (p part) continues(other part) bool {
	return p.header.Part > 0 && other.header.Part > 0 && p.header.Started.Equal(other.header.Started)
}

// inOrder puts the parts of each recording together in order, in the place of the first of
// them, and leaves out files that are listed twice.
func inOrder(all []part) []part {
	var out []part
	for _, p := range all {
		if slices.ContainsFunc(out, func(o part) bool { return sameFile(o.path, p.path) }) {
			continue
		}
		at := len(out)
		for i, o := range out {
			if p.continues(o) && o.header.Part < p.header.Part {
				at = i + 1
			} else if p.continues(o) && at == len(out) {
				at = i
				break
			}
		}
		out = slices.Insert(out, at, p)
	}
	return out
}

func sameFile(a, b string) bool {
	return a == b || filepath.Clean(a) == filepath.Clean(b)
}

// Paths returns the files in order, by their names.
func (s *Set) Paths() []string {
	var paths []string
	for _, p := range s.parts {
		paths = append(paths, p.name)
	}
	return paths
}

// Size returns the bytes of all files when the set was opened.
func (s *Set) Size() int64 { return s.size }

// What returns what was recorded, in the words of the recording; "" if it does not say.
func (s *Set) What() string { return s.parts[0].header.What }

// Started returns when the first recording began; zero if it does not say.
func (s *Set) Started() time.Time { return s.parts[0].header.Started }

// missingBefore reports whether parts of the same recording are missing before part i.
func (s *Set) missingBefore(i int) bool {
	p := s.parts[i].header
	if i == 0 || !s.parts[i].continues(s.parts[i-1]) {
		return p.Part > 1
	}
	return s.parts[i-1].header.Part+1 != p.Part
}
