package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	"github.com/spf13/pflag"

	"joltui/internal/load"
	"joltui/internal/publisher"
	"joltui/jolt"
)

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
		{args: []string{"--user", "ann"}, want: "no password"},
		{env: map[string]string{"JOLT_BENCH_PUBLISHERS": "many"}, want: "JOLT_BENCH_PUBLISHERS in the environment: "},
		{env: map[string]string{"JOLT_BENCH_MAX_OUTAGE": "-1s"}, want: "--max-outage -1s"},
		{env: map[string]string{"JOLT_BENCH_COUNT": "10", "JOLT_BENCH_DURATION": "1s"}, want: "exclude each other"},
	} {
		code, out, errs := run(t, "", tt.env, append([]string{"bench"}, tt.args...)...)
		if code != exitUsage || out != "" || !strings.Contains(errs, tt.want) || strings.Count(errs, "\n") != 1 {
			t.Errorf("joltui bench %q %v = %d, %q, %q; want %q", tt.args, tt.env, code, out, errs, tt.want)
		}
	}
}

// What is wrong is said with the name of the flag, whatever it is.
func TestBenchFlagNames(t *testing.T) {
	var b benchFlags
	fs := pflag.NewFlagSet("bench", pflag.ContinueOnError)
	b.flags(fs)
	for _, field := range []string{"Publishers", "Subscribers", "Topic", "Topics", "Size", "Window", "Rate", "Count",
		"Duration", "Warmup", "Grace", "MaxOutage"} {
		if fs.Lookup(flagName(field)) == nil {
			t.Errorf("%s: there is no flag --%s", field, flagName(field))
		}
	}
}

func TestByteSize(t *testing.T) {
	for text, want := range map[string]byteSize{
		"128": 128, "128B": 128, "1kB": 1000, "1KiB": 1024, "2MB": 2_000_000, "3MiB": 3 << 20, "0": 0, "0KiB": 0,
	} {
		var b byteSize
		if err := b.Set(text); err != nil || b != want {
			t.Errorf("%q: %d, %v", text, b, err)
		}
	}
	for _, text := range []string{"", "x", "-1", "1.5KiB", "1 KiB", "1kib", "1GiB", "KiB", "99999999999999999999", "1KiBKiB", "4294967296"} {
		b := byteSize(7)
		if err := b.Set(text); err == nil || b != 7 {
			t.Errorf("%q is taken for %d", text, b)
		}
	}
}

// benchResult is a result with a different figure in every place.
func benchResult() *load.Result {
	cfg := load.Defaults()
	cfg.Client = jolt.Config{Addr: "127.0.0.1:8080"}
	latency := func(us time.Duration) load.Latency {
		us *= time.Microsecond
		return load.Latency{Count: 1_004_331, Min: us, Mean: 4 * us, P50: 3 * us, P90: 11 * us, P99: 123 * us, P999: 1304 * us, Max: 31_000 * us}
	}
	return &load.Result{
		Config:     cfg,
		Processors: 2,
		Elapsed:    8002 * time.Millisecond,
		Outcomes:   publisher.Outcomes{Acknowledged: 1_004_331},
		Ack:        latency(43),
		Deliveries: load.Deliveries{Received: 1_004_331},
		Delivering: 8003 * time.Millisecond,
		EndToEnd:   latency(47),
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
			if err := printBench(&out, r, nil); err != nil {
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
			if err := printBenchJSON(&out, r, unsound(r)); err != nil {
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
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := printBenchJSON(&out, benchResult(), nil); err != nil {
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
		{func(*load.Result) {}, exitOK, ""},
		{func(r *load.Result) { r.Outcomes.Rejected, r.Refusal = 2, &jolt.RejectedError{Text: "busy"} }, exitRejected,
			"the broker rejected 2 of 1,004,333 messages: busy"},
		{func(r *load.Result) { r.Deliveries.Lost = 1 }, exitFailed,
			"not every acknowledged message came once and in order: 1 lost, 0 duplicates, 0 out of order"},
		{func(r *load.Result) { r.Deliveries.Duplicates = 1 }, exitFailed, "0 lost, 1 duplicates"},
		{func(r *load.Result) { r.Deliveries.Reordered = 1 }, exitFailed, "1 out of order"},
		{func(r *load.Result) { r.Outcomes.Unknown = 5 }, exitFailed, "5 messages have no known outcome, and 0 were not sent"},
		{func(r *load.Result) { r.Outcomes.NotSent = 5 }, exitFailed, "0 messages have no known outcome, and 5 were not sent"},
		{func(r *load.Result) { r.Deliveries.Foreign = 5 }, exitOK, ""},
	} {
		r := benchResult()
		tt.change(r)
		err := unsound(r)
		if tt.code == exitOK && err == nil {
			continue
		}
		if err == nil || exitCode(err) != tt.code || !strings.Contains(err.Error(), tt.want) {
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

// The line never wraps, and leaves nothing of itself behind.
func TestProgressLine(t *testing.T) {
	var out bytes.Buffer
	width := 30
	p := &progressLine{w: &out, width: func() int { return width }}
	p.write(strings.Repeat("x", 100))
	p.write("漢字")
	width = 20
	p.write("abc")
	p.clear()
	width = 0
	p.write("gone")
	got := strings.Split(out.String(), "\r")
	want := []string{"", strings.Repeat("x", 28) + "…", "漢字" + strings.Repeat(" ", 25), "abc" + strings.Repeat(" ", 16), strings.Repeat(" ", 19), "", ""}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestNoProgressWhereNobodySeesIt(t *testing.T) {
	p := newProgressLine(Env{Stderr: &bytes.Buffer{}}, benchFlags{})
	p.show(load.Progress{Stage: load.Measuring})
	p.clear()
	if p.w != nil {
		t.Error("there is a progress line where stderr is no terminal")
	}
}

func TestBenchErrors(t *testing.T) {
	var b benchFlags
	b.load.Client.Addr = "b.example:1"
	for _, tt := range []struct {
		err  error
		code int
		want string
	}{
		{&load.ConnectError{Err: errors.New("dial tcp: connection refused")}, exitNoConnection, "no connection to b.example:1: dial tcp: connection refused"},
		{&load.OutageError{Cause: errors.New("reset"), After: 5 * time.Second}, exitNoConnection, "the connection to b.example:1 was lost, and is not back after 5.0 s: reset"},
		{&load.ConnectError{Err: &jolt.BrokerError{Text: "too_many_connections: 10"}}, exitRejected, "the broker ended the connection: too_many_connections: 10"},
		{&jolt.RejectedError{Op: jolt.OpPublish, Topic: "t", Text: "forbidden: no"}, exitRejected, `the broker refused pub "t": forbidden: no`},
		{&jolt.RejectedError{Op: jolt.OpAuth, Text: "auth_failed"}, exitRejected, "the broker refused the login (auth_failed)"},
		{&load.ConnectError{Err: jolt.ErrUnsafeAuth}, exitUsage, "--insecure-plaintext-auth"},
		{load.ErrTooManyHoles, exitFailed, "in more than a million places"},
	} {
		if err := benchError(tt.err, b); exitCode(err) != tt.code || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%v: %d, %v; want %d, %q", tt.err, exitCode(err), err, tt.code, tt.want)
		}
	}
}
