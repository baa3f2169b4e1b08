package dashboard

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"

	"joltui/internal/heed"
)

// signals are those that ask a dashboard to end.
type signals struct {
	interrupts chan os.Signal // SIGINT, unless that is for another program
}

// catchSignals returns a context that ends with the first of them. Bubble Tea's own
// handler can wait for ever for a program that has just ended (v1.3.10: an
// unconditional send), and takes no signal while another program has the terminal,
// so it is left out. stop ends the context, and gives the signals back.
func catchSignals(ctx context.Context) (_ context.Context, s *signals, stop func()) {
	ctx, stop = signal.NotifyContext(ctx, heed.Heeded(syscall.SIGTERM, syscall.SIGHUP)...)
	s = &signals{interrupts: make(chan os.Signal, 1)}
	heed.Notify(s.interrupts, os.Interrupt)
	go func() {
		defer signal.Stop(s.interrupts)
		select {
		case <-s.interrupts:
			stop()
		case <-ctx.Done():
		}
	}()
	return ctx, s, stop
}

// leaveInterrupts leaves SIGINT and SIGQUIT to another program until back is called,
// as git does for an editor. ctrl+c on a terminal goes to all programs that run on it
// together, and to many editors it is an ordinary key: it would end the dashboard as
// soon as the editor had ended, and the text be lost.
func (s *signals) leaveInterrupts() (back func()) {
	theirs := make(chan os.Signal, 1) // nobody reads it
	heed.Notify(theirs, os.Interrupt, syscall.SIGQUIT)
	signal.Stop(s.interrupts)
	return func() {
		// An interrupt that has ended the other program may not have been handed out
		// here yet. Stop returns when it has, and then it was theirs.
		late := make(chan os.Signal, 1)
		heed.Notify(late, os.Interrupt)
		signal.Stop(late)
		heed.Notify(s.interrupts, os.Interrupt)
		signal.Stop(theirs)
	}
}

// retake is a program that has the terminal for no time: when it ends, Bubble Tea takes
// the terminal as if it had not had it before.
type retake struct{}

// Run does nothing.
func (retake) Run() error          { return nil }
func (retake) SetStdin(io.Reader)  {}
func (retake) SetStdout(io.Writer) {}
func (retake) SetStderr(io.Writer) {}
