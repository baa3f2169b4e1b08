package cli

import (
	"errors"
	"io"
	"os"
	"sync"
	"syscall"
)

// stdout is where the results of all commands go. It keeps the first error, so that no
// command says success before the write that makes it true, whatever it prints with.
type stdout struct {
	io.Writer
	mu  sync.Mutex
	err error
}

// Write implements io.Writer. After an error nothing more is written.
func (s *stdout) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.Writer.Write(p)
	s.err = err
	return n, err
}

// verdict is that of a command which has ended with err: its own, unless what it has
// printed was not written. That nobody reads any more, as in sub | head -1, is the
// reader's affair and no fault.
func (s *stdout) verdict(err error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.err == nil, errors.Is(err, s.err) && !errors.Is(err, syscall.EPIPE):
		return err
	case !errors.Is(s.err, syscall.EPIPE):
		return errors.Join(err, s.err)
	case errors.Is(err, syscall.EPIPE):
		return nil
	}
	return err
}

// fileOf returns the file behind what a command prints to, if there is one.
func fileOf(w io.Writer) (f *os.File, ok bool) {
	if s, wrapped := w.(*stdout); wrapped {
		w = s.Writer
	}
	f, ok = w.(*os.File)
	return f, ok
}

// reasons are the errors that an error joins, each once, in words.
func reasons(err error) []string {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []string{err.Error()}
	}
	var all []string
	text := ""
	for i, e := range joined.Unwrap() {
		if i > 0 {
			text += "\n"
		}
		text += e.Error()
		for _, reason := range reasons(e) {
			if len(all) == 0 || all[len(all)-1] != reason {
				all = append(all, reason)
			}
		}
	}
	if text != err.Error() { // it only wraps several
		return []string{err.Error()}
	}
	return all
}
