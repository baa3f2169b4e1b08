package connect

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"joltui/internal/cli/arg"
	"joltui/internal/cli/exit"
	"joltui/internal/cli/process"
	"joltui/internal/printable"
)

// Variable is what the environment calls a flag that means the same in all commands:
// --host is JOLT_HOST.
func Variable(flag string) string { return "JOLT_" + constant(flag) }

// VariableOf is what the environment calls a flag of a command; empty is nothing. What
// means something in that command alone has its name in it, so that no variable has two
// meanings: --rate is JOLT_PUB_RATE or JOLT_BENCH_RATE, and the broker's are all JOLT_BROKER_….
func VariableOf(c *cobra.Command, flag string) string {
	words := strings.Fields(c.CommandPath())
	switch {
	case flag == "help", flag == "version", flag == "print-config":
		return ""
	case means(words, flag):
		return Variable(flag)
	}
	return "JOLT_" + constant(strings.Join(words[1:], "-")) + "_" + constant(flag)
}

// means reports whether a flag of a command, whose path is in words, means what it does
// in all commands.
func means(words []string, flag string) bool {
	own := ""
	if len(words) > 1 {
		own = words[1]
	}
	if own == "broker" || own == "demo" && flag == "port" {
		return false // those say where to listen
	}
	return slices.Contains(commonFlags(), flag)
}

// commonFlags are those that mean the same wherever they are.
func commonFlags() []string {
	var c Connection
	fs := pflag.NewFlagSet("", pflag.ContinueOnError)
	c.Flags(fs)
	c.PublishFlags(fs)
	c.WaitFlags(fs)
	new(arg.Zone).Flags(fs)
	names := []string{"bell", "colour", "theme", "confirm-publish", "no-history", "away"} // of the dashboard
	fs.VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return names
}

func constant(flag string) string { return strings.ToUpper(strings.ReplaceAll(flag, "-", "_")) }

// environment gives each flag that was not set its value from the environment.
func (o Origins) environment(c *cobra.Command, env process.Env) error {
	var failed error
	c.Flags().VisitAll(func(f *pflag.Flag) {
		name := VariableOf(c, f.Name)
		if f.Changed || name == "" || failed != nil {
			return
		}
		value := env.Getenv(name)
		if value == "" || f.Name == "port" && ofKubernetes(env, name, value) {
			return
		}
		if err := c.Flags().Set(f.Name, value); err != nil {
			failed = exit.Usagef("%s in the environment: %w", name, arg.ValueError(f, value, err))
		}
		o[f.Name] = name
	})
	return failed
}

// ofKubernetes reports whether a variable for a port is that of a service: Kubernetes
// sets JOLT_PORT=tcp://10.96.0.5:8080 in every pod once a service is called jolt. That
// is left out, with a word.
func ofKubernetes(env process.Env, name, value string) bool {
	if !strings.HasPrefix(value, "tcp://") && !strings.HasPrefix(value, "udp://") {
		return false
	}
	fmt.Fprintf(env.Stderr, "joltui: %s=%s is no port, and left out: Kubernetes sets it for a service of that name; say --port\n",
		name, printable.Line(value))
	return true
}

// FromEnvironment is for commands without a configuration file of profiles. It returns
// where the values of flags come from.
func FromEnvironment(c *cobra.Command, env process.Env) (Origins, error) {
	o := make(Origins)
	c.Flags().Visit(func(f *pflag.Flag) { o[f.Name] = "--" + f.Name })
	return o, o.environment(c, env)
}
