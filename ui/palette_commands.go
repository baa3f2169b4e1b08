package ui

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/ui/views/kit"
)

// command is something that the palette runs beside the actions. One with the name of an
// action replaces it if arguments are given, or always if it takes none.
type command struct {
	name    string
	aliases []string
	usage   string // its arguments, in brackets if they are optional
	does    string // empty: as the action says
	// suggest returns the completions of args, best first; it may be nil.
	suggest func(args string) []string
	// check returns what is wrong with args; it may be nil.
	check func(args string) error
	run   func(args string) tea.Cmd
	// ask returns the question for the arguments, where that shows more than the palette can,
	// such as what a filter leaves; it may be nil.
	ask func() (kit.Question, tea.Cmd)
}

// choice returns a command whose argument is one of a few names.
func choice[N ~string, V any](name, does string, names []N, parse func(string) (V, error), use func(V)) command {
	return command{
		name:    name,
		usage:   "[NAME]",
		does:    does,
		suggest: func(args string) []string { return withPrefix(names, args) },
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

// withPrefix returns the names that begin with text, in any case.
func withPrefix[N ~string](names []N, text string) (fit []string) {
	for _, n := range names {
		if strings.HasPrefix(string(n), strings.ToLower(text)) {
			fit = append(fit, string(n))
		}
	}
	return fit
}

// extras returns the commands of all features.
func (c *commanding) extras() []command {
	quit := func() tea.Cmd { return tea.Quit }
	all := []command{
		{name: "quit", aliases: []string{"q", "exit"}, does: "quit; ask if something is lost",
			run: func(string) tea.Cmd { return c.askToLeave("quit?", false, quit) }},
		{name: "quit.now", aliases: []string{"q!"}, run: func(string) tea.Cmd { return quit() }},
	}
	each(c.features, func(f commander) { all = append(all, f.commands()...) })
	return all
}

// command returns a command by its name, or nil.
func (c *commanding) command(name string) *command {
	all := c.extras()
	if i := slices.IndexFunc(all, func(one command) bool { return one.name == name }); i >= 0 {
		return &all[i]
	}
	return nil
}

// arguments implements [palette.Arguments].
type arguments struct{ of *commanding }

// Asks reports whether a command has a question of its own.
func (a arguments) Asks(name string) bool {
	c := a.of.command(name)
	return c != nil && c.ask != nil
}

// Suggest returns the completions of the arguments of a command.
func (a arguments) Suggest(name, args string) []string {
	if c := a.of.command(name); c != nil && c.suggest != nil {
		return c.suggest(args)
	}
	return nil
}

// Check returns what is wrong with the arguments of a command, or nil.
func (a arguments) Check(name, args string) error {
	if c := a.of.command(name); c != nil && c.check != nil {
		return c.check(args)
	}
	return nil
}
