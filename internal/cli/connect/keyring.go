package connect

import (
	"errors"
	"fmt"

	"github.com/zalando/go-keyring"

	"joltui/internal/cli/exit"
	"joltui/internal/cli/process"
)

// keyringService is the name that joltui's passwords are filed under.
const keyringService = "joltui"

// Account is what the keyring knows a login as.
func (c *Connection) Account() string { return c.User + "@" + c.Addr() }

// fromKeyring returns the password of the login.
func (c *Connection) fromKeyring(env process.Env) (string, error) {
	password, err := env.Keyring.Get(keyringService, c.Account())
	switch {
	case errors.Is(err, keyring.ErrNotFound):
		return "", exit.Usagef("the keyring has no password of %s: store it with joltui password set", c.Account())
	case err != nil:
		return "", keyringError(err)
	}
	return password, nil
}

// Remember stores the password of the login in the keyring of the system.
func (c *Connection) Remember(env process.Env, password string) error {
	if err := env.Keyring.Set(keyringService, c.Account(), password); err != nil {
		return keyringError(err)
	}
	return nil
}

// Forget removes the password of the login from the keyring of the system. That there is
// none is an error.
func (c *Connection) Forget(env process.Env) error {
	err := env.Keyring.Delete(keyringService, c.Account())
	switch {
	case errors.Is(err, keyring.ErrNotFound):
		return exit.Usagef("the keyring has no password of %s", c.Account())
	case err != nil:
		return keyringError(err)
	}
	return nil
}

// keyringError says that there is no keyring, or that it does not do its work.
func keyringError(err error) error {
	return &exit.Error{Code: exit.Usage, Err: fmt.Errorf("the keyring of this system cannot be used (%w): use --password-file or JOLT_PASSWORD", err)}
}
