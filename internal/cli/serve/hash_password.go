package serve

import (
	"fmt"

	"github.com/spf13/cobra"

	"joltui/broker"
	"joltui/internal/cli/arg"
	"joltui/internal/cli/process"
	"joltui/internal/cli/secret"
)

func newHashPassword(env process.Env) *cobra.Command {
	return &cobra.Command{
		Use:   "hash-password",
		Short: "Ask for a password and print what to put into the broker's configuration",
		Long: `Asks for a password, twice and without an echo, and prints its salted hash for
"password_hash" in the broker's configuration. Without a terminal it reads the
password from the first line of stdin.`,
		Args: arg.None,
		RunE: func(cmd *cobra.Command, _ []string) error {
			password, err := secret.New(env)
			if err != nil {
				return err
			}
			hash, err := broker.HashPassword(password)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(env.Stdout, hash)
			return err
		},
	}
}
