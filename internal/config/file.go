package config

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"

	"joltui/internal/folders"
	"joltui/internal/suggest"
)

// maxBytes is the longest configuration that is read.
const maxBytes = 1 << 20

// File is a configuration file. The zero File is an empty one.
type File struct {
	Path string
	// Default is the profile to use when none is named; empty for none.
	Default string
	// Base has the settings for every profile that has no other ones.
	Base Profile
	// Profiles by name.
	Profiles map[string]Profile
}

// Profile is a set of settings under a name.
type Profile struct {
	Name string // empty for the base
	Line int    // where it begins
	// Settings by name; see [Keys].
	Settings map[string]Value
	Topics   []string
	Groups   map[string][]string // of topics
	Bindings map[string][]string // keys by the name of an action
	// BindingLines has the line of the keys of each action.
	BindingLines map[string]int
	Limits       map[string]int
}

// Value is a setting as it was written.
type Value struct {
	Text string // true, 8080, 10s, dark
	Line int
}

// Error says what is wrong with a configuration file, and on which line.
type Error struct {
	Path   string
	Line   int // from 1; 0 when it is not about one line
	Reason string
}

// Error returns "path:line: reason".
func (e *Error) Error() string {
	if e.Line == 0 {
		return e.Path + ": " + e.Reason
	}
	return fmt.Sprintf("%s:%d: %s", e.Path, e.Line, e.Reason)
}

// DefaultPath returns where the configuration is by default: joltui/config.toml in the
// user's configuration folder. It is empty where there is no home folder.
func DefaultPath() string { return folders.Config("config.toml") }

// Load reads the file at path. The error is an [*Error], or that of reading it.
func Load(path string) (*File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxBytes {
		return nil, &Error{Path: path, Reason: "longer than 1 MiB: that is no configuration of joltui"}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return Parse(path, data)
}

// LoadIfExists is Load, but returns an empty File if there is no file.
func LoadIfExists(path string) (*File, error) {
	f, unread, err := LoadIfReadable(path)
	if unread != nil {
		return nil, unread
	}
	return f, err
}

// LoadIfReadable is Load, and an empty File where there is none that can be read. If
// there seems to be one, unread says why it is not: it belongs to somebody else, a file
// is in place of its folder, or a folder in place of the file.
func LoadIfReadable(path string) (f *File, unread, err error) {
	f, err = Load(path)
	var wrong *Error
	switch {
	case err == nil, errors.As(err, &wrong):
		return f, nil, err
	case errors.Is(err, fs.ErrNotExist):
		return &File{Path: path}, nil, nil
	}
	return &File{Path: path}, err, nil
}

// Names returns the names of all profiles, sorted.
func (f *File) Names() []string { return slices.Sorted(maps.Keys(f.Profiles)) }

// Profile returns the profile with a name, completed with the settings of the base. An empty
// name means the default profile, or the base alone if there is none.
func (f *File) Profile(name string) (Profile, error) {
	if name == "" {
		name = f.Default
	}
	if name == "" {
		return f.Base, nil
	}
	p, ok := f.Profiles[name]
	if !ok {
		return Profile{}, &Error{Path: f.Path, Reason: f.unknown(name)}
	}
	return p.over(f.Base), nil
}

func (f *File) unknown(name string) string {
	names := f.Names()
	if near, ok := suggest.Of(name, names); ok {
		return fmt.Sprintf("no profile %q: did you mean %q?", name, near)
	}
	if len(names) == 0 {
		return fmt.Sprintf("no profile %q: there are none yet; joltui config init writes a file to begin with", name)
	}
	return fmt.Sprintf("no profile %q: there are %s", name, strings.Join(names, ", "))
}

// over returns p completed with what base has and p has not.
func (p Profile) over(base Profile) Profile {
	p.Settings = merged(base.Settings, p.Settings)
	p.Groups = merged(base.Groups, p.Groups)
	p.Bindings = merged(base.Bindings, p.Bindings)
	p.BindingLines = merged(base.BindingLines, p.BindingLines)
	p.Limits = merged(base.Limits, p.Limits)
	if p.Topics == nil {
		p.Topics = base.Topics
	}
	return p
}

func merged[V any](below, above map[string]V) map[string]V {
	all := make(map[string]V, len(below)+len(above))
	maps.Copy(all, below)
	maps.Copy(all, above)
	return all
}
