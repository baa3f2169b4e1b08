package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/adrg/xdg"
	"github.com/rogpeppe/go-internal/testscript"

	"joltui/broker"
	"joltui/broker/brokertest"
	"joltui/internal/cli/clitest"
	"joltui/internal/cli/process"
	"joltui/internal/startline"
	"joltui/jolt"
)

func TestMain(m *testing.M) {
	testscript.Main(tests{m}, map[string]func(){
		"joltui":      func() { os.Exit(Main(startline.Arguments(os.Args), process.System())) },
		"jolt-broker": func() { os.Exit(Main(startline.Arguments(os.Args), process.System())) },
		"feed":        func() { os.Exit(feedTopic(os.Args[1:])) },
	})
}

// tests are those of this package, with no configuration of whoever runs them.
type tests struct{ *testing.M }

func (m tests) Run() int {
	home, err := os.MkdirTemp("", "joltui-config")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(home)
	os.Setenv("XDG_CONFIG_HOME", home)
	os.Setenv("XDG_STATE_HOME", home)
	xdg.Reload()
	return m.M.Run()
}

// TestScripts runs the commands as a shell would, each script with a broker of
// its own on JOLT_PORT, where nobody may subscribe to "secret" or publish to
// "readonly", NOBODY, a port on which nothing listens, AUTHORITY, the file of
// whoever signs what issue makes, and HUNTER2, a hash of that password.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			server := brokertest.Start(env.T().(testing.TB), broker.Config{Permit: permit})
			env.Setenv("JOLT_PORT", clitest.PortOf(t, server.Addr))
			env.Setenv("NOBODY", clitest.UnusedPort(t))
			env.Setenv("XDG_STATE_HOME", filepath.Join(env.WorkDir, "state"))
			authority := brokertest.NewAuthority(env.T().(testing.TB))
			env.Setenv("AUTHORITY", authority.File)
			env.Values["authority"] = authority
			env.Setenv("HUNTER2", brokertest.PasswordHash("hunter2"))
			env.Setenv("GORACE", "atexit_sleep_ms=0") // else each program would wait a second at its end
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "waitfor": waitFor, "await": await, "issue": issue, "answer": answer, "speak": speak},
	})
}

func permit(_ string, op jolt.Op, topic string) bool {
	return !(op == jolt.OpSubscribe && topic == "secret") && !(op == jolt.OpPublish && topic == "readonly")
}

// exits runs a program and checks its exit code: exits CODE PROGRAM ARGS…
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM ARGS…")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	if err != nil {
		got = codeOf(err)
	}
	if got != args[0] {
		ts.Fatalf("%v exited with %s, not %s", args[1:], got, args[0])
	}
}

// waitFor waits until a file holds a whole line: waitfor FILE.
func waitFor(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: waitfor FILE")
	}
	tick, late := time.NewTicker(time.Millisecond), time.After(20*time.Second)
	defer tick.Stop()
	for {
		if got, err := os.ReadFile(ts.MkAbs(args[0])); err == nil && bytes.ContainsRune(got, '\n') {
			return
		}
		select {
		case <-tick.C:
		case <-late:
			ts.Fatalf("waited in vain for a line in %s", args[0])
		}
	}
}

// codeOf is the exit code of a program that failed.
func codeOf(err error) string {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return strconv.Itoa(exit.ExitCode())
	}
	return err.Error()
}

// feedTopic publishes numbered messages to a topic until it is killed, as a
// service would that a test has to listen to: feed TOPIC.
func feedTopic(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	client, err := jolt.Dial(ctx, jolt.Config{Addr: net.JoinHostPort("127.0.0.1", os.Getenv("JOLT_PORT"))})
	if err != nil {
		return 1
	}
	defer client.Close()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for n := 1; ; n++ {
		if client.Publish(ctx, args[0], fmt.Sprintf(`{"n":%d,"odd":%t,"text":"bell\u0007"}`, n, n%2 == 1)) != nil {
			return 0
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return 0
		}
	}
}
