// Man writes a manual page for joltui and for each of its commands, made from
// their own help.
//
//	man FOLDER
package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra/doc"

	"joltui/internal/cli"
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

// write makes the pages. SOURCE_DATE_EPOCH sets their date, so that they are the
// same whenever they are made.
func write(folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	root := cli.Command(cli.System())
	root.DisableAutoGenTag = true
	return doc.GenManTree(root, &doc.GenManHeader{Section: "1", Source: root.Version, Manual: "joltui"}, folder)
}
