package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net"
	"os"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	"github.com/spf13/pflag"

	"joltui/broker"
	"joltui/broker/brokertest"
	"joltui/internal/cli/exit"
	"joltui/internal/cli/process"
	"joltui/internal/load"
	"joltui/internal/publisher"
	"joltui/jolt"
)

// What is wrong is said with the name of the flag, whatever it is.
func TestBenchFlagNames(t *testing.T) {
	var b flags
	fs := pflag.NewFlagSet("bench", pflag.ContinueOnError)
	b.flags(fs)
	for _, field := range []string{"Publishers", "Subscribers", "Topic", "Topics", "Size", "Window", "Rate", "Count",
		"Duration", "Warmup", "Grace", "MaxOutage"} {
		if fs.Lookup(flagName(field)) == nil {
			t.Errorf("%s: there is no flag --%s", field, flagName(field))
		}
	}
}

// benchResult is a result with a different figure in every place.
func benchResult() *load.Result {
	cfg := load.Defaults()
	cfg.Client = jolt.Config{Addr: "127.0.0.1:8080"}
	around := func(us time.Duration) load.Latency {
		us *= time.Microsecond
		return load.Latency{Count: 1_004_331, Min: us, Mean: 4 * us, P50: 3 * us, P90: 11 * us, P99: 123 * us, P999: 1304 * us, Max: 31_000 * us}
	}
	return &load.Result{
		Config:     cfg,
		Processors: 2,
		Elapsed:    8002 * time.Millisecond,
		Outcomes:   publisher.Outcomes{Acknowledged: 1_004_331},
		Ack:        around(43),
		Deliveries: load.Deliveries{Received: 1_004_331},
		Delivering: 8003 * time.Millisecond,
		EndToEnd:   around(47),
	}
}

// benchResults are the results whose texts are kept as golden files.
func benchResults() map[string]*load.Result {
	troubled := benchResult()
	troubled.Config.Publishers, troubled.Config.Subscribers = 20, 64
	troubled.Config.Topics, troubled.Config.Topic = 100, "a.topic\x1b[31m.that.is.long.and.hostile"
	troubled.Config.Size, troubled.Config.Window = 4096, 1000
	troubled.Config.Count, troubled.Config.Duration, troubled.Config.Rate = 2_000_000, 0, 500_000
	troubled.Interrupted, troubled.Overdue = true, 123_456
	troubled.Outcomes = publisher.Outcomes{Acknowledged: 900_000, Rejected: 1200, Unknown: 64, NotSent: 3}
	troubled.Refusal = &jolt.RejectedError{Op: jolt.OpPublish, Topic: "t", Text: "busy\x1b[2J"}
	troubled.Deliveries = load.Deliveries{Received: 57_000_000, Lost: 600_000, Duplicates: 7, Reordered: 1234, Foreign: 1}
	troubled.Overslept = troubled.Ack
	troubled.Outages, troubled.Outage = 84, 90*time.Second

	publishing := benchResult()
	publishing.Config.Subscribers, publishing.Config.Rate = 0, 125_000
	publishing.EndToEnd, publishing.Deliveries = load.Latency{}, load.Deliveries{}
	publishing.Overslept = publishing.Ack
	publishing.Outages, publishing.Outage = 1, 300*time.Millisecond

	slow := benchResult()
	slow.Config.Count, slow.Config.Duration, slow.Config.Rate = 1_004_331, 0, 200_000

	nothing := benchResult()
	nothing.Config.Count, nothing.Config.Duration = 1, 0
	nothing.Elapsed, nothing.Delivering = 0, 0
	nothing.Outcomes, nothing.Deliveries = publisher.Outcomes{}, load.Deliveries{}
	nothing.Ack, nothing.EndToEnd = load.Latency{}, load.Latency{}
	return map[string]*load.Result{"sound": benchResult(), "troubled": troubled, "publishing": publishing, "slow": slow, "nothing": nothing}
}

func TestBenchText(t *testing.T) {
	for name, r := range benchResults() {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			if err := printText(&out, r, nil); err != nil {
				t.Fatal(err)
			}
			golden.RequireEqual(t, out.Bytes())
			for row := range strings.Lines(out.String()) {
				row = strings.TrimSuffix(row, "\n")
				if ansi.StringWidth(row) > 80 || strings.ContainsRune(row, '\x1b') || strings.HasSuffix(row, " ") {
					t.Errorf("%q is %d cells wide", row, ansi.StringWidth(row))
				}
			}
		})
	}
}

func TestBenchJSON(t *testing.T) {
	for name, r := range benchResults() {
		t.Run(name, func(t *testing.T) {
			var out, pretty bytes.Buffer
			if err := printJSON(&out, r, unsound(r)); err != nil {
				t.Fatal(err)
			}
			if strings.Count(out.String(), "\n") != 1 || !strings.HasSuffix(out.String(), "}\n") {
				t.Errorf("not one line: %q", out.String())
			}
			if err := json.Indent(&pretty, out.Bytes(), "", "  "); err != nil {
				t.Fatal(err)
			}
			golden.RequireEqual(t, pretty.Bytes())
		})
	}
}

// The README says what each name of the JSON is.
func TestBenchJSONIsDescribed(t *testing.T) {
	readme, err := os.ReadFile("../../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := printJSON(&out, benchResult(), nil); err != nil {
		t.Fatal(err)
	}
	names := regexp.MustCompile(`"([a-z0-9_]+)":`).FindAllStringSubmatch(out.String(), -1)
	if len(names) < 40 {
		t.Errorf("only %d names in %s", len(names), out.String())
	}
	for _, name := range names {
		if !strings.Contains(string(readme), "`"+name[1]+"`") {
			t.Errorf("README.md does not say what %q is", name[1])
		}
	}
}

func TestUnsound(t *testing.T) {
	for _, tt := range []struct {
		change func(*load.Result)
		code   int
		want   string
	}{
		{func(*load.Result) {}, exit.OK, ""},
		{func(r *load.Result) { r.Outcomes.Rejected, r.Refusal = 2, &jolt.RejectedError{Text: "busy"} }, exit.Rejected,
			"the broker rejected 2 of 1,004,333 messages: busy"},
		{func(r *load.Result) { r.Deliveries.Lost = 1 }, exit.Failed,
			"not every acknowledged message came once and in order: 1 lost, 0 duplicates, 0 out of order"},
		{func(r *load.Result) { r.Deliveries.Duplicates = 1 }, exit.Failed, "0 lost, 1 duplicates"},
		{func(r *load.Result) { r.Deliveries.Reordered = 1 }, exit.Failed, "1 out of order"},
		{func(r *load.Result) { r.Outcomes.Unknown = 5 }, exit.Failed, "5 messages have no known outcome, and 0 were not sent"},
		{func(r *load.Result) { r.Outcomes.NotSent = 5 }, exit.Failed, "0 messages have no known outcome, and 5 were not sent"},
		{func(r *load.Result) { r.Deliveries.Foreign = 5 }, exit.OK, ""},
	} {
		r := benchResult()
		tt.change(r)
		err := unsound(r)
		if tt.code == exit.OK && err == nil {
			continue
		}
		if err == nil || exit.Code(err) != tt.code || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%v, want %d, %q", err, tt.code, tt.want)
		}
	}
}

func TestProgressText(t *testing.T) {
	now := load.Progress{Stage: load.Measuring, Elapsed: 3240 * time.Millisecond, Rate: 125_541.3,
		P50: 310 * time.Microsecond, P99: 1170 * time.Microsecond, Outcomes: publisher.Outcomes{Acknowledged: 1_004_331}}
	if got, want := progressText(now), "measuring 3.2 s  125,541/s  p50 0.31 ms  p99 1.17 ms  ✓ 1,004,331"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	now.Down = 2
	now.Stage, now.Owed, now.Outcomes.Rejected, now.Outcomes.Unknown = load.Draining, 1200, 3, 64
	if got, want := progressText(now), "draining 3.2 s  1,200 messages still to come  ✓ 1,004,331  ✗ 3  ? 64  2 connections lost"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestBenchErrors(t *testing.T) {
	var b flags
	b.load.Client.Addr = "b.example:1"
	for _, tt := range []struct {
		err  error
		code int
		want string
	}{
		{&load.ConnectError{Addr: "b.example:1", Err: errors.New("dial tcp: connection refused")}, exit.NoConnection, "no connection to b.example:1: dial tcp: connection refused"},
		{&load.OutageError{Addr: "b.example:1", Cause: errors.New("reset"), After: 5 * time.Second}, exit.NoConnection, "the connection to b.example:1 was lost, and is not back after 5.0 s: reset"},
		{&load.ConnectError{Addr: "b.example:1", Err: &jolt.BrokerError{Text: "too_many_connections: 10"}}, exit.Rejected, "the broker ended the connection: too_many_connections: 10"},
		{&jolt.RejectedError{Op: jolt.OpPublish, Topic: "t", Text: "forbidden: no"}, exit.Rejected, `the broker refused pub "t": forbidden: no`},
		{&jolt.RejectedError{Op: jolt.OpAuth, Text: "auth_failed"}, exit.Rejected, "the broker refused the login (auth_failed)"},
		{&load.ConnectError{Addr: "b.example:1", Err: jolt.ErrUnsafeAuth}, exit.Usage, "--insecure-plaintext-auth"},
		{load.ErrTooManyHoles, exit.Failed, "in more than a million places"},
	} {
		if err := failure(tt.err, b); exit.Code(err) != tt.code || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%v: %d, %v; want %d, %q", tt.err, exit.Code(err), err, tt.code, tt.want)
		}
	}
}

// What ctrl+c ends has results, too.
func TestBenchInterrupted(t *testing.T) {
	ctx, interrupt := context.WithCancel(t.Context())
	var publishes atomic.Int64
	server := brokertest.Start(t, broker.Config{Permit: func(_ string, op jolt.Op, _ string) bool {
		if op == jolt.OpPublish && publishes.Add(1) == 1000 {
			go interrupt()
		}
		return true
	}})
	_, port, err := net.SplitHostPort(server.Addr)
	if err != nil {
		t.Fatal(err)
	}
	b := flags{load: load.Defaults()}
	fs := pflag.NewFlagSet("bench", pflag.ContinueOnError)
	b.flags(fs)
	if err := fs.Parse([]string{"--port", port, "--warmup", "0s", "--duration", "1h"}); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	err = run(ctx, process.Env{Stdout: &out, Stderr: &errs}, b)
	if exit.Code(err) != exit.Failed || err.Error() != "interrupted" || errs.Len() != 0 {
		t.Errorf("%v, %q", err, errs.String())
	}
	if !strings.Contains(out.String(), " of 1h, after") || !strings.Contains(out.String(), "   0 lost") {
		t.Error(out.String())
	}
}
