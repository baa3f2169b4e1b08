package arg

import (
	"slices"

	"github.com/spf13/cobra"

	"joltui/internal/cli/exit"
	"joltui/internal/suggest"
)

// None is cobra.NoArgs with the exit code of a usage error.
func None(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		if near, ok := Meant(c, args[0]); ok {
			return exit.Usagef("%s takes no arguments, but got %q: did you mean %[1]s %[3]s?", c.CommandPath(), args[0], near)
		}
		return exit.Usagef("%s takes no arguments, but got %q; see %[1]s --help", c.CommandPath(), args[0])
	}
	return nil
}

// synonyms are what other programs call joltui's commands.
func synonyms() map[string]string {
	return map[string]string{"publish": "pub", "produce": "pub", "send": "pub", "subscribe": "sub", "consume": "sub",
		"listen": "sub", "request": "req", "benchmark": "bench", "server": "broker", "serve": "broker", "run": "broker",
		"play": "replay", "context": "config", "profile": "config", "profiles": "config", "login": "password"}
}

// Meant is the command below c that a word probably stands for.
func Meant(c *cobra.Command, word string) (name string, ok bool) {
	var names []string
	for _, below := range c.Commands() {
		if below.IsAvailableCommand() {
			names = append(names, below.Name())
		}
	}
	if name := synonyms()[word]; slices.Contains(names, name) {
		return name, true
	}
	near, ok := suggest.Of(word, names)
	// A short word is near to everything.
	return near, ok && len(word) >= 4 && near[0] == word[0]
}
