package e2e

import (
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
)

// soon is how long a program may take to give the terminal back.
const soon = time.Second

// lineDiscipline is what the program may have changed by tcsetattr; nil when
// the terminal is gone.
func (x *terminal) lineDiscipline() *term.State {
	// Not tty.Fd(): that would make reads that Close does not end.
	conn, err := x.tty.SyscallConn()
	if err != nil {
		return nil
	}
	var state *term.State
	conn.Control(func(fd uintptr) { state, _ = term.GetState(fd) })
	return state
}

// inherent are the modes that a terminal is in by itself; all others are off.
var inherent = map[ansi.Mode]bool{ansi.ModeTextCursorEnable: true, ansi.ModeAutoWrap: true}

// changes names everything that is not as it was before the program started.
func (x *terminal) changes() []string {
	var changes []string
	for mode, on := range x.modes {
		switch {
		case on && !inherent[mode]:
			changes = append(changes, "left on: "+ansi.SetMode(mode)[1:])
		case !on && inherent[mode]:
			changes = append(changes, "left off: "+ansi.SetMode(mode)[1:])
		}
	}
	if now := x.lineDiscipline(); now == nil || *now != *x.before {
		changes = append(changes, "another line discipline")
	}
	if !strings.HasPrefix(x.screen.String(), x.prior) {
		changes = append(changes, "what was on the screen is gone")
	}
	return changes
}

// expect says what is left of what was on the screen before the program, where
// that is less than all.
func (x *terminal) expect(prior string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.prior = prior
}

// watch notes since when the terminal is as it was.
func (x *terminal) watch() {
	switch back := len(x.changes()) == 0; {
	case !back:
		x.backAt = time.Time{}
	case x.backAt.IsZero():
		x.backAt = time.Now()
	}
}

// unharmed reports whether the terminal is as it was.
func (x *terminal) unharmed() bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	return len(x.changes()) == 0
}

// restored checks that the terminal is as it was.
func (x *terminal) restored() {
	x.t.Helper()
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, change := range x.changes() {
		x.t.Errorf("%s; the screen:\n%s", change, x.screen.String())
	}
}

// restoredSince checks as well that it did not take long.
func (x *terminal) restoredSince(begin time.Time) {
	x.t.Helper()
	x.restored()
	x.mu.Lock()
	defer x.mu.Unlock()
	if took := x.backAt.Sub(begin); took > soon {
		x.t.Errorf("the terminal was given back after %s", took)
	}
	x.t.Logf("given back after %s", x.backAt.Sub(begin).Round(time.Millisecond))
}
