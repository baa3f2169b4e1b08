package clipboard

import (
	"context"
	"errors"
	"sync"
)

var errClosed = errors.New("the dashboard ended")

// latest runs one function at a time, the latest one: a new call ends the one that is under
// way.
type latest struct {
	all  context.Context // ends with close
	end  context.CancelCauseFunc
	turn chan struct{} // has room for one

	mu       sync.Mutex
	endOther context.CancelCauseFunc // of what was asked for last
}

func newLatest() *latest {
	l := &latest{turn: make(chan struct{}, 1)}
	l.all, l.end = context.WithCancelCause(context.Background())
	return l
}

// do calls f and returns its error, or [ErrReplaced] if a later call came first.
func (l *latest) do(f func(context.Context) error) error {
	ctx, end := context.WithCancelCause(l.all)
	defer end(nil)
	l.mu.Lock()
	if l.endOther != nil {
		l.endOther(ErrReplaced)
	}
	l.endOther = end
	l.mu.Unlock()
	l.turn <- struct{}{}
	defer func() { <-l.turn }()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return f(ctx)
}

// close ends the function that is under way, and returns when it has ended.
func (l *latest) close() {
	l.end(errClosed)
	l.turn <- struct{}{}
	<-l.turn
}
