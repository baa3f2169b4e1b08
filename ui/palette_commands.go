package ui

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// command is what the palette runs beside the actions. One with the name of an action
// runs in its place when there are arguments, or always where it takes none.
type command struct {
	name    string
	aliases []string
	usage   string // of its arguments; in brackets where it does without
	does    string // empty for that of the action
	// suggest returns what args could become; nil has no advice.
	suggest func(args string) []string
	// check says what is wrong with args; nil is nothing.
	check func(args string) error
	run   func(args string) tea.Cmd
}

// choice is a command whose argument is one of a few names.
func choice[N ~string, V any](name, does string, names []N, parse func(string) (V, error), use func(V)) command {
	return command{
		name:  name,
		usage: "[NAME]",
		does:  does,
		suggest: func(args string) []string {
			var fit []string
			for _, n := range names {
				if strings.HasPrefix(string(n), strings.ToLower(args)) {
					fit = append(fit, string(n))
				}
			}
			return fit
		},
		check: func(args string) error {
			_, err := parse(args)
			return err
		},
		run: func(args string) tea.Cmd {
			if v, err := parse(args); err == nil {
				use(v)
			}
			return nil
		},
	}
}

// extras are the commands of all features.
func (c *commanding) extras() []command {
	all := []command{{name: "quit", aliases: []string{"q", "q!", "exit"}, does: "quit at once", run: func(string) tea.Cmd { return tea.Quit }}}
	each(c.features, func(f commander) { all = append(all, f.commands()...) })
	return all
}

// command finds a command by its name; nil is none.
func (c *commanding) command(name string) *command {
	all := c.extras()
	if i := slices.IndexFunc(all, func(one command) bool { return one.name == name }); i >= 0 {
		return &all[i]
	}
	return nil
}

// arguments tell the palette what may follow a name.
type arguments struct{ of *commanding }

func (a arguments) Suggest(name, args string) []string {
	if c := a.of.command(name); c != nil && c.suggest != nil {
		return c.suggest(args)
	}
	return nil
}

func (a arguments) Check(name, args string) error {
	if c := a.of.command(name); c != nil && c.check != nil {
		return c.check(args)
	}
	return nil
}
