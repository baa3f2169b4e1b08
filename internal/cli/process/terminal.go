package process

import (
	"io"
	"os"

	"github.com/charmbracelet/x/term"

	"joltui/internal/cli/exit"
	"joltui/internal/dashboard"
)

// NeedTerminal refuses to draw where nobody can see it or press a key.
func NeedTerminal(env Env) error {
	out, ok := FileOf(env.Stdout)
	if !ok || !term.IsTerminal(out.Fd()) || !term.IsTerminal(env.Stdin.Fd()) {
		return exit.Usagef("the dashboard needs a terminal: stdin and stdout must be one")
	}
	return nil
}

// Terminal is what a dashboard is shown on; [NeedTerminal] has seen that it is one.
func (e Env) Terminal() dashboard.Terminal {
	out, _ := FileOf(e.Stdout)
	return dashboard.Terminal{In: e.Stdin, Out: out, Err: e.Stderr, Getenv: e.Getenv, Hooks: e.Hooks}
}

// FileOf returns the file behind what a command prints to, if there is one.
func FileOf(w io.Writer) (f *os.File, ok bool) {
	if s, wrapped := w.(*Stdout); wrapped {
		w = s.Writer
	}
	f, ok = w.(*os.File)
	return f, ok
}
