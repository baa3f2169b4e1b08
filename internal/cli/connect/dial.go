package connect

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"joltui/internal/cli/exit"
	"joltui/internal/cli/process"
	"joltui/internal/human"
	"joltui/jolt"
)

// dial connects once: a command that a script runs says at once that it cannot.
func dial(ctx context.Context, cfg jolt.Config) (*jolt.Client, error) {
	dialing, cancel := context.WithTimeout(ctx, Timeout(cfg))
	defer cancel()
	client, err := jolt.Dial(dialing, cfg)
	if err == nil {
		return client, nil
	}
	switch {
	case process.TimedOut(ctx):
		return nil, &exit.Error{Code: exit.TimeUp, Err: fmt.Errorf("the time was up before there was a connection to %s", cfg.Addr)}
	case ctx.Err() != nil:
		return nil, exit.ErrInterrupted
	}
	return nil, Failure(cfg.Addr, err)
}

// Timeout bounds all of a first connection: also a broker that takes it and is
// silent, or has a login to check.
func Timeout(cfg jolt.Config) time.Duration {
	return cmp.Or(cfg.ConnectTimeout, 10*time.Second)
}

// Failure words why there is no connection, and gives it its exit code.
func Failure(addr string, err error) error {
	var (
		rejected *jolt.RejectedError
		goodbye  *jolt.BrokerError
	)
	switch {
	case Farewell(err) != nil:
		return plain{Farewell(err)}
	case errors.Is(err, jolt.ErrBadConfig), errors.Is(err, jolt.ErrBadTopic), errors.Is(err, jolt.ErrInvalidUTF8):
		return &exit.Error{Code: exit.Usage, Err: plain{err}}
	case errors.As(err, &rejected):
		return &exit.Error{Code: exit.Rejected, Err: Refusal(rejected)}
	case errors.As(err, &goodbye):
		return &exit.Error{Code: exit.Rejected, Err: fmt.Errorf("the broker ended the connection: %s", advised(goodbye.Text, err))}
	}
	return &exit.Error{Code: exit.NoConnection, Err: fmt.Errorf("no connection to %s: %s", addr, advised(human.Cause(err), err))}
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

// Refusal words what the broker refused, with its own words and, if that is known, what helps.
func Refusal(r *jolt.RejectedError) error {
	words := advised(r.Text, r)
	if r.Topic == "" {
		return fmt.Errorf("the broker refused %s: %s", r.Op, words)
	}
	return fmt.Errorf("the broker refused %s %q: %s", r.Op, r.Topic, words)
}

// LoginRefused reports whether an error is that the broker has refused the login, and not
// only for want of time.
func LoginRefused(err error) bool {
	var rejected *jolt.RejectedError
	return errors.As(err, &rejected) && rejected.Op == jolt.OpAuth && rejected.Code() != jolt.CodeBusy
}

// Farewell turns the cause for which the client gave up into an error that is
// still there when the screen is gone.
func Farewell(cause error) error {
	var rejected *jolt.RejectedError
	switch {
	case errors.Is(cause, jolt.ErrUnsafeAuth):
		return &exit.Error{Code: exit.Usage, Err: fmt.Errorf("%w: use a TLS proxy, or allow it with --insecure-plaintext-auth", cause)}
	case errors.As(cause, &rejected) && rejected.Code() == jolt.CodeBusy:
		return &exit.Error{Code: exit.NoConnection, Err: fmt.Errorf("the broker has no time now for %s: %s", rejected.Op, rejected.Text)}
	case LoginRefused(cause) && errors.As(cause, &rejected) && human.Remedy(rejected) != "":
		return &exit.Error{Code: exit.Rejected, Err: Refusal(rejected)}
	case LoginRefused(cause) && errors.As(cause, &rejected):
		return &exit.Error{Code: exit.Rejected, Err: fmt.Errorf("the broker refused the login (%s): check --user and the password", rejected.Text)}
	}
	return nil
}
