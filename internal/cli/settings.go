package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"joltui/internal/config"
	"joltui/internal/human"
	"joltui/internal/printable"
)

// settings are where a command's configuration comes from, besides its flags.
type settings struct {
	path    string // of the configuration file; empty is the default one
	name    string // of the profile
	print   bool   // print what is in force, and do nothing else
	profile config.Profile
	file    string // that profile is from
	origins origins
	again   bool // another look, while the dashboard has the terminal: nothing is said
}

// origins tell where the value of each flag comes from.
type origins map[string]string

// errPrinted ends a command that was only to print its configuration.
var errPrinted = errors.New("printed")

func (s *settings) flags(fs *pflag.FlagSet) {
	fs.StringVar(&s.name, "profile", "", "take what no flag or variable says from this profile of the configuration")
	fs.Var((*pathValue)(&s.path), "config", "the configuration file, in place of that in your configuration folder")
	fs.BoolVar(&s.print, "print-config", false, "print what is in force and where it comes from, and do nothing else")
}

// settle gives each flag that was not set its value from the environment, from
// the profile, or from the top of the configuration file, in this order.
func (s *settings) settle(c *cobra.Command, env Env) error {
	s.origins = make(origins)
	c.Flags().Visit(func(f *pflag.Flag) { s.origins[f.Name] = "--" + f.Name })
	if err := s.origins.environment(c, env); err != nil {
		return err
	}
	if err := s.load(env); err != nil {
		return err
	}
	if err := s.applyProfile(c.Flags()); err != nil {
		return err
	}
	if s.print {
		return errors.Join(s.printTo(env, c.Flags()), errPrinted)
	}
	return nil
}

// settled is a command that runs when it is known where each of its settings comes
// from, unless it was only to print them.
func (s *settings) settled(env Env, run func(*cobra.Command, []string) error) func(*cobra.Command, []string) error {
	return func(c *cobra.Command, args []string) error {
		if err := s.settle(c, env); err != nil {
			return printed(err)
		}
		return run(c, args)
	}
}

// load reads the profile. That there is no file, or none that can be read, is no error
// unless one was named.
func (s *settings) load(env Env) error {
	path := s.path
	if path == "" {
		path = config.DefaultPath()
	}
	f, unread, err := config.LoadIfReadable(path)
	if s.path != "" {
		f, err = config.Load(path)
	} else if unread != nil && !s.again {
		fmt.Fprintf(env.Stderr, "joltui: going on without a configuration: %s\n", printable.Line(unread.Error()))
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return usageError("--config %s: there is no such file", path)
	case err != nil:
		return &exitError{exitUsage, err}
	}
	s.file = path
	if s.profile, err = f.Profile(s.name); err != nil {
		return &exitError{exitUsage, err}
	}
	return nil
}

func (s *settings) applyProfile(flags *pflag.FlagSet) error {
	for _, k := range config.Keys() {
		name := strings.ReplaceAll(k.Name, "_", "-")
		value, set := s.profile.Settings[k.Name]
		if !set || s.origins[name] != "" || flags.Lookup(name) == nil {
			continue
		}
		text := value.Text
		if k.File {
			text = besideFile(s.file, text)
		}
		if err := flags.Set(name, text); err != nil {
			return &exitError{exitUsage, &config.Error{Path: s.file, Line: value.Line, Reason: flagValueError(flags.Lookup(name), text, err).Error()}}
		}
		s.origins[name] = s.where(value.Line)
	}
	return nil
}

// besideFile is a file that a profile names: it is beside the file of the profile, wherever
// the command runs.
func besideFile(file, named string) string {
	named = human.Home(named)
	if named == "" || filepath.IsAbs(named) {
		return named
	}
	return filepath.Join(filepath.Dir(file), named)
}

// where names a line of the configuration file.
func (s *settings) where(line int) string {
	at := fmt.Sprintf("%s:%d", s.file, line)
	if s.profile.Name != "" && line > s.profile.Line {
		return "profile " + s.profile.Name + ", " + at
	}
	return at
}

// printTo prints every flag with its value and origin, and what of the profile no
// flag says. No secret is in any of it.
func (s *settings) printTo(env Env, flags *pflag.FlagSet) error {
	w := tabwriter.NewWriter(env.Stdout, 0, 0, 2, ' ', 0)
	row := func(name, value, origin string) {
		fmt.Fprintf(w, "%s\t%s\t%s\n", printable.Line(name), printable.Line(value), printable.Line(origin))
	}
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Name == "help" || f.Name == "version" || f.Name == "print-config" {
			return
		}
		origin := s.origins[f.Name]
		if origin == "" {
			origin = "default"
		}
		value := f.Value.String()
		if because := s.impliesTLS(flags); f.Name == "tls" && value == "false" && because != "" {
			value, origin = "true", "because of "+because
		}
		row(f.Name, value, origin)
	})
	if env.Getenv(passwordVariable) != "" {
		row("password", "(not shown)", passwordVariable)
	}
	s.rows(row)
	return w.Flush()
}

// impliesTLS is what has switched TLS on, beside --tls itself; empty for nothing.
func (s *settings) impliesTLS(flags *pflag.FlagSet) string {
	for _, name := range []string{"tls-ca", "tls-cert", "tls-key", "tls-server-name", "tls-insecure"} {
		if value := flagText(flags, name); value != "" && value != "false" {
			return s.origins[name]
		}
	}
	return ""
}

// rows are what a profile has beside flags.
func (s *settings) rows(row func(name, value, origin string)) {
	p, origin := s.profile, s.file
	if p.Name != "" {
		origin = "profile " + p.Name + ", " + s.file
	}
	if len(p.Topics) > 0 {
		row("topics", strings.Join(p.Topics, " "), origin)
	}
	for _, name := range sortedKeys(p.Groups) {
		row("group "+name, strings.Join(p.Groups[name], " "), origin)
	}
	for _, name := range sortedKeys(p.Bindings) {
		row("key "+name, strings.Join(p.Bindings[name], " "), origin)
	}
	for _, name := range sortedKeys(p.Limits) {
		row("limit "+name, fmt.Sprint(p.Limits[name]), origin)
	}
}

// printed makes a success of a command that only printed its configuration.
func printed(err error) error {
	if errors.Is(err, errPrinted) {
		return nil
	}
	return err
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
