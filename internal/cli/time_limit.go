package cli

import (
	"context"
	"errors"
	"time"
)

// errTimeUp ends a command whose --timeout is over.
var errTimeUp = &exitError{exitTimeout, errTimeout}

// limited is ctx with an end after the time of --timeout; 0 is none.
func limited(ctx context.Context, timeout time.Duration) (context.Context, context.CancelFunc) {
	if timeout == 0 {
		return ctx, func() {}
	}
	return context.WithTimeoutCause(ctx, timeout, errTimeout)
}

// timedOut reports whether the time is what has ended ctx.
func timedOut(ctx context.Context) bool { return errors.Is(context.Cause(ctx), errTimeout) }

// words are those of an error; none of nil.
func words(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
