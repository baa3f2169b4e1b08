package cli

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"joltui/internal/config"
	"joltui/internal/dashboard"
	"joltui/ui/theme"
)

// completes is what cobra asks for the values of a flag or the arguments.
type completes = func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective)

// completeFlags tells the shells what values the flags of a command can have, of
// those that it has.
func completeFlags(c *cobra.Command) {
	for name, values := range map[string]func(*cobra.Command) []string{
		"profile":       profileNames,
		"password-from": func(*cobra.Command) []string { return settingValues("password_from") },
		"theme":         func(*cobra.Command) []string { return themeNames() },
		"log-format":    func(*cobra.Command) []string { return []string{"text", "json"} },
		"log-level":     func(*cobra.Command) []string { return []string{"debug", "info", "warn", "error"} },
		"check":         func(*cobra.Command) []string { return []string{checkAll, checkFiles} },
		"speed":         func(*cobra.Command) []string { return []string{"1/2", "1", "2", "10", "max"} },
		"tz":            func(*cobra.Command) []string { return []string{"UTC", "Local", "Europe/Berlin"} },
		"topic":         knownTopics,
		"reply":         knownTopics,
	} {
		if c.Flags().Lookup(name) != nil {
			// It only fails for a flag that there is not.
			_ = c.RegisterFlagCompletionFunc(name, completion(values))
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

// completeTopics completes topics: those of the profile and its groups, those of
// the saved groups, and those that were subscribed lately. Further ones than the
// first most arguments are something else; -1 takes any number.
func completeTopics(most int) completes {
	complete := completion(knownTopics)
	return func(c *cobra.Command, args []string, text string) ([]string, cobra.ShellCompDirective) {
		if most >= 0 && len(args) >= most {
			return nil, cobra.ShellCompDirectiveDefault
		}
		found, directive := complete(c, args, text)
		return without(found, args), directive
	}
}

// completion offers those of the values that begin as what was typed.
func completion(values func(*cobra.Command) []string) completes {
	return func(c *cobra.Command, _ []string, text string) ([]string, cobra.ShellCompDirective) {
		var fit []string
		for _, v := range values(c) {
			// A value is a line, what follows a tab in it is a description.
			if strings.HasPrefix(v, text) && !strings.ContainsAny(v, "\t\n\r") {
				fit = append(fit, v)
			}
		}
		return fit, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
	}
}

// configured is the configuration file that --config or the environment names. A
// shell is told nothing of one that is wrong.
func configured(c *cobra.Command) *config.File {
	path := config.DefaultPath()
	if f := c.Flags().Lookup("config"); f != nil && f.Value.String() != "" {
		path = f.Value.String()
	}
	f, err := config.LoadIfExists(path)
	if err != nil {
		return new(config.File)
	}
	return f
}

func profileNames(c *cobra.Command) []string { return configured(c).Names() }

func knownTopics(c *cobra.Command) []string {
	profile, err := configured(c).Profile(flagText(c.Flags(), "profile"))
	if err != nil {
		profile = config.Profile{}
	}
	var all []string
	add := func(topics []string) { all = append(all, without(topics, all)...) }
	add(profile.Topics)
	for _, name := range sortedKeys(profile.Groups) {
		add(profile.Groups[name])
	}
	if saved, err := dashboard.NewGroupsFile().Load(); err == nil {
		for _, name := range sortedKeys(saved) {
			add(saved[name])
		}
	}
	add(dashboard.SeenTopics())
	return all
}

func flagText(fs *pflag.FlagSet, name string) string {
	if f := fs.Lookup(name); f != nil {
		return f.Value.String()
	}
	return ""
}

func themeNames() []string {
	var names []string
	for _, t := range theme.All() {
		names = append(names, string(t))
	}
	return names
}

// settingValues are those that a setting of a profile can have.
func settingValues(name string) []string {
	for _, k := range config.Keys() {
		if k.Name == name {
			return k.OneOf
		}
	}
	return nil
}

// without returns the texts that are not among others.
func without(texts, others []string) []string {
	taken := make(map[string]bool, len(others))
	for _, o := range others {
		taken[o] = true
	}
	var left []string
	for _, t := range texts {
		if !taken[t] {
			left = append(left, t)
		}
	}
	return left
}
