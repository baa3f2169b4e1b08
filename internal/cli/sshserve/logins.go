package sshserve

import (
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"joltui/internal/cli/connect"
	"joltui/internal/cli/exit"
	"joltui/internal/cli/process"
	"joltui/internal/config"
	"joltui/jolt"
)

// login is as whom a viewer is at the broker, and what the profile says beside that.
type login struct {
	config    jolt.Config
	profile   config.Profile
	tls       bool
	unchecked bool // the broker's certificate is not verified
	readOnly  bool // nobody publishes with it, whatever a key allows
}

// logins are those that the server can use: its own, and those of profiles. It is safe for
// concurrent use.
type logins struct {
	env  process.Env
	own  login
	path string // of the configuration file; empty is the default one
}

// ownLogin is what the flags say. The password may be asked for: somebody starts the server.
func ownLogin(env process.Env, c *connect.Connection) (login, error) {
	cfg, err := c.Config(env)
	return login{cfg, c.Profile, c.TLS.Enabled(), c.TLS.Insecure, c.ReadOnly}, err
}

// of returns the login of a profile, as the configuration file has it now; "" is the server's.
// Flags and variables were said of the server's own login, and say nothing of another one.
func (l *logins) of(profile string) (login, error) {
	if profile == "" {
		return l.own, nil
	}
	var c connect.Connection
	cmd := new(cobra.Command)
	c.Flags(cmd.Flags())
	c.PublishFlags(cmd.Flags())
	c.Path, c.Name, c.Again = l.path, profile, true
	var variables []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { variables = append(variables, connect.Variable(f.Name)) })
	env := l.env.Without(variables)
	if err := c.Settle(cmd, env); err != nil {
		return login{}, err
	}
	if err := c.Check(); err != nil {
		return login{}, err
	}
	cfg, err := c.WithoutPassword()
	if err != nil {
		return login{}, err
	}
	if c.User != "" {
		if c.PasswordFrom != "env" {
			env = env.Without([]string{process.PasswordVariable})
		}
		password, ask, err := c.StoredPassword(env)
		switch {
		case err != nil:
			return login{}, err
		case ask:
			return login{}, exit.Usagef("profile %s: nobody can be asked for its password here: give it password_file, or password_from", profile)
		}
		cfg.Pass = password
	}
	return login{cfg, c.Profile, c.TLS.Enabled(), c.TLS.Insecure, c.ReadOnly}, nil
}

// check says what is wrong with the profile of a grant.
func (l *logins) check(profile string) error {
	if _, err := l.of(profile); err != nil {
		return fmt.Errorf("profile=%q: %w", profile, err)
	}
	return nil
}
