package config

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"

	"joltui/internal/bom"
	"joltui/internal/suggest"
)

// Parse parses a configuration. path is for errors, each of which is an [*Error].
func Parse(path string, data []byte) (*File, error) {
	data = bom.Cut(data)
	if !utf8.Valid(data) {
		return nil, &Error{Path: path, Reason: "not valid UTF-8: save the file as UTF-8"}
	}
	var root map[string]any
	if err := toml.Unmarshal(data, &root); err != nil {
		return nil, syntaxError(path, err)
	}
	p := &parser{path: path, lines: linesOf(data)}
	return p.file(root)
}

func syntaxError(path string, err error) error {
	var wrong *toml.DecodeError
	if errors.As(err, &wrong) {
		line, _ := wrong.Position()
		return &Error{path, line, strings.TrimPrefix(wrong.Error(), "toml: ")}
	}
	return &Error{Path: path, Reason: err.Error()}
}

// parser turns decoded TOML into a File.
type parser struct {
	path  string
	lines map[string]int // by dotted key
}

func (p *parser) fail(key, format string, args ...any) error {
	return &Error{p.path, p.lines[key], fmt.Sprintf(format, args...)}
}

func (p *parser) file(root map[string]any) (*File, error) {
	f := &File{Path: p.path, Profiles: make(map[string]Profile)}
	profiles := root["profiles"]
	name, named := root["profile"]
	delete(root, "profiles")
	delete(root, "profile")
	var err error
	if f.Base, err = p.profile("", root); err != nil {
		return nil, err
	}
	if err := p.profiles(f, profiles); err != nil {
		return nil, err
	}
	if !named {
		return f, nil
	}
	text, ok := name.(string)
	if _, table := name.(map[string]any); table {
		return nil, p.fail("profile", "profile is the name of the one to use: a profile itself is a table [profiles.NAME]")
	}
	if !ok {
		return nil, p.fail("profile", "profile must be the name of one, in quotes")
	}
	if _, ok := f.Profiles[text]; !ok {
		return nil, p.fail("profile", "%s", f.unknown(text))
	}
	f.Default = text
	return f, nil
}

func (p *parser) profiles(f *File, v any) error {
	if v == nil {
		return nil
	}
	all, ok := v.(map[string]any)
	if !ok {
		return p.fail("profiles", "profiles must be tables: [profiles.NAME]")
	}
	for _, name := range sorted(all) {
		key := "profiles." + name
		settings, ok := all[name].(map[string]any)
		if !ok {
			return p.fail(key, "profiles.%s must be a table: [profiles.%[1]s]", name)
		}
		profile, err := p.profile(key, settings)
		if err != nil {
			return err
		}
		profile.Name = name
		f.Profiles[name] = profile
	}
	return nil
}

// profile reads the settings of a table, whose dotted key is at; "" is the root.
func (p *parser) profile(at string, settings map[string]any) (Profile, error) {
	out := Profile{Line: p.lines[at], Settings: make(map[string]Value)}
	known := Keys()
	for _, name := range sorted(settings) {
		key, v := join(at, name), settings[name]
		var err error
		switch i := slices.IndexFunc(known, func(k Key) bool { return k.Name == name }); {
		case i >= 0:
			var text string
			text, err = known[i].read(v)
			out.Settings[name] = Value{text, p.lines[key]}
		case name == "topics":
			out.Topics, err = texts(name, v)
		case name == "groups":
			out.Groups, err = p.lists(key, v)
		case name == "keys":
			out.Bindings, err = p.lists(key, v)
			out.BindingLines = make(map[string]int)
			for action := range out.Bindings {
				out.BindingLines[action] = p.lines[join(key, action)]
			}
		case name == "limits":
			out.Limits, err = p.limits(key, v)
		default:
			err = unknownKey(name, at)
		}
		var located *Error
		if errors.As(err, &located) {
			return out, located
		}
		if err != nil {
			return out, p.fail(key, "%s", err)
		}
	}
	return out, nil
}

// unknownKey returns the error for a setting that does not exist. It never contains the
// value, which may be a password.
func unknownKey(name, at string) error {
	if name == "password" {
		return errors.New("a password does not belong in this file: say where it comes from with password_from, or with password_file")
	}
	names := []string{"topics", "groups", "keys", "limits"}
	if at == "" {
		names = append(names, "profile", "profiles")
	}
	for _, k := range Keys() {
		names = append(names, k.Name)
	}
	slices.Sort(names)
	if near, ok := suggest.Of(name, names); ok {
		return fmt.Errorf("unknown setting %q: did you mean %q?", name, near)
	}
	return fmt.Errorf("unknown setting %q: there are %s", name, strings.Join(names, ", "))
}

// lists reads a table whose values are lists of text.
func (p *parser) lists(at string, v any) (map[string][]string, error) {
	table, ok := v.(map[string]any)
	if !ok {
		return nil, p.fail(at, "%s must be a table of lists: [%s]", last(at), at)
	}
	out := make(map[string][]string)
	for _, name := range sorted(table) {
		list, err := texts(name, table[name])
		if err != nil {
			return nil, p.fail(join(at, name), "%s", err)
		}
		out[name] = list
	}
	return out, nil
}

func (p *parser) limits(at string, v any) (map[string]int, error) {
	table, ok := v.(map[string]any)
	if !ok {
		return nil, p.fail(at, "limits must be a table: [%s]", at)
	}
	out := make(map[string]int)
	known := Limits()
	for _, name := range sorted(table) {
		i := slices.IndexFunc(known, func(k Key) bool { return k.Name == name })
		if i < 0 {
			return nil, p.fail(join(at, name), "%s", unknownLimit(name))
		}
		text, err := known[i].read(table[name])
		if err != nil {
			return nil, p.fail(join(at, name), "%s", err)
		}
		if out[name], err = strconv.Atoi(text); err != nil {
			return nil, p.fail(join(at, name), "%s is too large", name)
		}
	}
	return out, nil
}

func unknownLimit(name string) error {
	var names []string
	for _, k := range Limits() {
		names = append(names, k.Name)
	}
	return oneOf("limit", name, names)
}

// oneOf returns an error unless value is one of those allowed for what.
func oneOf(what, value string, allowed []string) error {
	if slices.Contains(allowed, value) {
		return nil
	}
	if near, ok := suggest.Of(value, allowed); ok {
		return fmt.Errorf("%s %q is unknown: did you mean %q?", what, value, near)
	}
	return fmt.Errorf("%s %q is unknown: there are %s", what, value, strings.Join(allowed, ", "))
}

// texts reads a list of text.
func texts(name string, v any) ([]string, error) {
	list, ok := v.([]any)
	if !ok {
		return nil, fmt.Errorf(`%s must be a list of text: ["a", "b"]`, name)
	}
	out := make([]string, 0, len(list))
	for _, each := range list {
		text, ok := each.(string)
		if !ok || text == "" {
			return nil, fmt.Errorf(`%s must be a list of text in quotes, none of it empty: ["a", "b"]`, name)
		}
		out = append(out, text)
	}
	return out, nil
}
