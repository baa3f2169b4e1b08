package cli

import (
	"cmp"
	"errors"

	"github.com/spf13/pflag"

	"joltui/internal/config"
	"joltui/internal/folders"
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
	if prefs := newPrefsFile(cmp.Or(p.Name, defaultProfile)); prefs.path != "" {
		o.Prefs = prefs
	} else {
		o.Notes = append(o.Notes, folders.None)
	}
	if l.theme != "" {
		theme, err := ui.ParseTheme(l.theme)
		if err != nil {
			return o, usageError("--theme: %w", err)
		}
		o.Theme = theme
	}
	if len(p.Bindings) > 0 {
		keys, err := keyMap(p, file)
		if err != nil {
			return o, err
		}
		o.Keys = &keys
	}
	return o, nil
}

// keyMap is that of the dashboard with the keys of a profile in a file. The error
// says on which line it is wrong.
func keyMap(p config.Profile, file string) (ui.KeyMap, error) {
	keys, err := ui.DefaultKeyMap().Remap(p.Bindings)
	if err == nil {
		return keys, nil
	}
	located := &config.Error{Path: file, Reason: err.Error()}
	var wrong *ui.BindingError
	if errors.As(err, &wrong) {
		for _, action := range wrong.Actions { // the other one may have its usual key
			located.Line = max(located.Line, p.BindingLines[action])
		}
	}
	return keys, &exitError{exitUsage, located}
}
