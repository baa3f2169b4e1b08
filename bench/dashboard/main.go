// Command dashboard measures joltui's dashboard as its users have it: the real
// program in a process of its own, on a PTY, connected to a broker that sends
// faster than it can be read. It runs on Linux, from any folder of this module:
//
//	go run ./dashboard            every table, in about five minutes
//	go run ./dashboard -only cpu,keys -rounds 9
//	go run ./dashboard -only flood -profiles /tmp/p    and go tool pprof /tmp/p/cpu.pprof
//
// The load comes from the same machine: on two cores the dashboard has about
// one. What is compared runs in turn.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"
)

// options are what the tables depend on.
type options struct {
	programs
	rounds int
	flood  time.Duration // how long one measurement under a flood takes
	idle   time.Duration // how long one of an idle program takes
	memory time.Duration // how long the flood is that memory is watched under
	out    io.Writer
}

// tables are what can be measured, by name, in the order of printing.
var tables = []struct {
	name string
	run  func(options) error
}{
	{"flood", floods},
	{"keys", keys},
	{"cpu", processor},
	{"start", firstFrames},
	{"output", output},
	{"memory", memory},
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "dashboard:", err)
		os.Exit(1)
	}
}

func run() error {
	o := options{out: os.Stdout}
	only := flag.String("only", "", "tables to print, separated by commas: flood,keys,cpu,start,output,memory")
	profiles := flag.String("profiles", "", "folder for profiles of the dashboard; the last run's are left there")
	flag.IntVar(&o.rounds, "rounds", 5, "measurements of each side of a comparison")
	flag.DurationVar(&o.flood, "flood", 3*time.Second, "how long each flood lasts")
	flag.DurationVar(&o.idle, "idle", 10*time.Second, "how long the processor time of an idle program is counted")
	flag.DurationVar(&o.memory, "memory", 20*time.Second, "how long the flood lasts under which memory is watched; 10m is the long form")
	flag.Parse()
	dir, err := os.MkdirTemp("", "dashboard")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if o.programs, err = build(dir, *profiles); err != nil {
		return err
	}
	for _, table := range tables {
		if *only == "" || slices.Contains(strings.Split(*only, ","), table.name) {
			if err := table.run(o); err != nil {
				return fmt.Errorf("%s: %w", table.name, err)
			}
		}
	}
	return nil
}
