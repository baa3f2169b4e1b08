package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/zalando/go-keyring"
)

// Keyring keeps passwords for the user: the one of the system, unless a test
// brings its own. Its errors are those of go-keyring.
type Keyring interface {
	Get(service, account string) (string, error)
	Set(service, account, password string) error
	Delete(service, account string) error
}

// systemKeyring is the keychain, the credential manager or the secret service.
type systemKeyring struct{}

func (systemKeyring) Get(service, account string) (string, error) {
	return keyring.Get(service, account)
}

func (systemKeyring) Set(service, account, password string) error {
	return keyring.Set(service, account, password)
}

func (systemKeyring) Delete(service, account string) error { return keyring.Delete(service, account) }

// keyringService is the name that joltui's passwords are filed under.
const keyringService = "joltui"

// account is what the keyring knows a login as.
func (c *connection) account() string { return c.user + "@" + c.addr() }

// fromKeyring returns the password of the login.
func (c *connection) fromKeyring(env Env) (string, error) {
	password, err := env.Keyring.Get(keyringService, c.account())
	switch {
	case errors.Is(err, keyring.ErrNotFound):
		return "", usageError("the keyring has no password of %s: store it with joltui password set", c.account())
	case err != nil:
		return "", keyringError(err)
	}
	return password, nil
}

// keyringError says that there is no keyring, or that it does not do its work.
func keyringError(err error) error {
	return &exitError{exitUsage, fmt.Errorf("the keyring of this system cannot be used (%w): use --password-file or JOLT_PASSWORD", err)}
}

func newPasswordCommand(env Env) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "password",
		Short: "Keep a password in the keyring of the system",
		Long: `Stores the password of a login in the keyring of the system, or removes it. The
login is that of --user at --host and --port, or of --profile. It is used where
the configuration says password_from = "keyring", or with --password-from keyring.`,
	}
	cmd.AddCommand(
		newPasswordAction(env, "set", "Ask for a password and store it", storePassword),
		newPasswordAction(env, "delete", "Remove a stored password", deletePassword),
	)
	return cmd
}

func newPasswordAction(env Env, name, short string, do func(Env, *connection) error) *cobra.Command {
	var conn connection
	cmd := &cobra.Command{
		Use:   name,
		Short: short,
		Args:  noArguments,
		RunE: conn.settled(env, func(cmd *cobra.Command, _ []string) error {
			if err := conn.check(); err != nil {
				return err
			}
			if conn.user == "" {
				return usageError("say whose password with --user, or with a profile that has one")
			}
			return do(env, &conn)
		}),
	}
	conn.flags(cmd.Flags())
	return cmd
}

func storePassword(env Env, c *connection) error {
	password, err := newPassword(env)
	if err != nil {
		return err
	}
	if err := env.Keyring.Set(keyringService, c.account(), password); err != nil {
		return keyringError(err)
	}
	fmt.Fprintf(env.Stderr, "stored the password of %s\n", c.account())
	return nil
}

func deletePassword(env Env, c *connection) error {
	err := env.Keyring.Delete(keyringService, c.account())
	switch {
	case errors.Is(err, keyring.ErrNotFound):
		return usageError("the keyring has no password of %s", c.account())
	case err != nil:
		return keyringError(err)
	}
	fmt.Fprintf(env.Stderr, "removed the password of %s\n", c.account())
	return nil
}
