package serve

import (
	"bytes"
	"context"
	"errors"
	"net"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	"joltui/broker"
	"joltui/internal/cli/logs"
	"joltui/internal/cli/process"
	"joltui/jolt"
)

func TestListenError(t *testing.T) {
	for err, want := range map[error]string{
		syscall.EACCES:        "a port above 1023",
		syscall.EADDRNOTAVAIL: "this machine does not have that address",
		errors.New("other"):   "cannot listen at h:1: other",
	} {
		if got := ListenError(t.Context(), "h:1", err); !strings.Contains(got.Error(), want) {
			t.Errorf("%v: %v", err, got)
		}
	}
}

type safeBuffer struct {
	mu sync.Mutex
	bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.Write(p)
}

func TestBrokerCommandServes(t *testing.T) {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := free.Addr().(*net.TCPAddr).Port
	free.Close()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	var log safeBuffer
	f := flags{host: "127.0.0.1", port: port, log: logs.Flags{Format: "text", Level: "info"}, given: func(string) bool { return false }}
	go func() { ended <- run(ctx, process.Env{Stderr: &log}, f) }()
	up := make(chan struct{}, 1)
	client, err := jolt.New(jolt.Config{
		Addr: net.JoinHostPort("127.0.0.1", strconv.Itoa(port)),
		Handler: jolt.Callbacks{Other: func(e jolt.Event) {
			if s, ok := e.(*jolt.StateChange); ok && s.State == jolt.Up {
				up <- struct{}{}
			}
		}}.Handle,
	})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	select {
	case <-up:
	case err := <-ended:
		t.Fatal(err)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if !strings.Contains(log.String(), strconv.Itoa(port)) {
		t.Errorf("the log does not say where it listens: %s", log.String())
	}
}

// The help, and with it the manual page, names every limit.
func TestBrokerHelpHasEveryLimit(t *testing.T) {
	help := New(process.Env{}).Long
	for _, key := range (broker.Limits{}).Keys() {
		if !regexp.MustCompile(`(?m)(^  |^And )` + key + `\b`).MatchString(help) {
			t.Errorf("%s is not in the help", key)
		}
	}
}
