package process

import (
	"errors"
	"io"
	"sync"
	"syscall"
)

// Stdout is where the results of all commands go. It keeps the first error, so that no
// command says success before the write that makes it true, whatever it prints with.
type Stdout struct {
	io.Writer
	mu  sync.Mutex
	err error
}

// Write implements io.Writer. After an error nothing more is written.
func (s *Stdout) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.Writer.Write(p)
	s.err = err
	return n, err
}

// Verdict is that of a command which has ended with err: its own, unless what it has
// printed was not written. That nobody reads any more, as in sub | head -1, is the
// reader's affair and no fault.
func (s *Stdout) Verdict(err error) error {
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
