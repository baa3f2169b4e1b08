package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"joltui/internal/cli/connect"
	"joltui/internal/cli/process"
)

// Variable is one of the environment, and what it is for.
type Variable struct{ Name, Meaning string }

// Variables are those that a command heeds, in the order of its flags.
func Variables(c *cobra.Command) []Variable {
	var all []Variable
	c.NonInheritedFlags().VisitAll(func(f *pflag.Flag) {
		if name := connect.VariableOf(c, f.Name); name != "" {
			all = append(all, Variable{name, "as --" + f.Name})
		}
	})
	c.InheritedFlags().VisitAll(func(f *pflag.Flag) {
		if name := connect.VariableOf(c, f.Name); name != "" {
			all = append(all, Variable{name, "as --" + f.Name})
		}
	})
	if c.Flags().Lookup("user") != nil {
		all = append(all, Variable{process.PasswordVariable, "the password of --user"})
	}
	return all
}

// File is one that commands read or write by themselves.
type File struct{ Path, Meaning string }

// Files are those of a command. XDG_CONFIG_HOME and XDG_STATE_HOME move the folders.
func Files(c *cobra.Command) []File {
	words := strings.Fields(c.CommandPath())
	switch {
	case len(words) > 1 && words[1] == "broker":
		return []File{{"broker.json", "what --config names: users, permissions, TLS, limits; see joltui-broker.json(5)"}}
	case c.Flag("config") == nil:
		return nil
	}
	files := []File{{"~/.config/joltui/config.toml", "profiles, see joltui.toml(5); joltui config path says where it is here"}}
	if c.Flags().Lookup("no-history") != nil {
		files = append(files,
			File{"~/.config/joltui/groups.json", "groups of topics, as S saves them"},
			File{"~/.local/state/joltui/", "how the dashboard was left, topics for completion, what was published"})
	}
	return files
}

// exitCodes begins the paragraph of a help text that has them.
const exitCodes = "Exit codes: "

// refer adds to the help of c, and of all commands below it, what is not in its flags:
// exit codes, variables and files.
func refer(c *cobra.Command) {
	if c.Runnable() && !strings.Contains(c.Long, exitCodes) && !strings.Contains(c.Long, "Exit codes of") {
		text := c.Long
		if text == "" {
			text = c.Short + "."
		}
		c.Long = text + "\n\n" + exitCodes + "0 done; 1 failed; 2 usage, or a wrong configuration."
	}
	for _, below := range c.Commands() {
		refer(below)
	}
}

// withReference has the usage of root, and of all commands below it, end with variables
// and files.
func withReference(root *cobra.Command) {
	standard := root.UsageFunc()
	root.SetUsageFunc(func(c *cobra.Command) error {
		if err := standard(c); err != nil {
			return err
		}
		return writeReference(c.OutOrStderr(), c)
	})
}

func writeReference(w io.Writer, c *cobra.Command) error {
	var names []string
	for _, v := range Variables(c) {
		names = append(names, v.Name)
	}
	var b strings.Builder
	if len(names) > 0 {
		const width = 78
		text := "Each flag has a variable, which beats the configuration file: " + strings.Join(names, ", ")
		b.WriteString("\nEnvironment:\n  " + strings.ReplaceAll(ansi.Wordwrap(text, width, " "), "\n", "\n  ") + "\n")
	}
	if files := Files(c); len(files) > 0 {
		b.WriteString("\nFiles:\n")
		for _, f := range files {
			fmt.Fprintf(&b, "  %s\n      %s\n", f.Path, f.Meaning)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
