package dashboard

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"

	"joltui/internal/atomicfile"
	"joltui/internal/bom"
	"joltui/internal/folders"
	"joltui/ui"
)

// PrefsFile keeps how the dashboard was left in a file that only its owner may
// read.
type PrefsFile struct{ path string }

// NewPrefsFile is the file of a profile, in the XDG state folder.
func NewPrefsFile(profile string) PrefsFile {
	return PrefsFile{folders.State("screen", url.QueryEscape(profile)+".json")}
}

// Kept reports whether there is a place for the file.
func (f PrefsFile) Kept() bool { return f.path != "" }

// Load returns what the file holds, or nothing if there is none.
func (f PrefsFile) Load() (ui.Prefs, error) {
	var p ui.Prefs
	data, err := bom.ReadFile(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return p, nil
	case err != nil:
		return p, err
	}
	if err := json.Unmarshal(data, &p); err != nil {
		return ui.Prefs{}, fmt.Errorf("%s: %w", f.path, err)
	}
	return p, nil
}

// Save replaces the file as a whole: whoever reads it finds the old one or the
// new one.
func (f PrefsFile) Save(p ui.Prefs) error {
	data, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		return err
	}
	return atomicfile.Write(f.path, append(data, '\n'))
}
