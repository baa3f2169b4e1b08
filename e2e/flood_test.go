package e2e

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// floodFor is how long the flood lasts. JOLTUI_SOAK=10m, as in make soak, is
// its long form.
func floodFor(t *testing.T) time.Duration {
	text := os.Getenv("JOLTUI_SOAK")
	if text == "" {
		return 3 * time.Second
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		t.Fatalf("JOLTUI_SOAK: %v", err)
	}
	return d
}

// maxResident is generous: the bounds of what is remembered allow 64 MB.
const maxResident = 96 << 20

// Under a flood the memory stays bounded, keys are answered, and in the end
// each message that was published is counted.
func TestFlood(t *testing.T) {
	port := freePort(t)
	startBroker(t, port)
	// What the race detector remembers would be counted as well.
	plain := filepath.Join(t.TempDir(), "joltui")
	if err := build(plain, "..", ".", nil); err != nil {
		t.Fatal(err)
	}
	x := run(t, 170, 40, exec.Command(plain, "--port", port, "flood.a", "flood.b"), true)
	x.see("● connected", "2 topics subscribed")
	before := resident(t, x.cmd.Process.Pid)

	end := make(chan struct{})
	published := make(chan uint64, 1)
	go func() { published <- flood(t, port, end) }()
	over := time.After(floodFor(t))
	answers, slowest, peak := 0, time.Duration(0), before
	for on := true; on; {
		for _, step := range []struct{ key, see, gone string }{
			{key: "?", see: "unsubscribe"}, {key: "q", gone: "unsubscribe"}, {key: " ", see: "PAUSED"}, {key: " ", gone: "PAUSED"},
		} {
			begin := time.Now()
			x.press(step.key)
			if step.see != "" {
				x.see(step.see)
			} else {
				x.gone(step.gone)
			}
			slowest = max(slowest, time.Since(begin))
			answers++
		}
		peak = max(peak, resident(t, x.cmd.Process.Pid))
		select {
		case <-over:
			on = false
		default:
		}
	}
	close(end)
	sent := <-published
	if sent < 10_000 {
		t.Fatalf("%d messages are no flood", sent)
	}
	counted := regexp.MustCompile(`received ([\d,]+)  shown ([\d,]+)  evicted ([\d,]+)  dropped ([\d,]+)`)
	var got []uint64
	x.until(func(screen string) bool {
		got = got[:0]
		m := counted.FindStringSubmatch(screen)
		for _, n := range m[min(len(m), 1):] {
			v, _ := strconv.ParseUint(strings.ReplaceAll(n, ",", ""), 10, 64)
			got = append(got, v)
		}
		return len(got) == 4 && got[0] == sent
	}, fmt.Sprintf("received %d", sent))
	if got[0] != got[1]+got[2]+got[3] {
		t.Errorf("the counters %v do not add up", got)
	}
	if peak > maxResident {
		t.Errorf("it holds %d MB", peak>>20)
	}
	t.Logf("%d messages in %s; dropped %d; %d keys, each answered within %s; resident %d → %d MB",
		sent, floodFor(t), got[3], answers, slowest.Round(time.Millisecond), before>>20, peak>>20)
	x.press("\x03")
	if code := x.exit(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	x.restored()
	checkBytes(t, x.bytes())
}

// flood publishes to two topics until end is closed, and returns how many
// messages the broker has taken.
func flood(t *testing.T, port string, end <-chan struct{}) uint64 {
	conn, err := net.Dial("tcp", "127.0.0.1:"+port)
	if err != nil {
		t.Error(err)
		return 0
	}
	defer conn.Close()
	const burst, every = 200, 4 * time.Millisecond // 50,000/s, where the machine can
	pace := time.NewTicker(every)
	defer pace.Stop()
	r := bufio.NewReader(conn)
	body := strings.Repeat("x", 100)
	var sent uint64
	for {
		select {
		case <-end:
			return sent
		case <-pace.C:
		}
		var b strings.Builder
		for range burst {
			sent++
			fmt.Fprintf(&b, `{"op":"pub","topic":"flood.%c","data":"{\"n\":%d,\"body\":\"%s\"}"}`+"\n", 'a'+sent%2, sent, body)
		}
		if _, err := conn.Write([]byte(b.String())); err != nil {
			t.Error(err)
			return 0
		}
		for range burst {
			if line, err := r.ReadString('\n'); line != "{\"ok\":true}\n" {
				t.Errorf("the broker said %q, %v", line, err)
				return 0
			}
		}
	}
}

// resident is how much memory a process has, in bytes.
func resident(t *testing.T, pid int) int {
	t.Helper()
	status, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/statm")
	if err != nil {
		t.Logf("no memory is measured on this system: %v", err)
		return 0
	}
	pages, err := strconv.Atoi(strings.Fields(string(status))[1])
	if err != nil {
		t.Fatal(err)
	}
	return pages * os.Getpagesize()
}
