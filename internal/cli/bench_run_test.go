package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"joltui/broker"
	"joltui/broker/brokertest"
	"joltui/internal/load"
	"joltui/jolt"
)

// bench runs joltui bench against a server.
func bench(t *testing.T, s *brokertest.Server, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	_, port, err := net.SplitHostPort(s.Addr)
	if err != nil {
		t.Fatal(err)
	}
	return run(t, "", map[string]string{"JOLT_PORT": port, "JOLT_BENCH_WARMUP": "0s"}, append([]string{"bench"}, args...)...)
}

func TestBench(t *testing.T) {
	server := brokertest.Start(t, broker.Config{})
	code, out, errs := bench(t, server, "--count", "500", "--subscribers", "3", "--topics", "2", "--size", "1KiB")
	for _, want := range []string{
		"broker        " + server.Addr, "1 publisher, 3 subscribers", "joltui.bench.1 … joltui.bench.2", "1,024 bytes",
		"500 acknowledged, 0 rejected, 0 unknown, 0 not sent", "0 lost, 0 duplicates, 0 out of order, 0 foreign", "never lost",
	} {
		if code != exitOK || errs != "" || !strings.Contains(out, want) {
			t.Errorf("%d, %q, without %q:\n%s", code, errs, want, out)
		}
	}
}

func TestBenchReport(t *testing.T) {
	server := brokertest.Start(t, broker.Config{})
	code, out, errs := bench(t, server, "--count", "500", "--subscribers", "3", "--json")
	var report benchReport
	if err := json.Unmarshal([]byte(out), &report); err != nil || code != exitOK || errs != "" {
		t.Fatalf("%d, %q, %v", code, errs, err)
	}
	if report.Acknowledged.Messages != 500 || report.Delivered.Messages != 1500 || report.EndToEnd.Count != 1500 ||
		report.Broker != server.Addr || report.Asked.Subscribers != 3 || report.Error != "" || report.Interrupted {
		t.Errorf("%+v", report)
	}
}

func TestBenchRefused(t *testing.T) {
	server := brokertest.Start(t, broker.Config{Permit: func(_ string, op jolt.Op, topic string) bool {
		return op != jolt.OpPublish || topic != "read.only"
	}})
	code, out, errs := bench(t, server, "--topic", "read.only")
	want := `joltui: the broker refused pub "read.only": forbidden: publish:read.only is not granted to anonymous clients` + "\n"
	if code != exitRejected || out != "" || errs != want {
		t.Errorf("%d, %q, %q", code, out, errs)
	}
}

// Rejections of a load are results, and make it fail.
func TestBenchRejected(t *testing.T) {
	var publishes atomic.Int64
	server := brokertest.Start(t, broker.Config{Permit: func(_ string, op jolt.Op, _ string) bool {
		return op != jolt.OpPublish || publishes.Add(1)%2 == 1
	}})
	code, out, errs := bench(t, server, "--count", "100")
	want := "joltui: the broker rejected 50 of 100 messages: forbidden: publish:joltui.bench is not granted to anonymous clients\n"
	if code != exitRejected || errs != want || !strings.Contains(out, "50 acknowledged, 50 rejected") || !strings.Contains(out, "0 lost") {
		t.Errorf("%d, %q\n%s", code, errs, out)
	}
}

func TestBenchWithoutBroker(t *testing.T) {
	server := brokertest.Start(t, broker.Config{})
	server.Stop()
	code, out, errs := bench(t, server)
	if code != exitNoConnection || out != "" || !strings.HasPrefix(errs, "joltui: no connection to "+server.Addr+": ") || strings.Count(errs, "\n") != 1 {
		t.Errorf("%d, %q, %q", code, out, errs)
	}
}

// atPublish calls f when the nth message comes.
func atPublish(n int64, f func()) broker.Config {
	var publishes atomic.Int64
	return broker.Config{Permit: func(_ string, op jolt.Op, _ string) bool {
		if op == jolt.OpPublish && publishes.Add(1) == n {
			go f()
		}
		return true
	}}
}

func TestBenchConnectionLost(t *testing.T) {
	stopped := make(chan struct{})
	var server *brokertest.Server
	server = brokertest.Start(t, atPublish(5000, func() {
		server.Stop()
		close(stopped)
	}))
	code, out, errs := bench(t, server, "--duration", "1h", "--max-outage", "20ms", "--json")
	<-stopped
	var report benchReport
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatal(err)
	}
	want := "the connection to " + server.Addr + " was lost, and is not back after 20 ms: "
	if code != exitNoConnection || !strings.HasPrefix(errs, "joltui: "+want) || !strings.HasPrefix(report.Error, want) ||
		!report.Interrupted || report.Acknowledged.Messages == 0 || report.Outages == 0 {
		t.Errorf("%d, %q, %+v", code, errs, report)
	}
}

// What ctrl+c ends has results, too.
func TestBenchInterrupted(t *testing.T) {
	ctx, interrupt := context.WithCancel(t.Context())
	server := brokertest.Start(t, atPublish(1000, interrupt))
	addr, err := net.ResolveTCPAddr("tcp", server.Addr)
	if err != nil {
		t.Fatal(err)
	}
	b := benchFlags{conn: connection{host: "127.0.0.1", port: addr.Port, connectTimeout: time.Minute}, load: load.Defaults()}
	b.load.Warmup, b.load.Duration = 0, time.Hour
	var out, errs bytes.Buffer
	err = runBench(ctx, Env{Stdout: &out, Stderr: &errs}, b)
	if exitCode(err) != exitFailed || err.Error() != "interrupted" || errs.Len() != 0 {
		t.Errorf("%v, %q", err, errs.String())
	}
	if !strings.Contains(out.String(), " of 1h, after") || !strings.Contains(out.String(), "   0 lost") {
		t.Error(out.String())
	}
}
