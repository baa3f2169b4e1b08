package ui

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/suggest"
)

// BindingError says what is wrong with the keys that some actions were given.
type BindingError struct {
	Actions []string // one or two, by their names
	reason  string
}

// Error names the actions.
func (e *BindingError) Error() string { return e.reason }

func bindingError(actions []string, format string, args ...any) error {
	return &BindingError{actions, fmt.Sprintf(format, args...)}
}

// Remap returns k with other keys for some actions, which go by their names:
// "stream.inspect": {"enter", "o"}. An action may have no keys at all; then the
// palette still has it. The error is a [*BindingError] for the first thing that is
// wrong, in the order of the names: an action or a key that does not exist, text
// where text is typed, two actions for one key, or no ctrl+c to quit with.
func (k KeyMap) Remap(changes map[string][]string) (KeyMap, error) {
	table := k.table()
	for _, name := range slices.Sorted(maps.Keys(changes)) {
		at := slices.IndexFunc(table, func(a action) bool { return a.name == name })
		if at < 0 {
			return KeyMap{}, unknownAction(name, table)
		}
		if err := table[at].remap(changes[name]); err != nil {
			return KeyMap{}, bindingError([]string{name}, "keys of %s: %s", name, err)
		}
	}
	if err := conflict(table); err != nil {
		return KeyMap{}, err
	}
	k.shareMoves()
	return k, nil
}

// remap gives the action other keys. The help names the first two of them, or
// else how the palette calls it.
func (a action) remap(names []string) error {
	var keys, labels []string
	for _, name := range names {
		key, err := parseKey(name)
		switch {
		case err != nil:
			return err
		case a.whileTyping() && isCharacter(key):
			return fmt.Errorf("%q is text where this works: use a key such as ctrl+%[1]s or alt+%[1]s", name)
		}
		if !slices.Contains(keys, key) {
			keys, labels = append(keys, key), append(labels, keyLabel(key))
		}
	}
	if slices.Contains(a.key.Keys(), quitKey) && !slices.Contains(keys, quitKey) {
		return errors.New(quitKey + " always quits: give it further keys, but leave that one")
	}
	label := strings.Join(labels[:min(len(labels), 2)], " ")
	if label == "" {
		label = ":" + a.name
	}
	a.key.SetKeys(keys...)
	a.key.SetHelp(label, a.key.Help().Desc)
	return nil
}

// quitKey works whatever a user has made of the others.
const quitKey = "ctrl+c"

// conflict finds a key that means two things in one place.
func conflict(table []action) error {
	for where := range scopeEnd {
		owner := make(map[string]action)
		for _, a := range table {
			if !a.worksIn(where) {
				continue
			}
			for _, key := range a.key.Keys() {
				if b, taken := owner[key]; taken {
					return bindingError([]string{a.name, b.name}, "key %s means both %s and %s: give one of them another", keyLabel(key), b.name, a.name)
				}
				owner[key] = a
			}
		}
	}
	return nil
}

func unknownAction(name string, table []action) error {
	var names []string
	for _, a := range table {
		names = append(names, a.name)
	}
	return bindingError([]string{name}, "no action is called %q%s", name, meant(name, names))
}

// meant asks whether the name nearest to one that does not exist was meant.
func meant(name string, names []string) string {
	if near, ok := suggest.Of(name, names); ok {
		return ": did you mean " + near + "?"
	}
	return ""
}

// parseKey is the key of a name as Bubble Tea calls it. A character is its own
// name.
func parseKey(name string) (string, error) {
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
	return "", fmt.Errorf("no key is called %q%s", name, meant(name, names))
}

// keyNames are the names of all keys but characters, without alt.
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

// keyLabel is how the help writes a key.
func keyLabel(key string) string {
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
