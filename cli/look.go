package cli

import (
	"cmp"

	"github.com/spf13/pflag"

	"joltui/config"
	"joltui/ui"
)

// look is how the dashboard looks.
type look struct{ theme string }

func (l *look) flags(fs *pflag.FlagSet) {
	fs.StringVar(&l.theme, "theme", "", "auto, dark, light, high-contrast or no-colour; default is the last one chosen")
}

// options adds to what a dashboard begins with how it looks, with a profile in a
// file. How it is left is remembered for the profile.
func (l *look) options(o ui.Options, p config.Profile, file string) (ui.Options, error) {
	o.Prefs = newPrefsFile(cmp.Or(p.Name, defaultProfile))
	if l.theme != "" {
		theme, err := ui.ParseTheme(l.theme)
		if err != nil {
			return o, usageError("--theme: %w", err)
		}
		o.Theme = theme
	}
	if len(p.Bindings) > 0 {
		keys, err := ui.DefaultKeyMap().Remap(p.Bindings)
		if err != nil {
			return o, usageError("%s: %w", file, err)
		}
		o.Keys = &keys
	}
	return o, nil
}
