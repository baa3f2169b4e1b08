package cli

import (
	"github.com/spf13/pflag"

	"joltui/ui"
)

// look is how the dashboard looks.
type look struct{ theme string }

func (l *look) flags(fs *pflag.FlagSet) {
	fs.StringVar(&l.theme, "theme", "", "auto, dark, light, high-contrast or no-colour; default is the last one chosen")
}

// options returns what a dashboard with this look begins with. How it is left is
// remembered.
func (l *look) options() (ui.Options, error) {
	o := ui.Options{Prefs: newPrefsFile(defaultProfile)}
	if l.theme == "" {
		return o, nil
	}
	theme, err := ui.ParseTheme(l.theme)
	if err != nil {
		return o, usageError("--theme: %w", err)
	}
	o.Theme = theme
	return o, nil
}
