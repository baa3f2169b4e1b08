package cli

import (
	"github.com/spf13/cobra"

	"joltui/internal/cli/complete"
	"joltui/internal/cli/connect"
	"joltui/internal/cli/serve"
	"joltui/ui/theme"
)

// completeFlags tells the shells what values the flags of a command can have, of
// those that it has.
func completeFlags(c *cobra.Command) {
	for name, values := range map[string]func(*cobra.Command) []string{
		"profile":       complete.Profiles,
		"password-from": func(*cobra.Command) []string { return connect.SettingValues("password_from") },
		"theme":         func(*cobra.Command) []string { return themeNames() },
		"log-format":    func(*cobra.Command) []string { return []string{"text", "json"} },
		"log-level":     func(*cobra.Command) []string { return []string{"debug", "info", "warn", "error"} },
		"check":         func(*cobra.Command) []string { return []string{serve.CheckAll, serve.CheckFiles} },
		"print-config":  func(*cobra.Command) []string { return connect.PrintForms() },
		"speed":         func(*cobra.Command) []string { return []string{"1/2", "1", "2", "10", "max"} },
		"tz":            func(*cobra.Command) []string { return []string{"UTC", "Local", "Europe/Berlin"} },
		"topic":         complete.KnownTopics,
		"reply":         complete.KnownTopics,
	} {
		if c.Flags().Lookup(name) != nil {
			// It only fails for a flag that there is not.
			_ = c.RegisterFlagCompletionFunc(name, complete.Values(values))
		}
	}
	if f := c.Flags().Lookup("config"); f != nil {
		kind := "toml"
		if c.Name() == "broker" {
			kind = "json"
		}
		_ = c.MarkFlagFilename("config", kind)
	}
	for _, each := range c.Commands() {
		completeFlags(each)
	}
}

func themeNames() []string {
	var names []string
	for _, t := range theme.All() {
		names = append(names, string(t))
	}
	return names
}
