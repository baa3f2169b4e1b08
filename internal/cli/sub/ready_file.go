package sub

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strconv"
	"strings"

	"joltui/internal/atomicfile"
	"joltui/internal/cli/exit"
	"joltui/internal/human"
)

// readyFile is a file that is there as long as a command is ready, with its process id;
// empty is none.
type readyFile string

// aProcess is what is in such a file, and in no other that somebody would miss.
var aProcess = regexp.MustCompile(`\A\d{1,10}\n\z`)

// clear removes one that an earlier run left behind: whoever waits for it must not find
// it. Another file of that name stays, and is an error.
func (r readyFile) clear() error {
	if r == "" {
		return nil
	}
	before, err := os.ReadFile(string(r))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return exit.Usagef("--ready-file: %w", err)
	case !aProcess.Match(before):
		return exit.Usagef("--ready-file %s exists, and is none: give another name", r)
	}
	return os.Remove(string(r))
}

// write makes the file, whole from the moment that it is there.
func (r readyFile) write() error {
	if r == "" {
		return nil
	}
	if err := atomicfile.Write(string(r), []byte(strconv.Itoa(os.Getpid())+"\n")); err != nil {
		return fmt.Errorf("--ready-file: %w", err)
	}
	return nil
}

// remove says that the command is ready no more.
func (r readyFile) remove() {
	if r != "" {
		os.Remove(string(r))
	}
}

// listed names topics, of many the first ones.
func listed(topics []string) string {
	const most = 5
	if len(topics) <= most {
		return strings.Join(topics, ", ")
	}
	return strings.Join(topics[:most], ", ") + fmt.Sprintf(" and %s more", human.Count(uint64(len(topics)-most)))
}
