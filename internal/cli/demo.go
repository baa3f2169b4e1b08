package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"joltui/broker"
	"joltui/internal/cli/arg"
	"joltui/internal/cli/connect"
	"joltui/internal/cli/exit"
	"joltui/internal/cli/look"
	"joltui/internal/cli/process"
	"joltui/internal/config"
	"joltui/internal/dashboard"
	"joltui/jolt"
	"joltui/ui"
)

// forbiddenTopic is what nobody may read in the demo, so that a refusal shows.
const forbiddenTopic = "payroll"

func newDemo(env process.Env) *cobra.Command {
	var port int
	var looks look.Flags
	var bell, noTour bool
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Open the dashboard on a broker of its own with sample traffic",
		Long: `Starts a broker on a free port of this machine, publishes sample traffic on
several topics and opens the dashboard on it, all through the real protocol.
Other clients can join: the address is in the dashboard's header. A short tour
teaches the first keys, unless --no-tour says otherwise; esc ends it.`,
		Args: arg.None,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if _, err := connect.FromEnvironment(cmd, env); err != nil {
				return err
			}
			o, err := looks.Options(ui.Options{}, config.Profile{}, "")
			if err != nil {
				return err
			}
			if err := process.NeedTerminal(env); err != nil {
				return err
			}
			o.Editor, o.Tour = editor(env), !noTour
			return runDemo(cmd.Context(), env, port, o, bell)
		},
	}
	bellFlag(cmd.Flags(), &bell)
	cmd.Flags().IntVarP(&port, "port", "p", 0, "the broker's port; 0 takes a free one")
	cmd.Flags().BoolVar(&noTour, "no-tour", false, "begin without the tour of the first keys")
	looks.Flags(cmd.Flags())
	return cmd
}

func runDemo(ctx context.Context, env process.Env, port int, o ui.Options, bell bool) error {
	if port < 0 || port > 65535 {
		return exit.Usagef("--port %d is not a port: it must be from 0 to 65535", port)
	}
	addr := fmt.Sprintf("127.0.0.1:%d", port)
	own := new(ownBroker)
	if err := own.start(ctx, addr, true); err != nil {
		return err
	}
	cfg := jolt.Config{Addr: own.addr, Topics: demoTopics()}
	o.OwnBroker = own.offer(ctx, &cfg)
	_, err := runDashboard(ctx, env, session{Session: dashboard.Session{Config: cfg, Options: o, Bell: bell}})
	return errors.Join(err, own.leave(env.Stderr))
}

// demoTopics are what a dashboard on the demo subscribes to: one is refused.
func demoTopics() []string { return append(trafficTopics(), forbiddenTopic) }

// demoBroker lets everybody do everything, but for one topic.
func demoBroker() broker.Config {
	return broker.Config{Permit: func(_ string, op jolt.Op, topic string) bool {
		return op != jolt.OpSubscribe || topic != forbiddenTopic
	}}
}
