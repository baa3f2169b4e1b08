package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"joltui/internal/cli/arg"
	"joltui/internal/cli/bench"
	"joltui/internal/cli/exit"
	"joltui/internal/cli/list"
	"joltui/internal/cli/process"
	"joltui/internal/cli/pub"
	"joltui/internal/cli/replay"
	"joltui/internal/cli/serve"
	"joltui/internal/cli/sshserve"
	"joltui/internal/cli/sub"
	"joltui/internal/printable"
	_ "joltui/internal/quietstart"
	"joltui/internal/startline"
	"joltui/ui/loop"
)

// Main runs the command that args name and returns its exit code. Whatever goes
// wrong becomes a line on stderr.
func Main(args []string, env process.Env) int {
	process.SurvivePipes()
	out := &process.Stdout{Writer: env.Stdout}
	env.Stdout = out
	root := Command(env)
	root.SetArgs(startline.LongFlags(root, args))
	err := out.Verdict(root.Execute())
	if err == nil {
		return exit.OK
	}
	for _, reason := range exit.Reasons(err) {
		fmt.Fprintf(env.Stderr, "joltui: %s\n", printable.Line(reason))
	}
	var crash *loop.PanicError
	if errors.As(err, &crash) {
		fmt.Fprintf(env.Stderr, "This is a bug in joltui. Where it happened:\n\n%s", printable.Block(crash.Stack))
	}
	return exit.Code(err)
}

// Command returns joltui with all its commands, for what is made from them: the
// manual pages. To run it is [Main]'s.
func Command(env process.Env) *cobra.Command {
	root := newWatch(env, "joltui [TOPIC…]")
	root.Short = "Watch and publish on a Jolt message broker, live"
	root.Long = `joltui is a terminal for the Jolt message broker: watch topics live, publish by
hand, and see every acknowledgement and error as it happens.

Without a command it opens the dashboard, which can start a broker of its own
where it finds none. "joltui demo" needs no broker, and begins with a tour.

Exit codes: 0 left; 1 failed; 2 usage, a wrong configuration, or no terminal;
3 the broker refused the login; 4 no connection that could be used; commands
for scripts have further ones: see the help of each.`
	root.Example = `  joltui demo                          a dashboard with a broker and traffic of its own
  joltui orders.eu chat.room           watch two topics on 127.0.0.1:8080
  joltui --host 10.0.0.7 --user alice  asks for the password
  joltui broker --port 8080            run a broker
  joltui bench                         measure one
  joltui replay FILE                   look at a recording`
	root.Version = process.FullVersion()
	root.SetVersionTemplate("{{.Version}}\n")
	root.SetIn(env.Stdin)
	root.SetOut(env.Stdout)
	root.SetErr(env.Stderr)
	root.SilenceErrors, root.SilenceUsage = true, true
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return exit.Usagef("%w; see %s --help", arg.FlagError(c, err), c.CommandPath())
	})
	root.AddCommand(newWatch(env, "watch [TOPIC…]"), newDemo(env), serve.New(env), sshserve.New(env), sub.New(env), pub.New(env), sub.NewReq(env),
		newTop(env), list.NewTopics(env), list.NewClients(env), newPing(env), bench.New(env), replay.New(env), newConfig(env),
		newPasswordCommand(env))
	root.Args = topicsNotCommands
	root.SetHelpCommand(newHelp(root))
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	strict(root)
	completeFlags(root)
	refer(root)
	withReference(root)
	return root
}
