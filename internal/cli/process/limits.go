package process

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
	"time"

	"joltui/internal/cli/exit"
	"joltui/internal/heed"
)

// Limited is ctx with an end after the time of --timeout; 0 is none. The cause of that end
// is [exit.ErrTimeout].
func Limited(ctx context.Context, timeout time.Duration) (context.Context, context.CancelFunc) {
	if timeout == 0 {
		return ctx, func() {}
	}
	return context.WithTimeoutCause(ctx, timeout, exit.ErrTimeout)
}

// TimedOut reports whether the time is what has ended ctx.
func TimedOut(ctx context.Context) bool { return errors.Is(context.Cause(ctx), exit.ErrTimeout) }

// Interruptible ends with the first signal that asks the process to end. The
// second one ends the process at once.
func Interruptible(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(ctx, heed.Heeded(os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)...)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// Until waits for a time, which may be past. Its error is that of a context that has ended.
func Until(ctx context.Context, t time.Time) error {
	wait := time.Until(t)
	if wait <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
