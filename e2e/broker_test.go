package e2e

import (
	"bufio"
	"fmt"
	"net"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// lines talks to a broker as any client might: a line at a time.
type lines struct {
	t *testing.T
	net.Conn
	r *bufio.Reader
}

func (l *lines) ask(request, want string) {
	l.t.Helper()
	fmt.Fprintln(l, request)
	if got, err := l.r.ReadString('\n'); strings.TrimSpace(got) != want {
		l.t.Fatalf("%s: %q, %v; want %s", request, got, err, want)
	}
}

// brokerProcess runs a broker and connects to it. The exit code comes when it
// has ended.
func brokerProcess(t *testing.T) (*exec.Cmd, func() *lines, <-chan int) {
	t.Helper()
	port := freePort(t)
	cmd := exec.Command(binary, "broker", "--port", port)
	logs, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	r := bufio.NewReader(logs)
	if line, err := r.ReadString('\n'); !strings.Contains(line, "msg=serving addr=127.0.0.1:"+port) {
		t.Fatalf("the log begins with %q, %v", line, err)
	}
	ended := make(chan int, 1)
	go func() {
		r.WriteTo(new(strings.Builder))
		cmd.Wait()
		ended <- cmd.ProcessState.ExitCode()
	}()
	t.Cleanup(func() { cmd.Process.Kill() })
	dial := func() *lines {
		conn, err := net.Dial("tcp", "127.0.0.1:"+port)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { conn.Close() })
		return &lines{t, conn, bufio.NewReader(conn)}
	}
	return cmd, dial, ended
}

// SIGTERM lets the broker deliver what is queued, and tells its clients why it
// goes.
func TestBrokerDrains(t *testing.T) {
	cmd, dial, ended := brokerProcess(t)
	c := dial()
	c.ask(`{"op":"sub","topic":"a"}`, `{"ok":true}`)
	c.ask(`{"op":"ping"}`, `{"ok":true}`)
	cmd.Process.Signal(syscall.SIGTERM)
	rest, err := c.r.ReadString('\n')
	if err != nil || !strings.Contains(rest, "shutting_down: ") {
		t.Errorf("the client read %q, %v", rest, err)
	}
	c.Close()
	if code := <-ended; code != 0 {
		t.Errorf("exit code %d", code)
	}
}

// A client that does not read holds up the drain; a second signal does not wait
// for it.
func TestSecondSignalEndsAtOnce(t *testing.T) {
	cmd, dial, ended := brokerProcess(t)
	stalled, pub := dial(), dial()
	stalled.ask(`{"op":"sub","topic":"a"}`, `{"ok":true}`)
	frame := `{"op":"pub","topic":"a","data":"` + strings.Repeat("x", 500_000) + `"}`
	for range 16 { // more than the sockets hold, less than the queue does
		pub.ask(frame, `{"ok":true}`)
	}
	cmd.Process.Signal(syscall.SIGTERM)
	if line, err := pub.r.ReadString('\n'); err == nil && !strings.Contains(line, "shutting_down") {
		t.Errorf("read %q", line)
	}
	pub.Close()
	select {
	case code := <-ended:
		t.Fatalf("it did not wait for what is queued: exit code %d", code)
	default:
	}
	begin := time.Now()
	cmd.Process.Signal(syscall.SIGTERM)
	if code := <-ended; code == 0 {
		t.Error("exit code 0 with messages that were not delivered")
	}
	if took := time.Since(begin); took > 5*time.Second {
		t.Errorf("took %s, as long as the drain itself", took)
	}
}
