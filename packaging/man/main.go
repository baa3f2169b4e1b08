// Man writes a manual page for joltui and for each of its commands, made from
// their own help, and those of the two configuration files.
//
//	man FOLDER
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"joltui/internal/cli"
	"joltui/internal/cli/process"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: man FOLDER")
		os.Exit(2)
	}
	if err := write(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "man:", err)
		os.Exit(1)
	}
}

// write makes the pages. They are the same whenever they are made: they have no date.
func write(folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	root := cli.Command(process.System())
	save := func(name, text string) error {
		return os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644)
	}
	return errors.Join(
		eachCommand(root, func(c *cobra.Command) error { return save(pageName(c)+".1", commandPage(c)) }),
		save("joltui.toml.5", clientPage()),
		save("joltui-broker.json.5", brokerPage()),
	)
}

// eachCommand calls use for every command that is somebody's to use.
func eachCommand(c *cobra.Command, use func(*cobra.Command) error) error {
	if !c.IsAvailableCommand() && c.HasParent() {
		return nil
	}
	if err := use(c); err != nil {
		return err
	}
	for _, below := range c.Commands() {
		if err := eachCommand(below, use); err != nil {
			return err
		}
	}
	return nil
}

// pageName is joltui-config-check for that command.
func pageName(c *cobra.Command) string { return strings.ReplaceAll(c.CommandPath(), " ", "-") }
