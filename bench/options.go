package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// options are what the command line says.
type options struct {
	rounds  int
	quick   bool
	list    bool
	cpu     bool
	json    string
	profile string
	others  []build
	names   []string // of tables; none means all but the extra ones
}

// build is another joltui to compare with.
type build struct{ name, path string }

func parseOptions(args []string, stderr io.Writer) (options, error) {
	var o options
	fs := flag.NewFlagSet("bench", flag.ContinueOnError)
	fs.SetOutput(stderr)
	fs.IntVar(&o.rounds, "rounds", 5, "how often each side is measured, in turn")
	fs.BoolVar(&o.quick, "quick", false, "3 short rounds: a look, not a proof")
	fs.BoolVar(&o.list, "list", false, "print the names of the tables and end")
	fs.BoolVar(&o.cpu, "cpu", false, "also show the processor time of each broker, which other load disturbs less (Linux)")
	fs.StringVar(&o.json, "json", "", "also write all figures to this `file`")
	fs.StringVar(&o.profile, "profile", "", "write a CPU profile of joltui's broker to this `folder`, one for each table")
	fs.Func("also", "compare with another joltui, too: `name=path` of its binary; can be repeated", func(s string) error {
		name, path, ok := strings.Cut(s, "=")
		if !ok || name == "" || path == "" {
			return errors.New("it is not name=path")
		}
		if slices.Contains([]string{"joltui", "nats", "redis"}, name) {
			return errors.New("that name is taken")
		}
		o.others = append(o.others, build{name, path})
		return nil
	})
	fs.Usage = func() {
		fmt.Fprintln(stderr, "usage: go run . [flags] [table…]")
		fs.PrintDefaults()
	}
	if err := fs.Parse(args); err != nil {
		return o, err
	}
	if o.rounds < 1 {
		return o, fmt.Errorf("-rounds must be 1 at least, not %d", o.rounds)
	}
	if o.quick {
		o.rounds = min(o.rounds, 3)
	}
	o.names = fs.Args()
	for _, name := range o.names {
		if strings.HasPrefix(name, "-") {
			return o, fmt.Errorf("%s comes after the name of a table: flags have to come first", name)
		}
	}
	return o, nil
}

// publishing is how long one measurement publishes, about.
func (o options) publishing() time.Duration {
	if o.quick {
		return 150 * time.Millisecond
	}
	return time.Second
}
