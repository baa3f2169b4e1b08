// Package past keeps what was published, for the next time: a file with one JSON
// object a line, the oldest first, which several processes may share.
package past

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/adrg/xdg"
	"github.com/gofrs/flock"

	"joltui/atomicfile"
)

// What a file keeps: so many messages, in so many bytes. It grows to twice as
// much before the oldest go, so that not each message rewrites it.
const (
	MaxMessages = 1000
	MaxBytes    = 4 << 20
)

// How long to wait for the lock, and how often to try. Whoever holds it writes
// some megabytes at most.
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
// folder of the XDG base directories.
func DefaultPath() string { return filepath.Join(xdg.StateHome, "joltui", "published.ndjson") }

// File is a history on disk. It is safe for concurrent use, by several processes
// too: whoever reads or writes holds the lock of a file beside it.
type File struct {
	path  string
	mu    sync.Mutex // lock belongs to the process as a whole
	lock  *flock.Flock
	lines int // in the file as far as is known
}

// New returns the history at path. Neither it nor its folder has to exist.
func New(path string) *File {
	return &File{path: path, lock: flock.New(path+".lock", flock.SetPermissions(0o600))}
}

// Path is where the file is.
func (f *File) Path() string { return f.path }

// Load returns what is kept, the oldest first: at most [MaxMessages], of at most
// [MaxBytes] as they stand in the file. Lines that cannot be understood, such as
// half of one after a crash, are skipped and counted.
func (f *File) Load() (messages []Message, skipped int, err error) {
	if _, err := os.Stat(f.path); errors.Is(err, os.ErrNotExist) {
		return nil, 0, nil // no folder is made for somebody who only looks
	}
	err = f.locked(func() error {
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

// Add appends messages. One that is too long to be kept is left out, and told.
func (f *File) Add(messages ...Message) error {
	var text bytes.Buffer
	var failed error
	added := 0
	for _, m := range messages {
		line, err := json.Marshal(m)
		if err == nil && len(line) >= MaxBytes {
			err = fmt.Errorf("a message on %q is too long for the history, which keeps %d MiB", m.Topic, MaxBytes>>20)
		}
		if err != nil {
			failed = err
			continue
		}
		text.Write(append(line, '\n'))
		added++
	}
	if added == 0 {
		return failed
	}
	return errors.Join(failed, f.locked(func() error {
		size, err := appendTo(f.path, text.Bytes())
		if err != nil {
			return err
		}
		if f.lines += added; f.lines > 2*MaxMessages || size > 2*MaxBytes {
			return f.shorten()
		}
		return nil
	}))
}

// locked does something while no other process reads or writes the file.
func (f *File) locked(do func() error) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := os.MkdirAll(filepath.Dir(f.path), 0o700); err != nil {
		return fmt.Errorf("history: %w", err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), lockTimeout)
	defer cancel()
	if _, err := f.lock.TryLockContext(ctx, lockRetry); err != nil {
		if errors.Is(err, context.DeadlineExceeded) {
			err = fmt.Errorf("another process holds %s", f.lock.Path())
		}
		return fmt.Errorf("history: %w", err)
	}
	defer f.lock.Unlock()
	if err := do(); err != nil {
		return fmt.Errorf("history: %w", err)
	}
	return nil
}

// shorten leaves only the newest messages. The file is replaced as a whole: a
// crash leaves the old one or the new one.
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
