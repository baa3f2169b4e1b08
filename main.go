// Command joltui is a terminal for the Jolt message broker.
package main

import (
	"os"

	"joltui/internal/cli"
)

func main() { os.Exit(cli.Main(os.Args[1:], cli.System())) }
