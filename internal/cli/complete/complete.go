package complete

import (
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"joltui/internal/cli/arg"
	"joltui/internal/config"
	"joltui/internal/dashboard"
)

// Func is what cobra asks for the values of a flag or the arguments.
type Func = func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective)

// Topics completes topics: those of the profile and its groups, those of
// the saved groups, and those that were subscribed lately. Further ones than the
// first most arguments are something else; -1 takes any number.
func Topics(most int) Func {
	complete := Values(KnownTopics)
	return func(c *cobra.Command, args []string, text string) ([]string, cobra.ShellCompDirective) {
		if most >= 0 && len(args) >= most {
			return nil, cobra.ShellCompDirectiveDefault
		}
		found, directive := complete(c, args, text)
		return without(found, args), directive
	}
}

// Values offers those of the values that begin as what was typed.
func Values(values func(*cobra.Command) []string) Func {
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

// Profiles are those of the configuration file of c.
func Profiles(c *cobra.Command) []string { return configured(c).Names() }

// KnownTopics are those of the profile of c and its groups, of the saved groups, and those
// that were subscribed lately, each once.
func KnownTopics(c *cobra.Command) []string {
	profile, err := configured(c).Profile(arg.Text(c.Flags(), "profile"))
	if err != nil {
		profile = config.Profile{}
	}
	var all []string
	add := func(topics []string) { all = append(all, without(topics, all)...) }
	add(profile.Topics)
	for _, name := range slices.Sorted(maps.Keys(profile.Groups)) {
		add(profile.Groups[name])
	}
	if saved, err := dashboard.NewGroupsFile().Load(); err == nil {
		for _, name := range slices.Sorted(maps.Keys(saved)) {
			add(saved[name])
		}
	}
	add(dashboard.SeenTopics())
	return all
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
