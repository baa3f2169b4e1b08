package cli

import (
	"errors"
	"fmt"

	"github.com/zalando/go-keyring"

	"joltui/internal/cli/exit"
	"joltui/internal/cli/process"
)

// keyringService is the name that joltui's passwords are filed under.
const keyringService = "joltui"

// account is what the keyring knows a login as.
func (c *connection) account() string { return c.user + "@" + c.addr() }

// fromKeyring returns the password of the login.
func (c *connection) fromKeyring(env process.Env) (string, error) {
	password, err := env.Keyring.Get(keyringService, c.account())
	switch {
	case errors.Is(err, keyring.ErrNotFound):
		return "", exit.Usagef("the keyring has no password of %s: store it with joltui password set", c.account())
	case err != nil:
		return "", keyringError(err)
	}
	return password, nil
}

// remember stores the password of the login in the keyring of the system.
func (c *connection) remember(env process.Env, password string) error {
	if err := env.Keyring.Set(keyringService, c.account(), password); err != nil {
		return keyringError(err)
	}
	return nil
}

// forget removes the password of the login from the keyring of the system. That there is
// none is an error.
func (c *connection) forget(env process.Env) error {
	err := env.Keyring.Delete(keyringService, c.account())
	switch {
	case errors.Is(err, keyring.ErrNotFound):
		return exit.Usagef("the keyring has no password of %s", c.account())
	case err != nil:
		return keyringError(err)
	}
	return nil
}

// keyringError says that there is no keyring, or that it does not do its work.
func keyringError(err error) error {
	return &exit.Error{Code: exit.Usage, Err: fmt.Errorf("the keyring of this system cannot be used (%w): use --password-file or JOLT_PASSWORD", err)}
}
