package cli

import (
	"encoding/json"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"joltui/broker"
	"joltui/broker/brokertest"
	"joltui/internal/cli/exit"
	"joltui/jolt"
)

// measure runs joltui bench against a server.
func measure(t *testing.T, s *brokertest.Server, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	_, port, err := net.SplitHostPort(s.Addr)
	if err != nil {
		t.Fatal(err)
	}
	return run(t, "", map[string]string{"JOLT_PORT": port, "JOLT_BENCH_WARMUP": "0s"}, append([]string{"bench"}, args...)...)
}

func TestBench(t *testing.T) {
	server := brokertest.Start(t, broker.Config{})
	code, out, errs := measure(t, server, "--count", "500", "--subscribers", "3", "--topics", "2", "--size", "1KiB")
	for _, want := range []string{
		"broker        " + server.Addr, "1 publisher, 3 subscribers", "joltui.bench.1 … joltui.bench.2", "1,024 bytes",
		"500 acknowledged, 0 rejected, 0 unknown, 0 not sent", "0 lost, 0 duplicates, 0 out of order, 0 foreign", "never lost",
	} {
		if code != exit.OK || errs != "" || !strings.Contains(out, want) {
			t.Errorf("%d, %q, without %q:\n%s", code, errs, want, out)
		}
	}
}

// summary is what of a measurement's JSON these tests look at.
type summary struct {
	Broker, Error           string
	Interrupted             bool
	Outages                 int
	Asked                   struct{ Subscribers int }
	Acknowledged, Delivered struct{ Messages int }
	EndToEnd                struct{ Count int } `json:"end_to_end"`
}

func TestBenchReport(t *testing.T) {
	server := brokertest.Start(t, broker.Config{})
	code, out, errs := measure(t, server, "--count", "500", "--subscribers", "3", "--json")
	var report summary
	if err := json.Unmarshal([]byte(out), &report); err != nil || code != exit.OK || errs != "" {
		t.Fatalf("%d, %q, %v", code, errs, err)
	}
	if report.Acknowledged.Messages != 500 || report.Delivered.Messages != 1500 || report.EndToEnd.Count != 1500 ||
		report.Broker != server.Addr || report.Asked.Subscribers != 3 || report.Error != "" || report.Interrupted {
		t.Errorf("%+v", report)
	}
}

// Subscribers may be at another broker than publishers. These two share nothing, so that all
// is lost, and each says what it had.
func TestBenchSubscribesElsewhere(t *testing.T) {
	var ops [2]sync.Map
	var servers [2]*brokertest.Server
	for i := range servers {
		servers[i] = brokertest.Start(t, broker.Config{Permit: func(_ string, op jolt.Op, _ string) bool {
			ops[i].Store(op, true)
			return true
		}})
	}
	_, port, err := net.SplitHostPort(servers[1].Addr)
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := []string{"--count", "10", "--grace", "10ms", "--subscribe-host", "127.0.0.1", "--subscribe-port", port}
	code, out, errs := measure(t, servers[0], elsewhere...)
	if code != exit.Failed || !strings.Contains(errs, "10 lost") || !strings.Contains(out, "\nsubscribed at "+servers[1].Addr+"\n") {
		t.Errorf("%d, %q\n%s", code, errs, out)
	}
	for i, op := range []jolt.Op{jolt.OpSubscribe, jolt.OpPublish} { // what does not belong there
		if _, came := ops[i].Load(op); came {
			t.Errorf("%s at %d", op, i)
		}
	}
	_, out, _ = measure(t, servers[0], append(elsewhere, "--json")...)
	if want := `"subscribers_broker":"` + servers[1].Addr + `"`; !strings.Contains(out, want) {
		t.Errorf("no %s in %s", want, out)
	}
	servers[1].Stop()
	code, _, errs = measure(t, servers[0], elsewhere...)
	if code != exit.NoConnection || !strings.HasPrefix(errs, "joltui: no connection to "+servers[1].Addr+": ") {
		t.Errorf("%d, %q", code, errs)
	}
}

func TestBenchRefused(t *testing.T) {
	server := brokertest.Start(t, broker.Config{Permit: func(_ string, op jolt.Op, topic string) bool {
		return op != jolt.OpPublish || topic != "read.only"
	}})
	code, out, errs := measure(t, server, "--topic", "read.only")
	want := `joltui: the broker refused pub "read.only": forbidden: publish:read.only is not granted to anonymous clients` + "\n"
	if code != exit.Rejected || out != "" || errs != want {
		t.Errorf("%d, %q, %q", code, out, errs)
	}
}

// Rejections of a load are results, and make it fail.
func TestBenchRejected(t *testing.T) {
	var publishes atomic.Int64
	server := brokertest.Start(t, broker.Config{Permit: func(_ string, op jolt.Op, _ string) bool {
		return op != jolt.OpPublish || publishes.Add(1)%2 == 1
	}})
	code, out, errs := measure(t, server, "--count", "100")
	want := "joltui: the broker rejected 50 of 100 messages: forbidden: publish:joltui.bench is not granted to anonymous clients\n"
	if code != exit.Rejected || errs != want || !strings.Contains(out, "50 acknowledged, 50 rejected") || !strings.Contains(out, "0 lost") {
		t.Errorf("%d, %q\n%s", code, errs, out)
	}
}

func TestBenchWithoutBroker(t *testing.T) {
	server := brokertest.Start(t, broker.Config{})
	server.Stop()
	code, out, errs := measure(t, server)
	if code != exit.NoConnection || out != "" || !strings.HasPrefix(errs, "joltui: no connection to "+server.Addr+": ") || strings.Count(errs, "\n") != 1 {
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
	code, out, errs := measure(t, server, "--duration", "1h", "--max-outage", "20ms", "--json")
	<-stopped
	var report summary
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatal(err)
	}
	want := "the connection to " + server.Addr + " was lost, and is not back after 20 ms: "
	if code != exit.NoConnection || !strings.HasPrefix(errs, "joltui: "+want) || !strings.HasPrefix(report.Error, want) ||
		!report.Interrupted || report.Acknowledged.Messages == 0 || report.Outages == 0 {
		t.Errorf("%d, %q, %+v", code, errs, report)
	}
}

func TestBenchUsage(t *testing.T) {
	for _, tt := range []struct {
		args []string
		env  map[string]string
		want string
	}{
		{args: []string{"extra"}, want: `joltui bench takes no arguments, but got "extra"; see joltui bench --help`},
		{args: []string{"--publishers", "0"}, want: "--publishers 0 must be from 1 to 10000"},
		{args: []string{"--subscribers", "-1"}, want: "--subscribers -1 must be from 0 to 10000"},
		{args: []string{"--topics", "0"}, want: "--topics 0 must be from 1 to 10000"},
		{args: []string{"--topic", ""}, want: `--topic "" is empty`},
		{args: []string{"--size", "39"}, want: "--size 39 is too small: each payload begins with a header of 40 bytes"},
		{args: []string{"--size", "1GiB"}, want: `--size: "1GiB" is not a size`},
		{args: []string{"--size", "9MiB"}, want: "--size 9437184 is too large"},
		{args: []string{"--window", "0"}, want: "--window 0 must be"},
		{args: []string{"--rate", "-5"}, want: `--rate: "-5" is no number`},
		{args: []string{"--rate", "fast"}, want: `--rate: "fast" is no number`},
		{args: []string{"--count", "-1"}, want: `"-1" is no whole number from 0 on`},
		{args: []string{"--count", "10", "--duration", "1s"}, want: "--count 10 and a duration exclude each other"},
		{args: []string{"--duration", "0s"}, want: "--duration 0s must be more than 0"},
		{args: []string{"--duration", "1000h"}, want: "--duration 1000h0m0s must be"},
		{args: []string{"--warmup", "-1s"}, want: "--warmup -1s must be"},
		{args: []string{"--grace", "-1s"}, want: "--grace -1s must be"},
		{args: []string{"--max-outage", "-1s"}, want: "--max-outage -1s must be"},
		{args: []string{"--port", "0"}, want: "--port 0 is not a port"},
		{args: []string{"--subscribe-port", "65536"}, want: "--subscribe-port 65536 is not a port"},
		{args: []string{"--subscribers", "0", "--subscribe-host", "b"}, want: "--subscribers is 0"},
		{args: []string{"--user", "ann"}, want: "no password"},
		{env: map[string]string{"JOLT_BENCH_PUBLISHERS": "many"}, want: "JOLT_BENCH_PUBLISHERS in the environment: "},
		{env: map[string]string{"JOLT_BENCH_MAX_OUTAGE": "-1s"}, want: "--max-outage -1s"},
		{env: map[string]string{"JOLT_BENCH_COUNT": "10", "JOLT_BENCH_DURATION": "1s"}, want: "exclude each other"},
	} {
		code, out, errs := run(t, "", tt.env, append([]string{"bench"}, tt.args...)...)
		if code != exit.Usage || out != "" || !strings.Contains(errs, tt.want) || strings.Count(errs, "\n") != 1 {
			t.Errorf("joltui bench %q %v = %d, %q, %q; want %q", tt.args, tt.env, code, out, errs, tt.want)
		}
	}
}
