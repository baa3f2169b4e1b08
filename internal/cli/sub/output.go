package sub

import (
	"errors"
	"io"
	"io/fs"
	"os"

	"github.com/charmbracelet/x/term"

	"joltui/internal/cli/exit"
	"joltui/internal/cli/process"
)

// output is where the data of a command goes.
type output struct {
	io.Writer
	file     *os.File // nil for stdout
	stdout   *os.File // nil for a file, and where stdout is none
	terminal bool
}

// open opens what --output names, else stdout.
func (s *flags) open(env process.Env) (*output, error) {
	if s.output == "" {
		f, ok := process.FileOf(env.Stdout)
		return &output{Writer: env.Stdout, stdout: f, terminal: ok && term.IsTerminal(f.Fd())}, nil
	}
	mode := os.O_CREATE | os.O_WRONLY | os.O_EXCL
	if s.append {
		mode = os.O_CREATE | os.O_WRONLY | os.O_APPEND
	}
	f, err := os.OpenFile(s.output, mode, 0o600)
	switch {
	case errors.Is(err, fs.ErrExist):
		return nil, exit.Usagef("--output %s exists: give another name, or --append", s.output)
	case err != nil:
		return nil, exit.Usagef("--output: %w", err)
	}
	return &output{Writer: f, file: f}, nil
}

// close ends the output, and returns err or what went wrong with closing.
func (o *output) close(err error) error {
	if o.file == nil {
		return err
	}
	return errors.Join(err, o.file.Close())
}
