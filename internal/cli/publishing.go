package cli

import (
	"runtime"

	"github.com/spf13/pflag"

	"joltui/internal/cli/process"
	"joltui/internal/history"
	"joltui/ui"
)

// publishing is how far the dashboard lets its user publish.
type publishing struct {
	confirm   bool
	noHistory bool
}

func (p *publishing) flags(fs *pflag.FlagSet) {
	fs.BoolVar(&p.confirm, "confirm-publish", false, "ask before anything is published")
	fs.BoolVar(&p.noHistory, "no-history", false, "keep nothing of what is published for the next time")
}

func (p *publishing) options(env process.Env) ui.Options {
	return ui.Options{ConfirmPublish: p.confirm, Editor: editor(env)}
}

// history is where what is published is kept; nil is nowhere.
func (p *publishing) history() *history.File {
	path := history.DefaultPath()
	if p.noHistory || path == "" {
		return nil
	}
	return history.New(path)
}

// editor is the command that the user wants text edited with.
func editor(env process.Env) string {
	for _, name := range []string{"VISUAL", "EDITOR"} {
		if command := env.Getenv(name); command != "" {
			return command
		}
	}
	if runtime.GOOS == "windows" {
		return "notepad"
	}
	return "vi"
}
