//go:build unix

package serve

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"joltui/internal/cli/clitest"
	"joltui/internal/cli/exit"
	"joltui/internal/cli/logs"
	"joltui/internal/cli/process"
)

// A service manager is told when the broker listens, and hears nothing of one whose
// configuration is wrong, whose exit code says so.
func TestReadyWhenItListens(t *testing.T) {
	folder, err := os.MkdirTemp("", "ready") // the path of a socket is short
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(folder)
	socket := filepath.Join(folder, "notify")
	told, err := net.ListenPacket("unixgram", socket)
	if err != nil {
		t.Fatal(err)
	}
	defer told.Close()
	t.Setenv("NOTIFY_SOCKET", socket)

	f := flags{host: "127.0.0.1", log: logs.Flags{Format: "text", Level: "info"}, given: func(flag string) bool { return flag == "port" }}
	wrong := f
	wrong.config = clitest.WriteFile(t, "broker.json", `{"prot": 1}`, 0o600)
	if err := run(t.Context(), process.Env{Stderr: new(safeBuffer)}, wrong); exit.Code(err) != exit.Usage {
		t.Errorf("%v has exit code %d", err, exit.Code(err))
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- run(ctx, process.Env{Stderr: new(safeBuffer)}, f) }()
	text := make([]byte, 100)
	told.SetReadDeadline(time.Now().Add(20 * time.Second))
	n, _, err := told.ReadFrom(text)
	if err != nil || string(text[:n]) != "READY=1\n" {
		t.Errorf("%q, %v", text[:n], err)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
