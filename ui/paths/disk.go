package paths

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"unicode/utf8"

	"joltui/internal/human"
	"joltui/internal/topiclist"
)

// Files are the files of the machine on which the dashboard runs, as far as it reads what its
// user names. A path may begin with ~. The methods may block, and are called on several
// goroutines at once.
type Files interface {
	// Names returns the names in a folder, sorted, at most 10,000; those of folders end with
	// a separator. There are none where it cannot be read.
	Names(folder string) []string
	// Payload returns the content of a file, if that can be a payload: UTF-8, and at most
	// 1 MiB. The error names the file.
	Payload(path string) (string, error)
	// Topics returns the topics that a file lists, one a line.
	Topics(path string) ([]string, error)
}

// Disk is the files that the process can read.
type Disk struct{}

const (
	// mostNames bounds how many names of a folder are kept.
	mostNames = 10_000
	// maxPayload is the size of the longest payload, in bytes.
	maxPayload = 1 << 20
)

// Names returns the names in a folder.
func (Disk) Names(folder string) (names []string) {
	path := human.Home(folder)
	if path == "" {
		path = "."
	}
	entries, _ := os.ReadDir(path)
	for _, e := range entries[:min(len(entries), mostNames)] {
		name := e.Name()
		if e.IsDir() {
			name += string(filepath.Separator)
		}
		names = append(names, name)
	}
	return names
}

// Topics returns the topics that a file lists.
func (Disk) Topics(path string) ([]string, error) { return topiclist.ReadFile(path) }

// Payload returns the bytes of a file, if they can be a payload.
func (Disk) Payload(path string) (string, error) {
	path = human.Home(path)
	info, err := os.Stat(path)
	var failed *fs.PathError
	switch {
	case errors.As(err, &failed):
		return "", fmt.Errorf("%s: %w", path, failed.Err)
	case err != nil:
		return "", err
	case !info.Mode().IsRegular():
		return "", fmt.Errorf("%s is no regular file", path)
	case info.Size() > maxPayload:
		return "", fmt.Errorf("%s has %s, and a payload has at most 1 MiB", path, human.Bytes(uint64(info.Size())))
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	if at := invalidUTF8(data); at >= 0 {
		return "", fmt.Errorf("%s is not UTF-8 from byte %d on: messages are JSON text on the wire, which cannot carry other bytes", path, at+1)
	}
	return string(data), nil
}

// invalidUTF8 returns the index of the first byte that is not UTF-8, or -1.
func invalidUTF8(data []byte) int {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}
