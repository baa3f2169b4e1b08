package cli

import (
	"fmt"
	"net"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/pflag"

	"joltui/jolt"
)

// connection is where a command connects, and as whom.
type connection struct {
	host           string
	port           int
	user           string
	passwordFile   string
	connectTimeout time.Duration
	plaintextAuth  bool
	readOnly       bool
	wait           time.Duration
	trace          bool
	passwordFrom   string
	tls            tlsFlags
	settings
}

func (c *connection) flags(fs *pflag.FlagSet) {
	c.host = "127.0.0.1"
	fs.VarP((*hostValue)(&c.host), "host", "H", "the broker's host name or address")
	fs.IntVarP(&c.port, "port", "p", 8080, "the broker's port")
	fs.StringVarP(&c.user, "user", "u", "", "log in as this user; the password comes from --password-file, JOLT_PASSWORD or a prompt")
	fs.Var((*pathValue)(&c.passwordFile), "password-file", "read the password from this file, which nobody else may be able to read")
	fs.DurationVar(&c.connectTimeout, "connect-timeout", 10*time.Second, "give up an attempt to connect after this long")
	fs.BoolVar(&c.plaintextAuth, "insecure-plaintext-auth", false, "allow the password to cross the network in clear")
	fs.StringVar(&c.passwordFrom, "password-from", "", "where the password comes from: prompt, env or keyring; see joltui password")
	c.tls.flags(fs)
	c.settings.flags(fs)
}

// publishFlags are for commands that could publish.
func (c *connection) publishFlags(fs *pflag.FlagSet) {
	fs.BoolVar(&c.readOnly, "read-only", false, "refuse to publish")
}

var errReadOnly = usageError("--read-only, JOLT_READ_ONLY or the profile forbids it: nothing is published")

// addr is the broker's host:port.
func (c *connection) addr() string { return net.JoinHostPort(c.host, strconv.Itoa(c.port)) }

// config returns the settings for a client, the password asked for if need be.
func (c *connection) config(env Env) (jolt.Config, error) {
	cfg, err := c.withoutPassword()
	if err == nil && c.user != "" {
		cfg.Pass, err = c.password(env)
	}
	return cfg, err
}

// withoutPassword returns the settings for a client but for the password.
func (c *connection) withoutPassword() (jolt.Config, error) {
	cfg := jolt.Config{
		Addr:                  c.addr(),
		User:                  c.user,
		ConnectTimeout:        c.connectTimeout,
		InsecurePlaintextAuth: c.plaintextAuth,
	}
	var err error
	cfg.TLS, err = c.tls.config(c.says)
	return cfg, err
}

// says names what has given a flag its value: the flag, a variable, or a line of a profile.
func (c *connection) says(flag string) string {
	origin := c.origins[flag]
	if origin == "" || origin == "--"+flag {
		return "--" + flag
	}
	if origin == variable(flag) {
		return origin
	}
	return origin + ": " + strings.ReplaceAll(flag, "-", "_")
}

// check says what is wrong with the settings.
func (c *connection) check() error {
	switch {
	case c.port < 1 || c.port > 65535:
		return usageError("--port %d is not a port: it must be from 1 to 65535", c.port)
	case c.connectTimeout <= 0:
		return usageError("--connect-timeout %s must be more than 0", c.connectTimeout)
	case c.wait < 0:
		return usageError("--wait %s must not be negative", c.wait)
	case c.passwordFrom != "" && !slices.Contains(settingValues("password_from"), c.passwordFrom):
		return usageError("--password-from %q is unknown: there are prompt, env and keyring", c.passwordFrom)
	case c.passwordFile != "" && c.user == "":
		return usageError("--password-file without --user: say who logs in")
	}
	return nil
}

// passwordVariable is the one with the password, which no flag may have.
const passwordVariable = "JOLT_PASSWORD"

// password finds the password of the login, or asks for it.
func (c *connection) password(env Env) (string, error) {
	password, ask, err := c.storedPassword(env)
	if err != nil || !ask {
		return password, err
	}
	if !term.IsTerminal(env.Stdin.Fd()) {
		return "", usageError("no password for %q: use --password-file or JOLT_PASSWORD, as there is no terminal to ask at", c.user)
	}
	return prompt(env, fmt.Sprintf("Password of %s at %s: ", c.user, c.addr()))
}

// storedPassword finds the password of the login where it need not be asked for;
// else ask is true. A variable beats a profile that says keyring, but no flag.
func (c *connection) storedPassword(env Env) (password string, ask bool, err error) {
	if c.passwordFile != "" {
		password, err = readPasswordFile(c.says("password-file"), c.passwordFile)
		return password, false, err
	}
	password = env.Getenv(passwordVariable)
	flag := c.origins["password-from"] == "--password-from"
	switch {
	case c.passwordFrom == "prompt" && flag:
	case c.passwordFrom == "keyring" && (flag || password == ""):
		password, err = c.fromKeyring(env)
		return password, false, err
	case password != "":
		return password, false, nil
	case c.passwordFrom == "env":
		return "", false, usageError("JOLT_PASSWORD is not set: the password of %q is to come from there", c.user)
	}
	return "", true, nil
}

// readPasswordFile returns the first line of a file, which said has named.
func readPasswordFile(said, path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", usageError("%s: %w", said, err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return "", usageError("%s: %w", said, err)
	}
	if info.IsDir() {
		return "", usageError("%s: %s is a folder", said, path)
	}
	if othersMayRead(info) {
		return "", usageError("%s: %s can be read by others (mode %04o): run chmod 600 %[2]s", said, path, info.Mode().Perm())
	}
	line, err := readLine(f)
	if err != nil || line == "" {
		return "", usageError("%s: %s holds no password in its first line", said, path)
	}
	return line, nil
}
