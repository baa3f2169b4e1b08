package dashboard

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"joltui/internal/background"
	"joltui/internal/history"
	"joltui/internal/human"
	"joltui/ui"
	"joltui/ui/loop"
	"joltui/ui/paths"
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
func surround(t Terminal, guard *loop.Guard, signals *signals, gone func(), s Session, o *ui.Options) *surroundings {
	around := &surroundings{shown: newDisplay(t.Out), history: s.History}
	guard.Go(around.shown.run)
	copies := systemClipboard(t, around.shown, !o.Away)
	other := &foreground{
		ctx: guard.Context(), gone: gone, signals: signals,
		in: t.In, out: t.Out, errs: t.Err, display: around.shown,
	}
	o.Renderer, o.Terminal = renderer(t), around.shown
	if background.Asks(t.Getenv) {
		o.AskBackground = func() { io.WriteString(around.shown, background.Question) }
	}
	o.Clipboard, o.Bell = copies, ringer(around.shown, s.Bell)
	o.Files, o.Context = paths.Disk{}, guard.Context()
	o.Foreground, o.Farewell = other.run, around.farewells.add
	if s.History != nil && !o.Away {
		o.History = s.History
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
func (a *surroundings) leave(t Terminal) {
	a.close()
	if a.history != nil {
		ctx, cancel := context.WithTimeout(context.Background(), historyPatience)
		defer cancel()
		switch left, err := a.history.Finish(ctx); {
		case left > 0 && err == nil:
			err = errors.New("they were too many while it could not be written")
			fallthrough
		case left > 0:
			a.farewells.add(fmt.Sprintf("not kept for the next time: %s that you published: %v", human.Counted(uint64(left), "message"), err))
		}
	}
	a.farewells.tell(t.Err)
}
