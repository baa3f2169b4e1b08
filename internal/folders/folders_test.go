package folders

import (
	"testing"

	"github.com/adrg/xdg"
)

func TestNoHomeIsNotTheRoot(t *testing.T) {
	for _, tt := range []struct{ home, config, want string }{
		{"/home/ann", "", "/home/ann/.config/joltui/config.toml"},
		{"", "", ""},
		{"/", "", ""},
		{"", "/etc/ann", "/etc/ann/joltui/config.toml"},
	} {
		t.Setenv("HOME", tt.home)
		t.Setenv("XDG_CONFIG_HOME", tt.config)
		t.Setenv("XDG_STATE_HOME", "")
		xdg.Reload()
		if got := Config("config.toml"); got != tt.want {
			t.Errorf("HOME=%s XDG_CONFIG_HOME=%s: %q, want %q", tt.home, tt.config, got, tt.want)
		}
		if got := State("topics.json"); (got == "") != (tt.home != "/home/ann") {
			t.Errorf("HOME=%s: state in %q", tt.home, got)
		}
	}
}
