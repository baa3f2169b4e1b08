package dashboard

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"syscall"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"

	"joltui/internal/inherit"
	"joltui/ui"
)

const (
	// lastWords is how long a program may take to end when the dashboard has to. An
	// editor puts down what was not saved then: vim in its swap file, nano in a file
	// beside the one it edits.
	lastWords = 500 * time.Millisecond
	// hangupCheck is how often it is seen to that the terminal is still there. No
	// signal says so where it does not control the process, or SIGHUP is ignored.
	hangupCheck = 200 * time.Millisecond
)

// foreground gives the terminal of a dashboard to other programs, one at a time.
type foreground struct {
	ctx     context.Context // ends when the dashboard has to
	gone    func()          // called when there is no terminal any more
	signals *signals
	in, out *os.File // the terminal
	errs    io.Writer
	display io.Writer // the terminal as the dashboard writes to it
}

// run runs a program, which has the terminal meanwhile, and gives it back as it was
// before; see [ui.Options.Foreground].
func (f *foreground) run(cmd *exec.Cmd) error {
	// The terminal itself: in place of all else the program would find a pipe.
	cmd.Stdin, cmd.Stdout, cmd.Stderr = f.in, f.out, f.errs
	defer f.signals.leaveInterrupts()()
	if before, err := term.GetState(f.in.Fd()); err == nil {
		defer term.Restore(f.in.Fd(), before)
	}
	inherit.Nothing()
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	err := f.wait(ended)
	ending := errors.Is(err, ui.ErrEnding)
	if ending {
		err = end(cmd.Process, ended)
	}
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() < 0) { // it could not tidy up
		io.WriteString(f.display, tidy)
	}
	if ending {
		return ui.ErrEnding
	}
	return err
}

// wait returns what came of a program, or [ui.ErrEnding] when the dashboard has to
// end before.
func (f *foreground) wait(ended <-chan error) error {
	check := time.NewTicker(hangupCheck)
	defer check.Stop()
	for {
		select {
		case err := <-ended:
			return err
		case <-check.C:
			if hungUp(f.in) {
				f.gone() // which ends the context
			}
		case <-f.ctx.Done():
			return ui.ErrEnding
		}
	}
}

// end has a program end, and returns what came of it. One that cannot be ended is
// left alone.
func end(p *os.Process, ended <-chan error) error {
	if p.Signal(syscall.SIGTERM) == nil { // Windows has no such signal
		if err := within(lastWords, ended); !errors.Is(err, errRunning) {
			return err
		}
	}
	p.Kill()
	return within(lastWords/5, ended)
}

var errRunning = errors.New("it is still running")

// within returns what came of a program, or errRunning after d.
func within(d time.Duration, ended <-chan error) error {
	late := time.NewTimer(d)
	defer late.Stop()
	select {
	case err := <-ended:
		return err
	case <-late.C:
		return errRunning
	}
}

// tidy turns off what an editor turns on, for one that could not do so itself.
const tidy = ansi.ResetModeAltScreenSaveCursor + ansi.ResetModeCursorKeys + ansi.KeypadNumericMode +
	ansi.ResetModeMouseNormal + ansi.ResetModeMouseButtonEvent + ansi.ResetModeMouseAnyEvent + ansi.ResetModeMouseExtSgr +
	ansi.ResetModeFocusEvent + ansi.ResetModeBracketedPaste + ansi.ResetStyle
