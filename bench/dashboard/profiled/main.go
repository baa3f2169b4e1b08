// Command profiled is joltui, with profiles of a whole run written to the folder
// that JOLTUI_PROFILES names: cpu.pprof and, of all that was ever allocated,
// allocs.pprof.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime/pprof"

	"joltui/internal/cli"
	"joltui/internal/cli/process"
)

func main() {
	dir := os.Getenv("JOLTUI_PROFILES")
	end, err := start(filepath.Join(dir, "cpu.pprof"))
	if err != nil {
		fmt.Fprintln(os.Stderr, "profiled:", err)
		os.Exit(1)
	}
	code := cli.Main(os.Args[1:], process.System())
	if err := end(filepath.Join(dir, "allocs.pprof")); err != nil {
		fmt.Fprintln(os.Stderr, "profiled:", err)
		code = 1
	}
	os.Exit(code)
}

// start begins the profile of the processor, and returns what ends it and
// writes that of the memory.
func start(cpu string) (end func(allocs string) error, err error) {
	f, err := os.Create(cpu)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return nil, err
	}
	return func(allocs string) error {
		pprof.StopCPUProfile()
		if err := f.Close(); err != nil {
			return err
		}
		g, err := os.Create(allocs)
		if err != nil {
			return err
		}
		if err := pprof.Lookup("allocs").WriteTo(g, 0); err != nil {
			return err
		}
		return g.Close()
	}, nil
}
