package connect

import (
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/pflag"

	"joltui/internal/cli/arg"
	"joltui/internal/cli/exit"
	"joltui/internal/cli/process"
	"joltui/internal/cli/secret"
	"joltui/internal/config"
	"joltui/jolt"
)

// Connection is where a command connects, and as whom.
type Connection struct {
	host           string
	port           int
	User           string // who logs in; empty is nobody
	passwordFile   string
	connectTimeout time.Duration
	plaintextAuth  bool
	ReadOnly       bool // nothing may be published
	wait           time.Duration
	trace          bool
	PasswordFrom   string // prompt, env or keyring; empty is JOLT_PASSWORD, or a prompt where that is not set
	TLS            TLS
	Settings
}

// Flags adds the flags of every command that connects.
func (c *Connection) Flags(fs *pflag.FlagSet) {
	c.host = "127.0.0.1"
	fs.VarP((*arg.Host)(&c.host), "host", "H", "the broker's host name or address")
	fs.IntVarP(&c.port, "port", "p", 8080, "the broker's port")
	fs.StringVarP(&c.User, "user", "u", "", "log in as this user; the password comes from --password-file, JOLT_PASSWORD or a prompt")
	fs.Var((*arg.Path)(&c.passwordFile), "password-file", "read the password from this file, which nobody else may be able to read")
	fs.DurationVar(&c.connectTimeout, "connect-timeout", 10*time.Second, "give up an attempt to connect after this long")
	fs.BoolVar(&c.plaintextAuth, "insecure-plaintext-auth", false, "allow the password to cross the network in clear")
	fs.StringVar(&c.PasswordFrom, "password-from", "", "where the password comes from: prompt, env or keyring; see joltui password")
	c.TLS.flags(fs)
	c.Settings.flags(fs)
}

// PublishFlags are for commands that could publish.
func (c *Connection) PublishFlags(fs *pflag.FlagSet) {
	fs.BoolVar(&c.ReadOnly, "read-only", false, "refuse to publish")
}

// ErrReadOnly is for a command that could publish, and must not.
var ErrReadOnly = exit.Usagef("--read-only, JOLT_READ_ONLY or the profile forbids it: nothing is published")

// Addr is the broker's host:port.
func (c *Connection) Addr() string { return net.JoinHostPort(c.host, strconv.Itoa(c.port)) }

// Config returns the settings for a client, the password asked for if need be.
func (c *Connection) Config(env process.Env) (jolt.Config, error) {
	cfg, err := c.WithoutPassword()
	if err == nil && c.User != "" {
		cfg.Pass, err = c.password(env)
	}
	return cfg, err
}

// WithoutPassword returns the settings for a client but for the password.
func (c *Connection) WithoutPassword() (jolt.Config, error) {
	cfg := jolt.Config{
		Addr:                  c.Addr(),
		User:                  c.User,
		ConnectTimeout:        c.connectTimeout,
		InsecurePlaintextAuth: c.plaintextAuth,
		NoLoginRetry:          true, // a command that nobody watches would try for ever
	}
	var err error
	cfg.TLS, err = c.TLS.config(c.says)
	return cfg, err
}

// says names what has given a flag its value: the flag, a variable, or a line of a profile.
func (c *Connection) says(flag string) string {
	origin := c.Origins[flag]
	if origin == "" || origin == "--"+flag {
		return "--" + flag
	}
	if origin == Variable(flag) {
		return origin
	}
	return origin + ": " + strings.ReplaceAll(flag, "-", "_")
}

// Check says what is wrong with the settings.
func (c *Connection) Check() error {
	switch {
	case c.port < 1 || c.port > 65535:
		return exit.Usagef("--port %d is not a port: it must be from 1 to 65535", c.port)
	case c.connectTimeout <= 0:
		return exit.Usagef("--connect-timeout %s must be more than 0", c.connectTimeout)
	case c.wait < 0:
		return exit.Usagef("--wait %s must not be negative", c.wait)
	case c.PasswordFrom != "" && !slices.Contains(SettingValues("password_from"), c.PasswordFrom):
		return exit.Usagef("--password-from %q is unknown: there are prompt, env and keyring", c.PasswordFrom)
	case c.passwordFile != "" && c.User == "":
		return exit.Usagef("--password-file without --user: say who logs in")
	}
	return nil
}

// password finds the password of the login, or asks for it.
func (c *Connection) password(env process.Env) (string, error) {
	password, ask, err := c.StoredPassword(env)
	if err != nil || !ask {
		return password, err
	}
	if !term.IsTerminal(env.Stdin.Fd()) {
		return "", exit.Usagef("no password for %q: use --password-file or JOLT_PASSWORD, as there is no terminal to ask at", c.User)
	}
	return secret.Prompt(env, fmt.Sprintf("Password of %s at %s: ", c.User, c.Addr()))
}

// StoredPassword finds the password of the login where it need not be asked for;
// else ask is true. A variable beats a profile that says keyring, but no flag.
func (c *Connection) StoredPassword(env process.Env) (password string, ask bool, err error) {
	if c.passwordFile != "" {
		password, err = secret.ReadFile(c.says("password-file"), c.passwordFile)
		return password, false, err
	}
	password = env.Getenv(process.PasswordVariable)
	flag := c.Origins["password-from"] == "--password-from"
	switch {
	case c.PasswordFrom == "prompt" && flag:
	case c.PasswordFrom == "keyring" && (flag || password == ""):
		password, err = c.fromKeyring(env)
		return password, false, err
	case password != "":
		return password, false, nil
	case c.PasswordFrom == "env":
		return "", false, exit.Usagef("JOLT_PASSWORD is not set: the password of %q is to come from there", c.User)
	}
	return "", true, nil
}

// SettingValues are those that a setting of a profile can have.
func SettingValues(name string) []string {
	for _, k := range config.Keys() {
		if k.Name == name {
			return k.OneOf
		}
	}
	return nil
}
