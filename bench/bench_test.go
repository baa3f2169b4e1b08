package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"joltui/bench/peer"
	"joltui/bench/turns"
)

// TestMain makes the test binary the servers that are measured.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == serveCommand {
		main()
		return
	}
	os.Exit(m.Run())
}

// stub measures joltui's broker, which runs in the test binary, in every role.
func stub(t *testing.T) *bench {
	t.Helper()
	b := &bench{options: options{rounds: 1, quick: true, cpu: true, profile: t.TempDir()}, noRedis: peer.ErrNoRedis}
	ours, err := b.ours("stub")
	if err != nil {
		t.Fatal(err)
	}
	b.joltui = ours
	b.nats = ours
	b.nats.Name = "nats"
	return b
}

// Every kind of table, with brokers that are quick to build.
func TestTables(t *testing.T) {
	b := stub(t)
	for name, sides := range map[string]string{
		"fanout/1:8/128B":           "nats joltui",
		"fanout/1:8/128B-unbatched": "nats joltui",
		"one-topic/1:1/1KiB":        "nats joltui",
		"unbatched-limit":           "answers only nats joltui",
		"ping":                      "TCP echo nats joltui jolt client",
		"idle":                      "nats joltui",
		"topics":                    "20 topics and 10000 others",
		"patterns":                  "20 topics and 10000 patterns",
		"system/64":                 "unwatched watched",
		"client":                    "raw socket jolt client",
		"spaced/1:1":                "compact spaced",
	} {
		t.Run(name, func(t *testing.T) {
			chosen, err := choose(tables(), []string{name})
			if err != nil || len(chosen) != 1 {
				t.Fatalf("%d tables, %v", len(chosen), err)
			}
			results, err := chosen[0].measure(t.Context(), b)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range results {
				var names []string
				for i, side := range r.Sides {
					names = append(names, side.Name)
					if len(r.Figures[i]) == 0 || slices.Min(r.Figures[i]) <= 0 {
						t.Errorf("%s: %s: figures are %v", r.Title, side.Name, r.Figures[i])
					}
				}
				if got := strings.Join(names, " "); got != sides {
					t.Errorf("%s has the sides %s", r.Title, got)
				}
				if !strings.HasPrefix(r.Title, name+":") {
					t.Errorf("the title is %s", r.Title)
				}
			}
			if name != "topics" && name != "patterns" && name != "client" && !strings.HasPrefix(name, "spaced") && !strings.HasPrefix(name, "system") && !strings.Contains(results[0].Title, "redis-server is not installed") {
				t.Errorf("the title does not say that Redis is missing: %s", results[0].Title)
			}
		})
	}
	profiles, err := filepath.Glob(filepath.Join(b.profile, "fanout_1-8_128B.pprof"))
	if err != nil || len(profiles) != 1 {
		t.Fatalf("profiles: %v, %v", profiles, err)
	}
	if info, err := os.Stat(profiles[0]); err != nil || info.Size() == 0 {
		t.Errorf("the profile: %v, %v", info, err)
	}
}

func TestInterrupted(t *testing.T) {
	b := stub(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, name := range []string{"fanout/1:1/128B", "ping", "idle", "topics", "client"} {
		chosen, err := choose(tables(), []string{name})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := chosen[0].measure(ctx, b); err == nil {
			t.Errorf("%s went on", name)
		}
	}
}

func TestChoose(t *testing.T) {
	for _, test := range []struct {
		names string
		want  string // the first and the last, and how many in all
		count int
	}{
		{"", "fanout/1:1/128B system/1", 19},
		{"fanout", "fanout/1:1/128B fanout/1:64/1KiB", 9},
		{"fanout/1:8/", "fanout/1:8/128B fanout/1:8/1KiB", 3},
		{"fanout/1:8/128B", "fanout/1:8/128B fanout/1:8/128B", 1},
		{"ping one-topic", "ping one-topic/1:64/1KiB", 10},
	} {
		chosen, err := choose(tables(), strings.Fields(test.names))
		if err != nil || len(chosen) != test.count {
			t.Errorf("%q: %d tables, %v", test.names, len(chosen), err)
			continue
		}
		if got := chosen[0].name + " " + chosen[len(chosen)-1].name; got != test.want {
			t.Errorf("%q: %s", test.names, got)
		}
	}
	for _, unknown := range []string{"fan", "fanout/1:8/128", "x"} {
		if _, err := choose(tables(), []string{"ping", unknown}); err == nil || !strings.Contains(err.Error(), unknown) {
			t.Errorf("%q: %v", unknown, err)
		}
	}
}

func TestOptions(t *testing.T) {
	o, err := parseOptions([]string{"-quick", "-rounds", "9", "-json", "f", "-also", "old=/a=b", "ping"}, t.Output())
	if err != nil || o.rounds != 3 || o.json != "f" || !slices.Equal(o.others, []build{{"old", "/a=b"}}) ||
		!slices.Equal(o.names, []string{"ping"}) {
		t.Errorf("%+v, %v", o, err)
	}
	for _, bad := range [][]string{{"-rounds", "0"}, {"-also", "x"}, {"-also", "=x"}, {"-also", "x="}, {"-also", "nats=x"}, {"-what"}, {"ping", "-quick"}} {
		if _, err := parseOptions(bad, t.Output()); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}

func TestRunLists(t *testing.T) {
	var out strings.Builder
	if err := run(t.Context(), []string{"-list", "ping", "idle"}, &out, t.Output()); err != nil || out.String() != "ping\nidle\n" {
		t.Errorf("%q, %v", out.String(), err)
	}
	for _, bad := range [][]string{{"nothing"}, {serveCommand}, {serveCommand, "nothing", "0"}, {serveCommand, serveEcho, "x"}} {
		if err := run(t.Context(), bad, &out, t.Output()); err == nil {
			t.Errorf("%q: no error", bad)
		}
	}
}

func TestReport(t *testing.T) {
	result, err := turns.Comparison{Title: "t: x", Unit: "u", Aims: map[string]string{"b": "≥ 1"}, Sides: []turns.Side{
		{Name: "a", Measure: func() (float64, error) { return 2, nil }},
		{Name: "b", Measure: func() (float64, error) { return 4, nil }},
	}}.Run(1)
	if err != nil {
		t.Fatal(err)
	}
	var r, got report
	r.add("t", result)
	path := filepath.Join(t.TempDir(), "report.json")
	if err := r.write(path); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	want := reportTable{Name: "t", Title: "t: x", Unit: "u", Stolen: result.Stolen, Sides: []reportSide{
		{Name: "a", Figures: []float64{2}, Ratios: []float64{1}},
		{Name: "b", Aim: "≥ 1", Figures: []float64{4}, Ratios: []float64{2}},
	}}
	if len(got.Tables) != 1 || !reflect.DeepEqual(got.Tables[0], want) {
		t.Errorf("got %+v, want %+v", got.Tables, want)
	}
}
