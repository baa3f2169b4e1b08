package e2e

import (
	"io"
	"net"
	"os/exec"
	"strings"
	"sync"
	"testing"
)

// What sends back whatever it is sent, and so the login, gets no password on the
// screen: neither in the log nor among the lines on the wire.
func TestEchoedPassword(t *testing.T) {
	t.Parallel()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var ended sync.WaitGroup
	ended.Go(func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			ended.Go(func() {
				io.Copy(conn, conn)
				conn.Close()
			})
		}
	})
	const canary = `canary"\pass":"canary`
	_, port, _ := net.SplitHostPort(ln.Addr().String())
	cmd := exec.Command(binary, "--port", port, "--user", "ann")
	cmd.Env = environ(t, "JOLT_PASSWORD="+canary)
	x := run(t, 160, 40, cmd, true)
	x.see("frame of an unknown kind")
	x.press("i")
	x.see("→", "login as ann", "←", `"pass":"***"`)
	x.press("gw\r")
	x.see(`{"op":"auth","user":"ann","pass":"***"}`)
	x.press("\x03")
	x.exit()
	x.restored()
	if wrote := x.bytes(); strings.Contains(wrote, "canary") {
		t.Error("the password was on the screen")
	}
	checkBytes(t, x.bytes())
	ln.Close()
	ended.Wait()
}
