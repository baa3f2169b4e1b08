package keys

import (
	"io"
	"os"
	"runtime"
	"sync/atomic"

	"joltui/internal/bom"
)

// maxFile bounds what is read: some ten thousand keys.
const maxFile = 4 << 20

// File is a file of keys that can be read again while the server runs. Its methods are safe for
// concurrent use.
type File struct {
	path  string
	check func(Grant) error
	set   atomic.Pointer[Set]
}

// Open reads the file at path. check, if not nil, can refuse a grant, such as one whose profile
// does not exist. What is wrong with the content is a [*FileError].
func Open(path string, check func(Grant) error) (*File, error) {
	f := &File{path: path, check: check}
	return f, f.Reload()
}

// Reload reads the file again. After an error, what it held before is still in force.
func (f *File) Reload() error {
	data, err := f.read()
	if err != nil {
		return err
	}
	set, err := Parse(f.path, data, f.check)
	if err != nil {
		return err
	}
	f.set.Store(set)
	return nil
}

func (f *File) read() ([]byte, error) {
	file, err := os.Open(f.path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o022 != 0 {
		return nil, &FileError{File: f.path, Reason: "others than its owner can write it, and so let themselves in: chmod go-w the file"}
	}
	data, err := io.ReadAll(io.LimitReader(file, maxFile+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxFile {
		return nil, &FileError{File: f.path, Reason: "it is larger than 4 MiB, and no file of keys"}
	}
	return bom.Cut(data), nil
}

// Admit returns who logs in, or why they may not: see [Set.Admit].
func (f *File) Admit(l Login) (Viewer, error) { return f.set.Load().Admit(l) }

// Len returns how many keys and authorities there are.
func (f *File) Len() int { return f.set.Load().Len() }
