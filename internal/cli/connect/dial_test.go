package connect

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"joltui/internal/cli/exit"
	"joltui/jolt"
)

// --connect-timeout is for the whole of connecting: also for a broker that takes the
// connection and never says anything.
func TestConnectTimeoutBoundsASilentBroker(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ours, theirs := net.Pipe()
		defer theirs.Close()
		go io.Copy(io.Discard, theirs)
		begin := time.Now()
		_, err := dial(t.Context(), jolt.Config{
			Addr: "silent.example:1", ConnectTimeout: 2 * time.Second,
			Dial: func(context.Context, string, string) (net.Conn, error) { return ours, nil },
		})
		var coded *exit.Error
		if !errors.As(err, &coded) || coded.Code != exit.NoConnection || !strings.Contains(err.Error(), "timed out: check --host and --port, or allow more time") {
			t.Errorf("%v", err)
		}
		if took := time.Since(begin); took != 2*time.Second {
			t.Errorf("it took %s", took)
		}
	})
}

// A broker that is busy has not refused the login: a script may try again.
func TestBusyIsNoRefusal(t *testing.T) {
	busy := &jolt.RejectedError{Op: jolt.OpAuth, Text: "busy: 40 logins wait; try again in 3s"}
	err := Failure("h:1", fmt.Errorf("jolt: connect to h:1: %w", busy))
	if exit.Code(err) != exit.NoConnection || err.Error() != "the broker has no time now for auth: "+busy.Text {
		t.Errorf("%d, %v", exit.Code(err), err)
	}
}
