package look

import (
	"cmp"
	"errors"
	"time"

	"github.com/spf13/pflag"

	"joltui/internal/cli/arg"
	"joltui/internal/cli/exit"
	"joltui/internal/config"
	"joltui/internal/dashboard"
	"joltui/internal/folders"
	"joltui/ui"
	"joltui/ui/keys"
	"joltui/ui/theme"
)

// defaultProfile is where the preferences are kept of those who have named no other.
const defaultProfile = "default"

// Flags say how the dashboard looks.
type Flags struct {
	Theme string // its name; empty is the last one chosen
	zone  arg.Zone
}

// Flags adds them to those of a command.
func (l *Flags) Flags(fs *pflag.FlagSet) {
	fs.StringVar(&l.Theme, "theme", "", "auto, dark, light, high-contrast or no-colour, which is also none; default is the last one chosen")
	l.zone.Flags(fs)
}

// Options adds to what a dashboard begins with how it looks, with a profile in a
// file. How it is left is remembered for the profile.
func (l *Flags) Options(o ui.Options, p config.Profile, file string) (ui.Options, error) {
	if prefs := dashboard.NewPrefsFile(cmp.Or(p.Name, defaultProfile)); prefs.Kept() {
		o.Prefs = prefs
	} else {
		o.Notes = append(o.Notes, folders.None)
	}
	zone, err := l.zone.Location()
	switch {
	case err != nil:
		return o, err
	case zone != nil:
		time.Local = zone // of everything that is shown: a dashboard is a whole program
	}
	if l.Theme != "" {
		theme, err := theme.Parse(l.Theme)
		if err != nil {
			return o, exit.Usagef("--theme: %w", err)
		}
		o.Theme = theme
	}
	o.Keys = p.Bindings
	return o, CheckBindings(p, file)
}

// CheckBindings says on which line of a file the keys of a profile are wrong.
func CheckBindings(p config.Profile, file string) error {
	err := ui.CheckKeys(p.Bindings)
	if err == nil {
		return nil
	}
	located := &config.Error{Path: file, Reason: err.Error()}
	var wrong *keys.BindingError
	if errors.As(err, &wrong) {
		for _, action := range wrong.Actions { // the other one may have its usual key
			located.Line = max(located.Line, p.BindingLines[action])
		}
	}
	return &exit.Error{Code: exit.Usage, Err: located}
}
