package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"joltui/internal/heed"
	"joltui/internal/human"
	"joltui/jolt"
)

// interruptible ends with the first signal that asks the process to end. The
// second one ends the process at once.
func interruptible(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(ctx, heed.Heeded(os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)...)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// dial connects once: a command that a script runs says at once that it cannot.
func dial(ctx context.Context, cfg jolt.Config) (*jolt.Client, error) {
	dialing, cancel := context.WithTimeout(ctx, connectTimeout(cfg))
	defer cancel()
	client, err := jolt.Dial(dialing, cfg)
	if err == nil {
		return client, nil
	}
	switch {
	case timedOut(ctx):
		return nil, &exitError{exitTimeout, fmt.Errorf("the time was up before there was a connection to %s", cfg.Addr)}
	case ctx.Err() != nil:
		return nil, errInterrupted
	}
	return nil, connectError(cfg.Addr, err)
}

// connectTimeout bounds all of a first connection: also a broker that takes it and is
// silent, or has a login to check.
func connectTimeout(cfg jolt.Config) time.Duration {
	return cmp.Or(cfg.ConnectTimeout, 10*time.Second)
}

// connectError words why there is no connection, and gives it its exit code.
func connectError(addr string, err error) error {
	var (
		rejected *jolt.RejectedError
		goodbye  *jolt.BrokerError
	)
	switch {
	case farewell(err) != nil:
		return plain{farewell(err)}
	case errors.Is(err, jolt.ErrBadConfig), errors.Is(err, jolt.ErrBadTopic), errors.Is(err, jolt.ErrInvalidUTF8):
		return &exitError{exitUsage, plain{err}}
	case errors.As(err, &rejected):
		return &exitError{exitRejected, refusal(rejected)}
	case errors.As(err, &goodbye):
		return &exitError{exitRejected, fmt.Errorf("the broker ended the connection: %s", advised(goodbye.Text, err))}
	}
	return &exitError{exitNoConnection, fmt.Errorf("no connection to %s: %s", addr, advised(human.Cause(err), err))}
}

// plain is an error without the name of the package that it is from, which says nothing
// to whoever runs a command.
type plain struct{ error }

// Error implements error.
func (p plain) Error() string { return strings.ReplaceAll(p.error.Error(), "jolt: ", "") }
func (p plain) Unwrap() error { return p.error }

// advised adds what helps, if that is known.
func advised(words string, err error) string {
	if remedy := human.Remedy(err); remedy != "" {
		return words + ": " + remedy
	}
	return words
}

func refusal(r *jolt.RejectedError) error {
	words := advised(r.Text, r)
	if r.Topic == "" {
		return fmt.Errorf("the broker refused %s: %s", r.Op, words)
	}
	return fmt.Errorf("the broker refused %s %q: %s", r.Op, r.Topic, words)
}
