// Command joltui is a terminal for the Jolt message broker.
package main

import (
	"os"

	"joltui/internal/cli"
	"joltui/internal/cli/process"
	"joltui/internal/startline"
)

func main() { os.Exit(cli.Main(startline.Arguments(os.Args), process.System())) }
