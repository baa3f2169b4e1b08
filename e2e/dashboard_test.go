package e2e

import (
	"net"
	"os/exec"
	"strconv"
	"syscall"
	"testing"
)

// freePort returns a port that nothing listens at.
func freePort(t *testing.T) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	return strconv.Itoa(ln.Addr().(*net.TCPAddr).Port)
}

// startBroker runs a broker as a process of its own and returns how to kill it.
func startBroker(t *testing.T, port string) (kill func()) {
	t.Helper()
	cmd := exec.Command(binary, "broker", "--port", port)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	kill = func() {
		cmd.Process.Kill()
		cmd.Wait()
	}
	t.Cleanup(kill)
	return kill
}

// What a new user goes through: no broker, then one; subscribe, publish, see
// it arrive and acknowledged; the broker dies and comes back.
func TestFirstSession(t *testing.T) {
	port := freePort(t)
	x := open(t, 120, 40, "--port", port, "orders.eu")
	x.see("No broker at 127.0.0.1:"+port, "connection refused", "joltui broker --port "+port, "retry")
	kill := startBroker(t, port)
	x.see("● connected", "1 topic subscribed", "● orders.eu")

	x.press("s")
	x.see("subscribe to")
	x.press("chat.room\r")
	x.see("sub   chat.room", "✓ ok", "no messages yet on chat.room")
	x.press("p")
	x.press("hello\r")
	x.see("pub   chat.room", " hello ")
	x.press("\x1b")

	kill()
	x.see("✗ disconnected", "what is published now is lost")
	startBroker(t, port)
	x.see("● connected", "2 topics subscribed", "gap of up to", "what was published then is lost")
	x.press("p")
	x.press("again\r")
	x.see(" again ")
	x.press("\x1b")

	x.resize(80, 24)
	x.see("Publish", "┌ Log")
	x.resize(30, 8)
	x.see("40×12")
	x.resize(160, 50)
	x.see(" again ", "Topics 2")
	x.press("q")
	if code := x.exit(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	x.restored()
}

// The demo shows every part of the screen with something in it.
func TestDemo(t *testing.T) {
	x := open(t, 120, 40, "demo")
	x.see("● orders.eu", "● chat.room", "● audit", "✗ payroll", "forbidden", `"status":`, "↓")
	x.press("?")
	x.see("Help", "unsubscribe")
	x.press("q")
	x.gone("ctrl+c")
	x.press("jjjj\r/failed\r")
	x.see("filter /failed/")
	x.press(" ")
	x.see("PAUSED")
	x.press("\x03")
	if code := x.exit(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	x.restored()
}

func TestSignals(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP} {
		t.Run(signal.String(), func(t *testing.T) {
			x := open(t, 100, 30, "demo")
			x.see("● orders.eu")
			x.cmd.Process.Signal(signal)
			if code := x.exit(); code != 0 {
				t.Errorf("exit code %d on\n%s", code, x.text())
			}
			x.restored()
		})
	}
}

// A port that speaks something else, or hangs up, is told in plain words, and
// tried again.
func TestOddPeers(t *testing.T) {
	for name, tt := range map[string]struct {
		serve func(net.Conn)
		see   []string
	}{
		"HTTP": {func(c net.Conn) {
			c.Write([]byte("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\nno"))
			c.Close()
		}, []string{"unreadable line", "HTTP/1.1 400 Bad Request", "speaks HTTP, not Jolt"}},
		"hangs up": {func(c net.Conn) { c.Close() }, []string{"closed by the broker"}},
	} {
		t.Run(name, func(t *testing.T) {
			ln, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			defer ln.Close()
			go func() {
				for {
					c, err := ln.Accept()
					if err != nil {
						return
					}
					tt.serve(c)
				}
			}()
			x := open(t, 120, 40, "--port", strconv.Itoa(ln.Addr().(*net.TCPAddr).Port), "orders")
			x.see(tt.see...)
			x.press("q")
			if code := x.exit(); code != 0 {
				t.Errorf("exit code %d", code)
			}
			x.restored()
		})
	}
}
