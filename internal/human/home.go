package human

import (
	"os"
	"path/filepath"
	"strings"
)

// Home replaces a tilde at the beginning of a path by the user's home folder, as a
// shell does: ~ and ~/orders, but not ~alice. Where there is no home folder the path
// stays as it is, and so is not found under a name that the user knows.
func Home(path string) string {
	rest, ok := strings.CutPrefix(path, "~")
	if !ok || rest != "" && !os.IsPathSeparator(rest[0]) {
		return path
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return path
	}
	return filepath.Join(home, rest)
}
