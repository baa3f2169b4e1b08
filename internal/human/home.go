package human

import (
	"os"
	"path/filepath"
	"strings"
)

// Home replaces ~/ at the beginning of a path by the user's home folder. A tilde alone is a
// file of that name, and ~alice is not looked up. Without a home folder the path stays as it
// is, so that the error about it shows the path as the user wrote it.
func Home(path string) string {
	rest, ok := strings.CutPrefix(path, "~")
	if !ok || rest == "" || !os.IsPathSeparator(rest[0]) {
		return path
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return path
	}
	return filepath.Join(home, rest)
}
