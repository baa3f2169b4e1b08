package cli

import (
	"bufio"
	"net"
	"strings"
	"testing"
	"time"

	"joltui/internal/cli/clitest"
	"joltui/internal/cli/exit"
)

// A command that runs for a message is ended also where the time is up before the
// subscription was confirmed: sub would wait for it for ever.
func TestTheTimeIsUpWhileACommandRuns(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	go func() {
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		for requests := bufio.NewScanner(conn); requests.Scan(); {
			answer := `{"ok":true}` + "\n"
			if strings.Contains(requests.Text(), `"sub"`) {
				answer = `{"topic":"orders","data":"x"}` + "\n" // and no reply
			}
			if _, err := conn.Write([]byte(answer)); err != nil {
				return
			}
		}
	}()
	type end struct {
		code int
		errs string
	}
	ended := make(chan end, 1)
	go func() {
		code, _, errs := run(t, "", nil, "sub", "orders", "--port", clitest.PortOf(t, ln.Addr().String()),
			"--timeout", "100ms", "--exec", "exec cat /dev/zero > /dev/null")
		ended <- end{code, errs}
	}()
	select {
	case got := <-ended:
		if got.code != exit.TimeUp {
			t.Errorf("sub ended with %d: %s", got.code, got.errs)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("sub waits for a command that does not end")
	}
}
