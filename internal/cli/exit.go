package cli

import (
	"errors"
	"fmt"
)

// Exit codes. They tell scripts what kind of failure it was.
const (
	exitOK           = 0
	exitFailed       = 1
	exitUsage        = 2 // wrong flags, arguments or configuration, or no terminal
	exitRejected     = 3 // the broker refused
	exitNoConnection = 4
	exitGap          = 5   // all went well, but messages may be missing
	exitTimeout      = 124 // that of timeout(1)
)

// Errors of commands that were ended before they were done.
var (
	errInterrupted = errors.New("interrupted")    // by a signal
	errTimeout     = errors.New("the time is up") // of --timeout; also the cause of a context that it has ended
	errTimeUp      = &exitError{exitTimeout, errTimeout}
)

// exitError is an error with the exit code it stands for.
type exitError struct {
	code int
	err  error
}

// Error implements error.
func (e *exitError) Error() string { return e.err.Error() }

// Unwrap returns the error without its code.
func (e *exitError) Unwrap() error { return e.err }

// usageError is an error of whoever has typed the command; it is formatted as by
// [fmt.Errorf].
func usageError(format string, args ...any) error {
	return &exitError{exitUsage, fmt.Errorf(format, args...)}
}

// exitCode is what a process ends with whose command has returned err.
func exitCode(err error) int {
	var failed *exitError
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &failed):
		return failed.code
	}
	return exitFailed
}

// words are those of an error; none of nil.
func words(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
