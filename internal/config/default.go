package config

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"joltui/internal/atomicfile"
)

// defaultLine is the line that names the default profile, before the first table.
var defaultLine = regexp.MustCompile(`(?m)^[ \t]*profile[ \t]*=[^\n#]*`)

// firstTable is where the tables begin.
var firstTable = regexp.MustCompile(`(?m)^[ \t]*\[`)

// SetDefault makes a profile the default in the file at path. Everything else in it,
// comments too, stays as it is; the file is replaced as a whole, or not at all.
func SetDefault(path, name string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	text := withDefault(string(data), name)
	if f, err := Parse(path, []byte(text)); err != nil || f.Default != name {
		return errors.Join(&Error{Path: path, Reason: "the profile could not be set here: write profile = " + quoted(name) + " at its top"}, err)
	}
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real // a link stays one
	}
	return errors.Join(atomicfile.Write(path, []byte(text)), os.Chmod(path, info.Mode().Perm()))
}

func quoted(name string) string { return fmt.Sprintf("%q", name) }

// withDefault is text with another default profile.
func withDefault(text, name string) string {
	line := "profile = " + quoted(name)
	top := text
	if at := firstTable.FindStringIndex(text); at != nil {
		top = text[:at[0]]
	}
	if at := defaultLine.FindStringIndex(top); at != nil {
		rest := text[at[1]:]
		if rest != "" && rest[0] == '#' {
			line += "  "
		}
		return text[:at[0]] + line + rest
	}
	return line + "\n" + text
}
