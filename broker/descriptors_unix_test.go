//go:build unix

package broker

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// starvedVariable makes TestOutOfDescriptors be the broker that it tests.
const starvedVariable = "JOLT_TEST_STARVED_BROKER"

// starvedDescriptors is what the broker's process may have open.
const starvedDescriptors = 40

// A broker that really runs out of descriptors serves those who are connected,
// and takes in those who wait when there is room again.
func TestOutOfDescriptors(t *testing.T) {
	if os.Getenv(starvedVariable) != "" {
		beStarved(t)
		return
	}
	addr, awaitLog := starvedBroker(t)
	var clients []*client
	for range 2 * starvedDescriptors { // the kernel completes connections that nobody accepts
		clients = append(clients, newClient(t, dialRaw(t, addr)))
	}
	awaitLog("cannot accept connections")
	awaitLog("cannot accept connections")
	clients[0].ask(`{"op":"sub","topic":"a"}`, ok)
	last := clients[len(clients)-1]
	last.write("{\"op\":\"sub\",\"topic\":\"a\"}\n") // answered when it has been let in
	for _, c := range clients[1 : len(clients)-1] {
		c.conn.Close()
	}
	last.expect(ok)
	last.ask(`{"op":"pub","topic":"a","data":"recovered"}`, `{"topic":"a","data":"recovered"}`, ok)
	clients[0].expect(`{"topic":"a","data":"recovered"}`)
}

// starvedBroker runs the broker in a process of its own and returns its
// address, and what waits for a line of its log.
func starvedBroker(t *testing.T) (addr string, awaitLog func(text string)) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestOutOfDescriptors$")
	cmd.Env = append(os.Environ(), starvedVariable+"=1")
	stop, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	log := bufio.NewReader(out)
	t.Cleanup(func() {
		stop.Close()
		rest, _ := io.ReadAll(log) // until it has ended
		if err := cmd.Wait(); err != nil {
			t.Errorf("the broker's process: %v\n%s", err, rest)
		}
	})
	line := func() string {
		text, err := log.ReadString('\n')
		if err != nil {
			t.Fatalf("the broker's log ends after %q: %v", text, err)
		}
		return text
	}
	addr = strings.TrimSpace(line())
	return addr, func(text string) {
		t.Helper()
		for !strings.Contains(line(), text) {
		}
	}
}

// beStarved serves until standard input ends.
func beStarved(t *testing.T) {
	few := syscall.Rlimit{Cur: starvedDescriptors, Max: starvedDescriptors}
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &few); err != nil {
		t.Fatal(err)
	}
	b, err := New(Config{Logger: slog.New(slog.NewTextHandler(os.Stdout, nil))})
	if err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println(ln.Addr())
	served := make(chan error, 1)
	go func() { served <- b.Serve(context.Background(), ln) }()
	io.Copy(io.Discard, os.Stdin)
	b.Close()
	if err := <-served; err != nil {
		t.Error(err)
	}
}
