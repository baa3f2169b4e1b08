package keys

import (
	"bytes"
	"fmt"
	"strings"

	"golang.org/x/crypto/ssh"

	"joltui/internal/printable"
)

// FileError says what is wrong with a file of keys.
type FileError struct {
	File   string
	Line   int    // counts from 1; 0 where it is about the file as a whole
	Reason string // printable
}

// Error returns "file:line: reason".
func (e *FileError) Error() string {
	if e.Line == 0 {
		return e.File + ": " + e.Reason
	}
	return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Reason)
}

// Set is the content of a file. It does not change, and is safe for concurrent use.
type Set struct {
	keys        map[string]*entry // by the key in SSH's wire format
	authorities map[string]*entry
}

// Len returns how many keys and authorities there are.
func (s *Set) Len() int { return len(s.keys) + len(s.authorities) }

// Parse reads the content of a file; its name is for errors, which are all [*FileError]. check,
// if not nil, can refuse a grant, such as one whose profile does not exist.
func Parse(file string, data []byte, check func(Grant) error) (*Set, error) {
	s := &Set{keys: make(map[string]*entry), authorities: make(map[string]*entry)}
	names, seen := make(map[string]int), make(map[string]int)
	for i, raw := range bytes.Split(data, []byte("\n")) {
		text := strings.Trim(string(raw), " \t\r")
		if text == "" || text[0] == '#' {
			continue
		}
		refused := func(format string, args ...any) error {
			return &FileError{File: file, Line: i + 1, Reason: fmt.Sprintf(format, args...)}
		}
		e, err := parseLine(text)
		if err != nil {
			return nil, refused("%v", err)
		}
		e.line = i + 1
		if check != nil {
			if err := check(e.grant); err != nil {
				return nil, refused("%s", printable.Line(err.Error()))
			}
		}
		if line, taken := names[e.name]; taken {
			return nil, refused("line %d has the name %q, too: give each key a comment of its own, it is the name of its viewer", line, e.name)
		}
		wire := string(e.key.Marshal())
		if line, taken := seen[wire]; taken {
			return nil, refused("line %d has this key, too: remove one of them", line)
		}
		names[e.name], seen[wire] = e.line, e.line
		s.add(wire, e)
	}
	return s, nil
}

func (s *Set) add(wire string, e *entry) {
	if e.authority {
		s.authorities[wire] = e
		return
	}
	e.fingerprint = ssh.FingerprintSHA256(e.key)
	s.keys[wire] = e
}
