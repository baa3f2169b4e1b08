package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"joltui/internal/background"
	"joltui/internal/history"
	"joltui/ui"
	"joltui/ui/loop"
)

// surroundings are what a dashboard has of the machine around it: the terminal, the
// clipboard, an editor, the history.
type surroundings struct {
	shown     *display
	history   *history.File // nil: nothing is kept
	farewells farewells
	close     func()
}

// surround gives o what there is around a dashboard that has to end with guard. gone is
// called when the terminal is there no more.
func surround(env Env, guard *loop.Guard, signals *signals, gone func(), s session, o *ui.Options) *surroundings {
	out, _ := fileOf(env.Stdout) // needTerminal has seen to that
	around := &surroundings{shown: newDisplay(out), history: s.history}
	guard.Go(around.shown.run)
	copies := systemClipboard(env, around.shown)
	other := &foreground{
		ctx: guard.Context(), gone: gone, signals: signals,
		in: env.Stdin, out: out, errs: env.Stderr, display: around.shown,
	}
	o.Renderer, o.Terminal = renderer(env), around.shown
	if background.Asks(env.Getenv) {
		o.AskBackground = func() { io.WriteString(around.shown, background.Question) }
	}
	o.Clipboard, o.Bell = copies, ringer(around.shown, s.bell)
	o.Foreground, o.Farewell = other.run, around.farewells.add
	if s.history != nil {
		o.History = s.history
	}
	around.close = func() {
		around.shown.Close()
		copies.Close()
	}
	return around
}

// historyPatience is how long leaving the dashboard waits for the history.
const historyPatience = time.Second / 2

// leave is for when the dashboard has ended: what it has started is ended, and what the
// user has to know is told.
func (a *surroundings) leave(env Env) {
	a.close()
	if a.history != nil {
		ctx, cancel := context.WithTimeout(context.Background(), historyPatience)
		defer cancel()
		switch left, err := a.history.Finish(ctx); {
		case left > 0 && err == nil:
			err = errors.New("they were too many while it could not be written")
			fallthrough
		case left > 0:
			a.farewells.add(fmt.Sprintf("not kept for the next time: %s that you published: %v", several(left, "message"), err))
		}
	}
	a.farewells.tell(env.Stderr)
}
