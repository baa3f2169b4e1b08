package folders

import (
	"os"
	"path/filepath"
	"runtime"

	"github.com/adrg/xdg"
)

// None is what to tell a user for whom nothing can be kept.
const None = "there is no home folder, so nothing is remembered: set HOME, or XDG_CONFIG_HOME and XDG_STATE_HOME"

// Config returns the path of a file that the user writes, or changes by what they do on
// purpose. It is empty where there is no home folder, as in many containers and services:
// the root of the file system is none.
func Config(parts ...string) string { return in(xdg.ConfigHome, "XDG_CONFIG_HOME", parts) }

// State returns the path of a file in which joltui remembers something. It is empty where
// there is no home folder.
func State(parts ...string) string { return in(xdg.StateHome, "XDG_STATE_HOME", parts) }

func in(folder, variable string, parts []string) string {
	home := os.Getenv("HOME")
	if runtime.GOOS != "windows" && os.Getenv(variable) == "" && (home == "" || home == "/") {
		return ""
	}
	return filepath.Join(append([]string{folder, "joltui"}, parts...)...)
}
