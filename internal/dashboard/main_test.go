package dashboard

import (
	"os"
	"testing"

	"github.com/adrg/xdg"
)

// TestMain keeps the tests away from the files of whoever runs them.
func TestMain(m *testing.M) {
	home, err := os.MkdirTemp("", "joltui-dashboard")
	if err != nil {
		panic(err)
	}
	os.Setenv("XDG_CONFIG_HOME", home)
	os.Setenv("XDG_STATE_HOME", home)
	xdg.Reload()
	code := m.Run()
	os.RemoveAll(home)
	os.Exit(code)
}
