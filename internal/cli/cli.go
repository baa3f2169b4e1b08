package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"joltui/broker/cluster"
	"joltui/internal/dashboard"
	"joltui/internal/printable"
	_ "joltui/internal/quietstart"
	"joltui/internal/startline"
	"joltui/ui/loop"
)

// Exit codes. They tell scripts what kind of failure it was.
const (
	exitOK           = 0
	exitFailed       = 1
	exitUsage        = 2 // wrong flags, arguments or configuration, or no terminal
	exitRejected     = 3 // the broker refused
	exitNoConnection = 4
)

// System is the process's own surroundings; a test makes others. It takes the
// password out of the process's environment, so that no program that a command
// starts, such as an editor, gets it.
func System() Env {
	password := os.Getenv(passwordVariable)
	os.Unsetenv(passwordVariable)
	getenv := func(name string) string {
		if name == passwordVariable {
			return password
		}
		return os.Getenv(name)
	}
	return Env{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Getenv: getenv, Keyring: systemKeyring{}}
}

// Env is what a command sees of the process around it.
type Env struct {
	Stdin          *os.File
	Stdout, Stderr io.Writer
	Getenv         func(string) string
	Keyring        Keyring
	Hooks          dashboard.Hooks
	// Engine, if not nil, is what a broker has that is given none.
	Engine *cluster.Config
}

// without is e with some variables not set.
func (e Env) without(variables []string) Env {
	all := e.Getenv
	e.Getenv = func(name string) string {
		if slices.Contains(variables, name) {
			return ""
		}
		return all(name)
	}
	return e
}

// Main runs the command that args name and returns its exit code. Whatever goes
// wrong becomes a line on stderr.
func Main(args []string, env Env) int {
	survivePipes()
	out := &stdout{Writer: env.Stdout}
	env.Stdout = out
	root := Command(env)
	root.SetArgs(startline.LongFlags(root, args))
	err := out.verdict(root.Execute())
	if err == nil {
		return exitOK
	}
	for _, reason := range reasons(err) {
		fmt.Fprintf(env.Stderr, "joltui: %s\n", printable.Line(reason))
	}
	var crash *loop.PanicError
	if errors.As(err, &crash) {
		fmt.Fprintf(env.Stderr, "This is a bug in joltui. Where it happened:\n\n%s", printable.Block(crash.Stack))
	}
	return exitCode(err)
}

func exitCode(err error) int {
	var failed *exitError
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &failed):
		return failed.code
	}
	return exitFailed
}

// exitError is an error with the exit code it stands for.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string { return e.err.Error() }
func (e *exitError) Unwrap() error { return e.err }

func usageError(format string, args ...any) error {
	return &exitError{exitUsage, fmt.Errorf(format, args...)}
}

// Command returns joltui with all its commands, for what is made from them: the
// manual pages. To run it is [Main]'s.
func Command(env Env) *cobra.Command {
	root := newWatch(env, "joltui [TOPIC…]")
	root.Short = "Watch and publish on a Jolt message broker, live"
	root.Long = `joltui is a terminal for the Jolt message broker: watch topics live, publish by
hand, and see every acknowledgement and error as it happens.

Without a command it opens the dashboard. "joltui demo" needs no broker.

Exit codes: 0 left; 1 failed; 2 usage, a wrong configuration, or no terminal;
3 the broker refused the login; 4 no connection that could be used; commands
for scripts have further ones: see the help of each.`
	root.Example = `  joltui demo                          a dashboard with a broker and traffic of its own
  joltui orders.eu chat.room           watch two topics on 127.0.0.1:8080
  joltui --host 10.0.0.7 --user alice  asks for the password
  joltui broker --port 8080            run a broker
  joltui bench                         measure one
  joltui replay FILE                   look at a recording`
	root.Version = fullVersion()
	root.SetVersionTemplate("{{.Version}}\n")
	root.SetIn(env.Stdin)
	root.SetOut(env.Stdout)
	root.SetErr(env.Stderr)
	root.SilenceErrors, root.SilenceUsage = true, true
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usageError("%w; see %s --help", flagError(c, err), c.CommandPath())
	})
	root.AddCommand(newWatch(env, "watch [TOPIC…]"), newDemo(env), newBroker(env), newSub(env), newPub(env), newReq(env), newTop(env), newTopics(env), newClients(env), newPing(env), newBench(env),
		newReplay(env), newConfig(env), newPasswordCommand(env))
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

// noArguments is cobra.NoArgs with the exit code of a usage error.
func noArguments(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		if near, ok := meant(c, args[0]); ok {
			return usageError("%s takes no arguments, but got %q: did you mean %[1]s %[3]s?", c.CommandPath(), args[0], near)
		}
		return usageError("%s takes no arguments, but got %q; see %[1]s --help", c.CommandPath(), args[0])
	}
	return nil
}
