package startline

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Arguments returns what a program was started with, for a command: args are its path
// and its arguments, as in os.Args. One that is called jolt-broker is joltui broker.
func Arguments(args []string) []string {
	if len(args) == 0 {
		return nil
	}
	name := strings.TrimSuffix(filepath.Base(args[0]), ".exe")
	ownVersion := len(args) == 2 && strings.TrimLeft(args[1], "-") == "version"
	if name == "jolt-broker" && !ownVersion {
		return append([]string{"broker"}, args[1:]...)
	}
	return args[1:]
}

// LongFlags gives each long flag of a command two dashes, where it has one: -port is no
// -p with the value ort. What is no flag of the command stays as it is, and so do values
// of flags, and all after "--".
func LongFlags(root *cobra.Command, args []string) []string {
	if len(args) > 0 && strings.HasPrefix(args[0], cobra.ShellCompRequestCmd) {
		return args
	}
	c, out := root, slices.Clone(args)
	for i := 0; i < len(out) && out[i] != "--"; i++ {
		arg := out[i]
		if !strings.HasPrefix(arg, "-") || arg == "-" {
			c = within(c, arg)
			continue
		}
		name, _, hasValue := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(arg, "-"), "-"), "=")
		flag := long(c, name)
		if flag != nil && len(name) > 1 && !strings.HasPrefix(arg, "--") {
			out[i] = "-" + arg
		}
		if flag == nil || len(name) == 1 && !strings.HasPrefix(arg, "--") {
			flag = short(c, name)
		}
		if flag != nil && !hasValue && flag.NoOptDefVal == "" {
			i++ // its value
		}
	}
	return out
}

// within is the command of a name below c, or c.
func within(c *cobra.Command, name string) *cobra.Command {
	for _, each := range c.Commands() {
		if each.Name() == name || each.HasAlias(name) {
			return each
		}
	}
	return c
}

func long(c *cobra.Command, name string) *pflag.Flag {
	c.InitDefaultHelpFlag()
	c.InitDefaultVersionFlag()
	return c.Flag(name)
}

// short is the flag of a single letter.
func short(c *cobra.Command, name string) *pflag.Flag {
	if len(name) != 1 {
		return nil
	}
	for _, set := range []*pflag.FlagSet{c.Flags(), c.PersistentFlags(), c.InheritedFlags()} {
		if flag := set.ShorthandLookup(name); flag != nil {
			return flag
		}
	}
	return nil
}
