package cli

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/spf13/cobra"

	"joltui/broker"
	"joltui/broker/brokertest"
	"joltui/internal/cli/clitest"
	"joltui/internal/cli/exit"
	"joltui/internal/cli/process"
	"joltui/jolt"
)

// full takes nothing, as a disk that is full.
type full struct{ err error }

func (f full) Write([]byte) (int, error) {
	return 0, &os.PathError{Op: "write", Path: "/dev/full", Err: f.err}
}

// printing are ways to run each command that prints something, by its path. Those that
// print nothing, or to a terminal alone, have none.
func printing(t *testing.T) map[string][][]string {
	recording := clitest.WriteFile(t, "in.ndjson", `{"time":"2026-01-02T12:00:00Z","topic":"a","data":"1"}`+"\n", 0o600)
	measured := clitest.WriteFile(t, "run.ndjson", `{"broker":"a:1","asked":{"publishers":1}}`, 0o600)
	profiled := clitest.WriteFile(t, "profiled.toml", "[profiles.a]\n", 0o600)
	configured := clitest.WriteFile(t, "config.toml", "", 0o600)
	return map[string][][]string{
		"joltui":       {{"--version"}},
		"joltui watch": nil, "joltui top": nil, "joltui demo": nil, "joltui broker": nil, "joltui serve": nil,
		"joltui broker hash-password": {{"broker", "hash-password"}},
		"joltui sub": {{"sub", "tick", "--count", "1"}, {"sub", "tick", "--count", "1", "--raw"}, {"sub", "tick", "--count", "2", "--json"},
			{"sub", "tick", "--count", "1", "--template", "{{.Data}}"}, {"sub", "tick"}, {"sub", "tick", "--count", "1", "--report"}},
		"joltui req":             {{"req", "tick", "x", "--reply", "tick"}},
		"joltui pub":             {{"pub", "a", "b", "--json"}},
		"joltui ping":            {{"ping", "--count", "1"}, {"ping", "--count", "1", "--json"}, {"ping", "--count", "1", "--summary"}},
		"joltui topics":          {{"topics"}},
		"joltui clients":         {{"clients"}},
		"joltui bench":           {{"bench", "--count", "10", "--warmup", "0s"}, {"bench", "--count", "10", "--warmup", "0s", "--json"}},
		"joltui bench compare":   {{"bench", "compare", measured, measured}},
		"joltui replay":          {{"replay", "--publish", "--json", recording}, {"replay", "--publish", "--dry-run", recording}},
		"joltui config":          {{"config"}},
		"joltui config path":     {{"config", "path"}},
		"joltui config check":    {{"config", "check", "--config", configured}},
		"joltui config list":     {{"config", "list", "--config", configured}},
		"joltui config show":     {{"config", "show", "--config", configured}},
		"joltui config use":      {{"config", "use", "a", "--config", profiled}},
		"joltui config init":     {{"config", "init", "--config", filepath.Join(t.TempDir(), "new.toml")}},
		"joltui password":        {{"password"}},
		"joltui password set":    nil,
		"joltui password delete": nil,
	}
}

// No command says success before the write that makes it true, whatever it prints, nor
// does its help, or what of its configuration is in force. A reader that has gone is none
// of its faults.
func TestStdoutThatTakesNothing(t *testing.T) {
	server := brokertest.Start(t, broker.Config{})
	environ := map[string]string{"JOLT_PORT": clitest.PortOf(t, server.Addr)}
	ticking(t, server.Addr, "tick")
	ways, seen := printing(t), 0
	var walk func(c *cobra.Command)
	walk = func(c *cobra.Command) {
		path := c.CommandPath()
		runs, known := ways[path]
		if !known {
			t.Errorf("%s is in no table of this test: say how it prints something", path)
		}
		seen++
		words := strings.Fields(path)[1:]
		runs = append(runs, append(words, "--help"))
		if c.Flags().Lookup("print-config") != nil {
			runs = append(runs, append(words[:len(words):len(words)], "--print-config"))
			if name := c.Name(); name == "sub" || name == "req" || name == "replay" {
				runs[len(runs)-1] = append(runs[len(runs)-1], "x")
			}
		}
		for _, args := range runs {
			code, errs := runInto(t, full{syscall.ENOSPC}, environ, args...)
			if want := "write /dev/full: no space left on device"; code != exit.Failed || strings.Count(errs, want) != 1 {
				t.Errorf("joltui %q on a full disk: %d, %q", args, code, errs)
			}
			if code, errs := runInto(t, full{syscall.EPIPE}, environ, args...); code != exit.OK || strings.Contains(errs, "pipe") {
				t.Errorf("joltui %q, read by nobody: %d, %q", args, code, errs)
			}
		}
		for _, sub := range c.Commands() {
			if sub.Name() != "completion" && sub.Name() != "help" && !sub.Hidden {
				walk(sub)
			}
		}
	}
	walk(Command(process.Env{Getenv: func(string) string { return "" }}))
	if seen != len(ways) {
		t.Errorf("%d commands were found, %d are in the table", seen, len(ways))
	}
}

// runInto is run with another stdout.
func runInto(t *testing.T, out io.Writer, environ map[string]string, args ...string) (int, string) {
	t.Helper()
	if last := args[len(args)-1]; filepath.Base(last) == "new.toml" {
		os.Remove(last) // of the run before
	}
	stdin, err := os.Open(clitest.WriteFile(t, "stdin", "hunter2\n", 0o600))
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	var errs bytes.Buffer
	code := Main(args, process.Env{Stdin: stdin, Stdout: out, Stderr: &errs, Getenv: func(k string) string { return environ[k] }})
	return code, errs.String()
}

// ticking publishes to a topic as soon as the broker has taken the message before.
func ticking(t *testing.T, addr, topic string) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	client, err := jolt.Dial(ctx, jolt.Config{Addr: addr})
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for client.Publish(ctx, topic, "{}") == nil {
		}
	}()
	t.Cleanup(func() {
		cancel()
		client.Close()
		<-done
	})
}
