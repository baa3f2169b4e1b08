package cli

import (
	"io"
	"os"

	"github.com/charmbracelet/x/term"

	"joltui/internal/dashboard"
)

// needTerminal refuses to draw where nobody can see it or press a key.
func needTerminal(env Env) error {
	out, ok := fileOf(env.Stdout)
	if !ok || !term.IsTerminal(out.Fd()) || !term.IsTerminal(env.Stdin.Fd()) {
		return usageError("the dashboard needs a terminal: stdin and stdout must be one")
	}
	return nil
}

// terminal is what a dashboard is shown on; needTerminal has seen that it is one.
func (e Env) terminal() dashboard.Terminal {
	out, _ := fileOf(e.Stdout)
	return dashboard.Terminal{In: e.Stdin, Out: out, Err: e.Stderr, Getenv: e.Getenv, Hooks: e.Hooks}
}

// fileOf returns the file behind what a command prints to, if there is one.
func fileOf(w io.Writer) (f *os.File, ok bool) {
	if s, wrapped := w.(*stdout); wrapped {
		w = s.Writer
	}
	f, ok = w.(*os.File)
	return f, ok
}
