package cli

import (
	"github.com/spf13/cobra"

	"joltui/internal/cli/arg"
	"joltui/internal/cli/process"
)

// newTop is the dashboard, which begins with the page of the broker.
func newTop(env process.Env) *cobra.Command {
	w := watchFlags{top: true}
	cmd := &cobra.Command{
		Use:   "top",
		Short: "Watch the broker: topics that there are, who is connected, what happens",
		Long: `Watch the broker, in the dashboard: its topics with their rates and subscribers, who
is connected and lags behind, and what happens to whom. Enter subscribes to a topic,
or to those marked with the space bar; esc leads to the rest of the dashboard, and B
back.

It takes a broker that tells of itself, as joltui broker does, and with security the
permission admin or those for $SYS.broker, $SYS.topics, $SYS.clients and $SYS.events.
joltui topics and joltui clients print the same.

Exit codes are those of joltui watch.`,
		Args: arg.None,
		RunE: func(cmd *cobra.Command, _ []string) error { return w.open(cmd, env, nil) },
	}
	w.flags(cmd.Flags())
	return cmd
}
