package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"joltui/internal/cli/arg"
	"joltui/internal/cli/exit"
)

// topicsNotCommands are the arguments of the dashboard without its name, where a command
// that is mistyped would be a topic.
func topicsNotCommands(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	switch name, ok := arg.Meant(c, args[0]); {
	case args[0] == "version":
		return exit.Usagef("there is no command %q: did you mean joltui --version? A topic of that name is watched with joltui watch %[1]s", args[0])
	case ok:
		return exit.Usagef("there is no command %q: did you mean joltui %s? A topic of that name is watched with joltui watch %[1]s", args[0], name)
	}
	return nil
}

// unknownCommand is the error for a word that is no command below c.
func unknownCommand(c *cobra.Command, word string) error {
	hint := ""
	if near, ok := arg.Meant(c, word); ok {
		hint = fmt.Sprintf(": did you mean %s %s?", c.CommandPath(), near)
	}
	return exit.Usagef("%s has no command %q%s; see %[1]s --help", c.CommandPath(), word, hint)
}

// strict makes an error of a word that is no command, wherever commands are grouped: a
// slip in a script must not be a success that prints help.
func strict(c *cobra.Command) {
	if c.HasSubCommands() && !c.Runnable() {
		c.Args = cobra.ArbitraryArgs
		c.RunE = func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknownCommand(c, args[0])
			}
			return c.Help()
		}
	}
	for _, below := range c.Commands() {
		strict(below)
	}
}

// newHelp is the command help, which fails where there is nothing to help with.
func newHelp(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND…]",
		Short: "Print the help of a command",
		ValidArgsFunction: func(*cobra.Command, []string, string) (names []string, _ cobra.ShellCompDirective) {
			for _, c := range root.Commands() {
				if c.IsAvailableCommand() {
					names = append(names, c.Name())
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, words []string) error {
			c, rest, err := root.Find(words)
			if err != nil || len(rest) > 0 {
				return unknownCommand(c, strings.Join(rest, " "))
			}
			c.InitDefaultHelpFlag()
			return c.Help()
		},
	}
}
