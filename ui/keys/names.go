package keys

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/suggest"
)

// parse returns the name that Bubble Tea has for a key, from the name that a user wrote. A
// character is its own name. The error suggests a name.
func parse(name string) (string, error) {
	for alias, key := range map[string]string{
		"space": " ", "return": "enter", "escape": "esc", "pageup": "pgup", "pagedown": "pgdown", "pgdn": "pgdown",
		"del": "delete", "ctrl+i": "tab", "ctrl+m": "enter", "ctrl+[": "esc", "ctrl+space": "ctrl+@",
	} {
		if strings.EqualFold(name, alias) {
			return key, nil
		}
	}
	if isCharacter(strings.TrimPrefix(name, "alt+")) {
		return name, nil
	}
	names := keyNames()
	if lower := strings.ToLower(name); slices.Contains(names, strings.TrimPrefix(lower, "alt+")) {
		return lower, nil
	}
	return "", fmt.Errorf("no key is called %q%s", name, Meant(name, names))
}

// keyNames returns the names of all keys but characters, without alt.
func keyNames() []string {
	var names []string
	for t := tea.KeyType(-128); t < 128; t++ {
		if name := (tea.Key{Type: t}).String(); len(name) > 1 {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func isCharacter(key string) bool {
	r, size := utf8.DecodeRuneInString(key)
	return size > 0 && size == len(key) && r != utf8.RuneError && unicode.IsPrint(r)
}

// label returns how the help writes a key.
func label(key string) string {
	bare, alt := strings.CutPrefix(key, "alt+")
	switch bare {
	case " ":
		bare = "space"
	case "up":
		bare = "↑"
	case "down":
		bare = "↓"
	case "left":
		bare = "←"
	case "right":
		bare = "→"
	case "pgdown":
		bare = "pgdn"
	}
	if alt {
		return "alt+" + bare
	}
	return bare
}

// Meant returns ": did you mean …?" with the name most like one that does not exist, or "".
func Meant(name string, names []string) string {
	if near, ok := suggest.Of(name, names); ok {
		return ": did you mean " + near + "?"
	}
	return ""
}
