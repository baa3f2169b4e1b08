package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"joltui/internal/cli/arg"
	"joltui/internal/cli/connect"
	"joltui/internal/cli/exit"
	"joltui/internal/cli/process"
	"joltui/internal/cli/secret"
)

func newPasswordCommand(env process.Env) *cobra.Command {
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

func newPasswordAction(env process.Env, name, short string, do func(process.Env, *connect.Connection) error) *cobra.Command {
	var conn connect.Connection
	cmd := &cobra.Command{
		Use:   name,
		Short: short,
		Args:  arg.None,
		RunE: conn.Settled(env, func(cmd *cobra.Command, _ []string) error {
			if err := conn.Check(); err != nil {
				return err
			}
			if conn.User == "" {
				return exit.Usagef("say whose password with --user, or with a profile that has one")
			}
			return do(env, &conn)
		}),
	}
	conn.Flags(cmd.Flags())
	return cmd
}

func storePassword(env process.Env, c *connect.Connection) error {
	password, err := secret.New(env)
	if err != nil {
		return err
	}
	if err := c.Remember(env, password); err != nil {
		return err
	}
	fmt.Fprintf(env.Stderr, "stored the password of %s\n", c.Account())
	return nil
}

func deletePassword(env process.Env, c *connect.Connection) error {
	if err := c.Forget(env); err != nil {
		return err
	}
	fmt.Fprintf(env.Stderr, "removed the password of %s\n", c.Account())
	return nil
}
