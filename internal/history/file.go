package history

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"joltui/internal/atomicfile"
	"joltui/internal/folders"
)

// The bounds of a file, in messages and bytes. It may grow to twice as much before the
// oldest are removed, so that the file is not rewritten for each message.
const (
	MaxMessages = 1000
	MaxBytes    = 4 << 20
)

// How long to wait for the lock, and how often to try. The process that holds it writes no
// more than some megabytes.
const (
	lockTimeout = 5 * time.Second
	lockRetry   = 5 * time.Millisecond
)

// Message is what was published. With Template, Data is what the payload was made
// from, not what was sent.
type Message struct {
	At       time.Time `json:"at"`
	Topic    string    `json:"topic"`
	Data     string    `json:"data"`
	Template bool      `json:"template,omitempty"`
}

// DefaultPath is where joltui's history is: joltui/published.ndjson in the state
// folder of the XDG base directories. It is empty where there is no home folder.
func DefaultPath() string { return folders.State("published.ndjson") }

// File is a history on disk. It is safe for concurrent use, by several processes
// too: whoever reads or writes holds the lock of a file beside it.
type File struct {
	path    string
	pending pending
	turn    chan struct{} // a mutex within this process: lock belongs to the process as a whole
	lock    *flock.Flock
	lines   int // how many the file had when it was last read or written
}

// New returns the history at path. Neither it nor its folder has to exist.
func New(path string) *File {
	return &File{path: path, turn: make(chan struct{}, 1), lock: flock.New(path+".lock", flock.SetPermissions(0o600))}
}

// Path returns the path of the file.
func (f *File) Path() string { return f.path }

// Load returns what is kept, the oldest first: at most [MaxMessages], of at most
// [MaxBytes] as they stand in the file. Lines that cannot be understood, such as
// half of one after a crash, are skipped and counted.
func (f *File) Load() (messages []Message, skipped int, err error) {
	if _, err := os.Stat(f.path); errors.Is(err, os.ErrNotExist) {
		return nil, 0, nil // reading makes no folder
	}
	ctx, cancel := context.WithTimeout(context.Background(), lockTimeout)
	defer cancel()
	err = f.locked(ctx, func() error {
		var lines [][]byte
		if lines, err = readLines(f.path); err != nil {
			return err
		}
		f.lines = len(lines)
		for _, line := range newest(lines) {
			var m Message
			if json.Unmarshal(line, &m) != nil || m.Topic == "" {
				skipped++
				continue
			}
			messages = append(messages, m)
		}
		return nil
	})
	return messages, skipped, err
}

// locked calls do while nobody else reads or writes the file, unless ctx ends before it gets
// the lock.
func (f *File) locked(ctx context.Context, do func() error) error {
	err := f.held()
	select {
	case f.turn <- struct{}{}:
		err = f.lockedFile(ctx, do)
		<-f.turn
	case <-ctx.Done():
	}
	if err != nil {
		return fmt.Errorf("history: %w", err)
	}
	return nil
}

func (f *File) lockedFile(ctx context.Context, do func() error) error {
	if err := os.MkdirAll(filepath.Dir(f.path), 0o700); err != nil {
		return err
	}
	if locked, err := f.lock.TryLockContext(ctx, lockRetry); !locked {
		if ctx.Err() != nil {
			err = f.held()
		}
		return err
	}
	defer f.lock.Unlock()
	return do()
}

func (f *File) held() error {
	return fmt.Errorf("another process holds %s: perhaps one that was stopped", f.lock.Path())
}

// shorten removes all but the newest messages. It replaces the file as a whole: a crash
// leaves the old one or the new one.
func (f *File) shorten() error {
	lines, err := readLines(f.path)
	if err != nil {
		return err
	}
	lines = newest(lines)
	var text []byte
	for _, line := range lines {
		text = append(append(text, line...), '\n')
	}
	if err := atomicfile.Write(f.path, text); err != nil {
		return err
	}
	f.lines = len(lines)
	return nil
}
