package cli

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"

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
		var exit *exitError
		if !errors.As(err, &exit) || exit.code != exitNoConnection || !strings.Contains(err.Error(), "timed out: check --host and --port, or allow more time") {
			t.Errorf("%v", err)
		}
		if took := time.Since(begin); took != 2*time.Second {
			t.Errorf("it took %s", took)
		}
	})
}
