package connect

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"joltui/internal/cli/arg"
	"joltui/internal/cli/exit"
	"joltui/internal/cli/process"
	"joltui/internal/config"
	"joltui/internal/human"
	"joltui/internal/printable"
)

// Settings are where a command's configuration comes from, besides its flags.
type Settings struct {
	Path    string // of the configuration file; empty is the default one
	Name    string // of the profile
	print   string // the form in which to print what is in force, and do nothing else
	Profile config.Profile
	File    string  // that Profile is from
	Origins Origins // nil before it is settled
	Again   bool    // another look, while the dashboard has the terminal: nothing is said
}

// Origins tell where the value of each flag comes from, by the flag's name: "--host" for the
// command line, the name of a variable, or a line of the configuration file.
type Origins map[string]string

// errPrinted ends a command that was only to print its configuration.
var errPrinted = errors.New("printed")

func (s *Settings) flags(fs *pflag.FlagSet) {
	fs.StringVar(&s.Name, "profile", "", "take what no flag or variable says from this profile of the configuration")
	fs.Var((*arg.Path)(&s.Path), "config", "read this configuration file, and not the one in your configuration folder")
	PrintFlag(fs, &s.print)
}

// Settle gives each flag that was not set its value from the environment, from
// the profile, or from the top of the configuration file, in this order.
func (s *Settings) Settle(c *cobra.Command, env process.Env) error {
	s.Origins = make(Origins)
	c.Flags().Visit(func(f *pflag.Flag) { s.Origins[f.Name] = "--" + f.Name })
	if err := s.Origins.environment(c, env); err != nil {
		return err
	}
	if err := s.load(env); err != nil {
		return err
	}
	if err := s.applyProfile(c.Flags()); err != nil {
		return err
	}
	if s.print != "" {
		if err := s.printTo(env, c.Flags()); err != nil {
			return err
		}
		return errPrinted
	}
	return nil
}

// Settled is a command that runs when it is known where each of its settings comes
// from, unless it was only to print them.
func (s *Settings) Settled(env process.Env, run func(*cobra.Command, []string) error) func(*cobra.Command, []string) error {
	return func(c *cobra.Command, args []string) error {
		if err := s.Settle(c, env); err != nil {
			return Printed(err)
		}
		return run(c, args)
	}
}

// load reads the profile. That there is no file, or none that can be read, is no error
// unless one was named.
func (s *Settings) load(env process.Env) error {
	path := s.Path
	if path == "" {
		path = config.DefaultPath()
	}
	f, unread, err := config.LoadIfReadable(path)
	if s.Path != "" {
		f, err = config.Load(path)
	} else if unread != nil && !s.Again {
		fmt.Fprintf(env.Stderr, "joltui: going on without a configuration: %s\n", printable.Line(unread.Error()))
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return exit.Usagef("--config %s: there is no such file", path)
	case err != nil:
		return &exit.Error{Code: exit.Usage, Err: err}
	}
	s.File = path
	if s.Profile, err = f.Profile(s.Name); err != nil {
		return &exit.Error{Code: exit.Usage, Err: err}
	}
	return nil
}

// applyProfile gives the flags that were not set what the profile says.
func (s *Settings) applyProfile(flags *pflag.FlagSet) error {
	for _, k := range config.Keys() {
		name := strings.ReplaceAll(k.Name, "_", "-")
		value, set := s.Profile.Settings[k.Name]
		if !set || s.Origins[name] != "" || flags.Lookup(name) == nil {
			continue
		}
		text := value.Text
		if k.File {
			text = BesideFile(s.File, text)
		}
		if err := flags.Set(name, text); err != nil {
			return &exit.Error{Code: exit.Usage, Err: &config.Error{Path: s.File, Line: value.Line, Reason: arg.ValueError(flags.Lookup(name), text, err).Error()}}
		}
		s.Origins[name] = s.where(value.Line)
	}
	return nil
}

// BesideFile is a file that a profile names: it is beside the file of the profile, wherever
// the command runs.
func BesideFile(file, named string) string {
	named = human.Home(named)
	if named == "" || filepath.IsAbs(named) {
		return named
	}
	return filepath.Join(filepath.Dir(file), named)
}

// where names a line of the configuration file.
func (s *Settings) where(line int) string {
	at := fmt.Sprintf("%s:%d", s.File, line)
	if s.Profile.Name != "" && line > s.Profile.Line {
		return "profile " + s.Profile.Name + ", " + at
	}
	return at
}

// printTo prints every flag with its value and origin, and what of the profile no
// flag says. No secret is in any of it.
func (s *Settings) printTo(env process.Env, flags *pflag.FlagSet) error {
	var all InForce
	all.AddFlags(flags, s.Origins, func(f *pflag.Flag) (value, from string, ok bool) {
		because := s.impliesTLS(flags)
		return "true", "because of " + because, f.Name == "tls" && f.Value.String() == "false" && because != ""
	})
	if env.Getenv(process.PasswordVariable) != "" {
		all.Add("password", "(not shown)", process.PasswordVariable)
	}
	s.rows(all.Add)
	return all.Print(env.Stdout, s.print)
}

// impliesTLS is what has switched TLS on, beside --tls itself; empty for nothing.
func (s *Settings) impliesTLS(flags *pflag.FlagSet) string {
	for _, name := range []string{"tls-ca", "tls-cert", "tls-key", "tls-server-name", "tls-insecure"} {
		if value := arg.Text(flags, name); value != "" && value != "false" {
			return s.Origins[name]
		}
	}
	return ""
}

// rows are what a profile has beside flags.
func (s *Settings) rows(row func(name, value, origin string)) {
	p, origin := s.Profile, s.File
	if p.Name != "" {
		origin = "profile " + p.Name + ", " + s.File
	}
	if len(p.Topics) > 0 {
		row("topics", strings.Join(p.Topics, " "), origin)
	}
	for _, name := range slices.Sorted(maps.Keys(p.Groups)) {
		row("group "+name, strings.Join(p.Groups[name], " "), origin)
	}
	for _, name := range slices.Sorted(maps.Keys(p.Bindings)) {
		row("key "+name, strings.Join(p.Bindings[name], " "), origin)
	}
	for _, name := range slices.Sorted(maps.Keys(p.Limits)) {
		row("limit "+name, fmt.Sprint(p.Limits[name]), origin)
	}
}

// Printed makes a success of a command that only printed its configuration.
func Printed(err error) error {
	if errors.Is(err, errPrinted) {
		return nil
	}
	return err
}
