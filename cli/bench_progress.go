package cli

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"

	"joltui/load"
	"joltui/printable"
	"joltui/ui/views"
)

// progressLine is one line of a terminal that is written again and again. It
// needs nothing of the terminal but a carriage return.
type progressLine struct {
	w     io.Writer  // nil where nobody would see it
	width func() int // of the terminal, in cells
	cells int        // that the line takes now
}

// newProgressLine shows progress on stderr if that is a terminal.
func newProgressLine(env Env, b benchFlags) *progressLine {
	p := terminalLine(env, b.silent)
	p.say("connecting to " + printable.Line(b.load.Client.Addr))
	return p
}

// terminalLine returns a line on stderr if that is a terminal.
func terminalLine(env Env, silent bool) *progressLine {
	f, ok := env.Stderr.(*os.File)
	if silent || !ok || !term.IsTerminal(f.Fd()) {
		return &progressLine{}
	}
	return &progressLine{w: f, width: func() int {
		if w, _, err := term.GetSize(f.Fd()); err == nil {
			return w
		}
		return 80
	}}
}

// say writes text where somebody sees it.
func (p *progressLine) say(text string) {
	if p.w != nil {
		p.write(text)
	}
}

func (p *progressLine) show(now load.Progress) {
	p.say(progressText(now))
}

// clear leaves an empty line, with the cursor at its beginning. Where ctrl+c
// was pressed the terminal has put ^C behind the text.
func (p *progressLine) clear() {
	if p.w != nil {
		p.cells += len("^C")
		p.write("")
		io.WriteString(p.w, "\r")
	}
}

// write puts text in place of the line before, and leaves the last column
// alone: some terminals go to the next line after it.
func (p *progressLine) write(text string) {
	room := max(p.width()-1, 0)
	text = ansi.Truncate(text, room, "…")
	cells := ansi.StringWidth(text)
	fmt.Fprintf(p.w, "\r%s%s", text, strings.Repeat(" ", max(0, min(p.cells, room)-cells)))
	p.cells = cells
}

func progressText(now load.Progress) string {
	stage := [...]string{load.Warmup: "warming up", load.Measuring: "measuring", load.Draining: "draining"}[now.Stage]
	parts := []string{fmt.Sprintf("%s %.1f s", stage, now.Elapsed.Seconds())}
	if now.Stage == load.Draining {
		parts = append(parts, count(now.Owed)+" messages still to come")
	} else {
		parts = append(parts, whole(now.Rate)+"/s", "p50 "+views.Duration(now.P50), "p99 "+views.Duration(now.P99))
	}
	parts = append(parts, "✓ "+count(now.Outcomes.Acknowledged))
	for _, bad := range []struct {
		mark string
		n    int64
	}{{"✗ ", now.Outcomes.Rejected}, {"? ", now.Outcomes.Unknown}} {
		if bad.n > 0 {
			parts = append(parts, bad.mark+count(bad.n))
		}
	}
	if now.Down > 0 {
		parts = append(parts, several(now.Down, "connection")+" lost")
	}
	return strings.Join(parts, "  ")
}
