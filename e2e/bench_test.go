package e2e

import (
	"strings"
	"syscall"
	"testing"
)

// Progress is one line; ctrl+c, or a signal, takes it away and leaves the
// results so far.
func TestBenchInterrupted(t *testing.T) {
	for name, interrupt := range map[string]func(*terminal){
		"ctrl+c": func(x *terminal) { x.press("\x03") },
		"term":   func(x *terminal) { x.cmd.Process.Signal(syscall.SIGTERM) },
		"hangup": func(x *terminal) { x.cmd.Process.Signal(syscall.SIGHUP) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			broker, _, _ := brokerProcess(t)
			port := broker.Args[len(broker.Args)-1]
			x := open(t, 80, 40, "bench", "--port", port, "--warmup", "0s", "--rate", "1000", "--duration", "1h")
			x.see("measuring ", "p99 ", "✓ ")
			if rows := strings.Count(strings.TrimSpace(x.text()), "\n"); rows != 1 { // the prior row is one
				t.Errorf("progress takes more than a row:\n%s", x.text())
			}
			interrupt(x)
			if code := x.exit(); code != 1 {
				t.Errorf("exit code %d", code)
			}
			x.see("measured ", " of 1h, after 0 ms of warm-up", " 0 lost", "joltui: interrupted")
			if screen := x.text(); strings.Contains(screen, "measuring") || strings.Contains(screen, "^C") {
				t.Errorf("progress is left behind:\n%s", screen)
			}
			checkBytes(t, x.bytes())
			x.restored()
		})
	}
}
