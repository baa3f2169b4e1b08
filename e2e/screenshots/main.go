// Screenshots draws pictures of joltui: it runs the real binary in a terminal of
// its own, presses keys as a script says, waits for what has to be seen, and
// writes what the terminal then shows as SVG. No other program is needed.
//
//	screenshots JOLTUI FOLDER [SCENE…]
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: screenshots JOLTUI FOLDER [SCENE…]")
		os.Exit(2)
	}
	if err := drawAll(os.Args[1], os.Args[2], os.Args[3:]); err != nil {
		fmt.Fprintln(os.Stderr, "screenshots:", err)
		os.Exit(1)
	}
}

// drawAll draws the named scenes; none named are all.
func drawAll(binary, folder string, names []string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for _, s := range scenes() {
		if len(names) > 0 && !slices.Contains(names, s.name) {
			continue
		}
		picture, err := s.play(binary)
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		path := filepath.Join(folder, s.name+".svg")
		if err := os.WriteFile(path, picture, 0o644); err != nil {
			return err
		}
		fmt.Println(path)
	}
	return nil
}
