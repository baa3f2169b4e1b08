package process

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
)

// ProgressLine is one line of a terminal that is written again and again. It
// needs nothing of the terminal but a carriage return.
type ProgressLine struct {
	w     io.Writer  // nil where nobody would see it
	width func() int // of the terminal, in cells
	cells int        // that the line has taken at its widest; the cursor stands behind them
}

// NewProgressLine returns a line of stderr, if that is a terminal and nobody wants silence.
func NewProgressLine(env Env, silent bool) *ProgressLine {
	f, ok := env.Stderr.(*os.File)
	if silent || !ok || !term.IsTerminal(f.Fd()) {
		return &ProgressLine{}
	}
	return &ProgressLine{w: f, width: func() int {
		if w, _, err := term.GetSize(f.Fd()); err == nil {
			return w
		}
		return 80
	}}
}

// Say writes text if somebody sees it.
func (p *ProgressLine) Say(text string) {
	if p.w != nil {
		p.write(text)
	}
}

// Keep writes what text returns, ten times a second if somebody sees it, until stop is
// called.
func (p *ProgressLine) Keep(text func() string) (stop func()) {
	if p.w == nil {
		return func() {}
	}
	quit, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(100 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-quit:
				p.Clear()
				return
			case <-tick.C:
				p.write(text())
			}
		}
	}()
	return func() {
		close(quit)
		<-done
	}
}

// Clear leaves an empty line, with the cursor at its beginning. Where ctrl+c
// was pressed the terminal has put ^C behind the text.
func (p *ProgressLine) Clear() {
	if p.w != nil {
		p.cells += len("^C")
		p.write("")
		io.WriteString(p.w, "\r")
	}
}

// write puts text in place of the line before, and leaves the last column
// alone: some terminals go to the next line after it.
func (p *ProgressLine) write(text string) {
	room := max(p.width()-1, 0)
	text = ansi.Truncate(text, room, "…")
	cells := ansi.StringWidth(text)
	fmt.Fprintf(p.w, "\r%s%s", text, strings.Repeat(" ", max(0, min(p.cells, room)-cells)))
	p.cells = max(p.cells, cells)
}
