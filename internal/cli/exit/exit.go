package exit

import (
	"errors"
	"fmt"
)

// Exit codes. They tell scripts what kind of failure it was.
const (
	OK           = 0
	Failed       = 1
	Usage        = 2 // wrong flags, arguments or configuration, or no terminal
	Rejected     = 3 // the broker refused
	NoConnection = 4
	Gap          = 5   // all went well, but messages may be missing
	TimeUp       = 124 // that of timeout(1)
)

// Errors of commands that were ended before they were done.
var (
	ErrInterrupted = errors.New("interrupted")    // by a signal
	ErrTimeout     = errors.New("the time is up") // of --timeout; also the cause of a context that it has ended
	ErrTimeUp      = &Error{TimeUp, ErrTimeout}
)

// Error is an error with the exit code it stands for.
type Error struct {
	Code int
	Err  error
}

// Error implements error.
func (e *Error) Error() string { return e.Err.Error() }

// Unwrap returns the error without its code.
func (e *Error) Unwrap() error { return e.Err }

// Usagef returns an error of whoever has typed the command; it is formatted as by
// [fmt.Errorf].
func Usagef(format string, args ...any) error {
	return &Error{Usage, fmt.Errorf(format, args...)}
}

// Code is what a process ends with whose command has returned err.
func Code(err error) int {
	var failed *Error
	switch {
	case err == nil:
		return OK
	case errors.As(err, &failed):
		return failed.Code
	}
	return Failed
}

// Words are those of an error; none of nil.
func Words(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
