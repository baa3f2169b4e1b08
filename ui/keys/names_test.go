package keys

import "testing"

func TestParseKey(t *testing.T) {
	for name, want := range map[string]string{
		"a": "a", "A": "A", "é": "é", "世": "世", " ": " ", "space": " ", "Space": " ", "alt+x": "alt+x",
		"Ctrl+S": "ctrl+s", "ctrl+i": "tab", "return": "enter", "PageDown": "pgdown", "f12": "f12", "alt+enter": "alt+enter",
		"shift+tab": "shift+tab", "ctrl+space": "ctrl+@", "alt+up": "alt+up",
	} {
		if got, err := parse(name); got != want || err != nil {
			t.Errorf("%q is %q, %v; want %q", name, got, err, want)
		}
	}
	for _, name := range []string{"", "ab", "\x1b", "\n", "ctrl+", "alt+", "\xff", "shift+a"} {
		if got, err := parse(name); err == nil {
			t.Errorf("%q is %q", name, got)
		}
	}
}
