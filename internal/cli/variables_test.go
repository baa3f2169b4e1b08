package cli

import (
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"joltui/internal/cli/connect"
	"joltui/internal/cli/process"
)

// each calls use for joltui and each command below it.
func each(c *cobra.Command, use func(*cobra.Command)) {
	use(c)
	for _, below := range c.Commands() {
		each(below, use)
	}
}

// No variable means two things: those that several commands heed are said to mean the
// same, and have one type, one default and one text.
func TestAVariableHasOneMeaning(t *testing.T) {
	type meaning struct{ kind, text, standard string }
	seen := make(map[string]meaning)
	root := Command(process.Env{Getenv: func(string) string { return "" }})
	each(root, func(c *cobra.Command) {
		c.Flags().VisitAll(func(f *pflag.Flag) {
			name := connect.VariableOf(c, f.Name)
			if name == "" {
				return
			}
			m := meaning{f.Value.Type(), f.Usage, f.DefValue}
			if before, ok := seen[name]; ok && before != m {
				t.Errorf("%s of %s is %q, and elsewhere %q", name, c.CommandPath(), m, before)
			}
			seen[name] = m
		})
	})
	for _, name := range []string{"JOLT_HOST", "JOLT_BROKER_HOST", "JOLT_CONFIG", "JOLT_BROKER_CONFIG", "JOLT_PUB_RATE",
		"JOLT_BENCH_RATE", "JOLT_SUB_TEMPLATE", "JOLT_DEMO_PORT", "JOLT_BELL", "JOLT_WAIT", "JOLT_READ_ONLY"} {
		if _, ok := seen[name]; !ok {
			t.Errorf("no flag is called %s in the environment", name)
		}
	}
}

// The flags of the dashboard mean the same in all commands: variables.go names them, since it
// cannot know them.
func TestTheDashboardsFlagsAreCommon(t *testing.T) {
	c := newWatch(process.Env{}, "joltui")
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if got, want := connect.VariableOf(c, f.Name), connect.Variable(f.Name); got != want && f.Name != "print-config" {
			t.Errorf("--%s is %q in the environment, want %q", f.Name, got, want)
		}
	})
}

// Help, and so the manual page, says all exit codes.
func TestEveryCommandSaysItsExitCodes(t *testing.T) {
	each(Command(process.Env{Getenv: func(string) string { return "" }}), func(c *cobra.Command) {
		if c.Runnable() && c.Name() != "help" && c.Parent() != nil && c.Parent().Name() != "completion" && !strings.Contains(c.Long, "Exit codes") {
			t.Errorf("%s does not say its exit codes", c.CommandPath())
		}
	})
}
