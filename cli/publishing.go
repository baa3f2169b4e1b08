package cli

import (
	"runtime"

	"github.com/spf13/pflag"

	"joltui/past"
	"joltui/ui"
)

// publishing is how far the dashboard lets its user publish.
type publishing struct {
	readOnly  bool
	confirm   bool
	noHistory bool
}

func (p *publishing) flags(fs *pflag.FlagSet) {
	fs.BoolVar(&p.readOnly, "read-only", false, "refuse to publish")
	fs.BoolVar(&p.confirm, "confirm-publish", false, "ask before anything is published")
	fs.BoolVar(&p.noHistory, "no-history", false, "keep nothing of what is published for the next time")
}

func (p *publishing) options(env Env) ui.Options {
	o := ui.Options{ReadOnly: p.readOnly, ConfirmPublish: p.confirm, Editor: editor(env)}
	if !p.noHistory {
		o.History = past.New(past.DefaultPath())
	}
	return o
}

// editor is the command that the user wants text edited with.
func editor(env Env) string {
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
