package quietstart

import (
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Go's own trace of its start tells in which order packages are initialised. This test
// fails when Bubble Tea no longer comes between the two that keep it quiet.
func TestOrderOfInitialisation(t *testing.T) {
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var order []string
	for _, line := range regexp.MustCompile(`(?m)^init (\S+) @`).FindAllStringSubmatch(string(out), -1) {
		order = append(order, line[1])
	}
	previous := -1
	for _, name := range []string{
		"joltui/internal/quietstart/first", "github.com/charmbracelet/bubbletea", "joltui/internal/quietstart",
	} {
		at := slices.Index(order, name)
		if at <= previous {
			t.Errorf("%s is not initialised where it should be: %s", name, strings.Join(order, " "))
		}
		previous = at
	}
	if slices.Index(order, "os") < slices.Index(order, "joltui/internal/quietstart/first") {
		t.Errorf("os is initialised before the first: %s", strings.Join(order, " "))
	}
}

// The environment is the user's own again when main begins.
func TestTheVariableIsGone(t *testing.T) {
	for _, users := range []string{"", "true"} {
		cmd := exec.Command(os.Args[0], "-test.run=^TestPrintCI$", "-test.v")
		cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "CI=") })
		if users != "" {
			cmd.Env = append(cmd.Env, "CI="+users)
		}
		cmd.Env = append(cmd.Env, "QUIETSTART_PRINT=1")
		out, err := cmd.CombinedOutput()
		if want := "CI is <" + users + ">"; err != nil || !strings.Contains(string(out), want) {
			t.Errorf("with CI=%q: %v: %s", users, err, out)
		}
	}
}

// TestPrintCI is the program that TestTheVariableIsGone runs.
func TestPrintCI(t *testing.T) {
	if os.Getenv("QUIETSTART_PRINT") == "" {
		t.Skip("it is no test of its own")
	}
	t.Logf("CI is <%s>", os.Getenv("CI"))
}
