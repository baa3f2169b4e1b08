package cli

import (
	"context"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"joltui/broker"
	"joltui/broker/brokertest"
	"joltui/internal/cli/clitest"
	"joltui/internal/cli/exit"
	"joltui/jolt"
)

// The scripts of testdata/replay run against a broker of their own, on whose
// topics kept, test.kept and other somebody listens.
func TestReplayScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/replay",
		Setup: func(env *testscript.Env) error {
			server := brokertest.Start(env.T().(testing.TB), broker.Config{Permit: permit})
			env.Setenv("JOLT_PORT", clitest.PortOf(t, server.Addr))
			env.Setenv("NOBODY", clitest.UnusedPort(t))
			env.Setenv("GORACE", "atexit_sleep_ms=0") // else each program would wait a second at its end
			heard := make(chan string, 100)
			client, err := jolt.Dial(context.Background(), jolt.Config{
				Addr: server.Addr, Topics: []string{"kept", "test.kept", "other"},
				Handler: jolt.Callbacks{Message: func(m *jolt.Message) { heard <- m.Topic + " " + m.Data }}.Handle,
			})
			if err != nil {
				return err
			}
			env.Defer(func() { client.Close() })
			env.Values["heard"], env.Values["client"] = heard, client
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "heard": heardAll},
	})
}

// heardAll waits for messages in order, and for no others: heard MESSAGE…
func heardAll(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("usage: heard MESSAGE…")
	}
	heard, client := ts.Value("heard").(chan string), ts.Value("client").(*jolt.Client)
	for _, want := range args {
		select {
		case got := <-heard:
			if got != want {
				ts.Fatalf("heard %q, not %q", got, want)
			}
		case <-time.After(20 * time.Second):
			ts.Fatalf("waited in vain for %q", want)
		}
	}
	// What was published before this ping has come before its reply.
	if _, err := client.Ping(context.Background()); err != nil {
		ts.Fatalf("%v", err)
	}
	if len(heard) > 0 {
		ts.Fatalf("heard %q, which is too much", <-heard)
	}
}

// A connection that is lost ends publishing: nothing is sent twice, and every
// message has an outcome.
func TestReplayLosesTheConnection(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	go func() { // answers a ping, acknowledges two requests, reads a third one and hangs up
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		for i := range 4 {
			if _, err := conn.Read(make([]byte, 4096)); err != nil || i == 3 {
				return
			}
			if _, err := conn.Write(jolt.AppendAck(nil)); err != nil {
				return
			}
		}
	}()
	line := `{"time":"2026-01-02T12:00:00Z","topic":"a","data":"1"}` + "\n"
	path := clitest.WriteFile(t, "five.ndjson", line+line+line+line+line, 0o600)
	code, _, errs := run(t, "", nil, "replay", "--publish", "--port", clitest.PortOf(t, ln.Addr().String()), "--window", "1", path)
	want := "joltui: the connection to " + ln.Addr().String() + " was lost: "
	if code != exit.NoConnection || !strings.Contains(errs, want) {
		t.Errorf("%d, %q", code, errs)
	}
	const outcomes = "2 acknowledged, 0 rejected, 1 unknown, 2 not sent\n"
	if !strings.Contains(errs, outcomes) {
		t.Errorf("%q", errs)
	}
}
