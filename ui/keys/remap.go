package keys

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// BindingError says what is wrong with the keys that a user has given to actions.
type BindingError struct {
	Actions []string // one or two, by their names
	reason  string
}

// Error returns what is wrong, with the names of the actions, in one line.
func (e *BindingError) Error() string { return e.reason }

func bindingError(actions []string, format string, args ...any) error {
	return &BindingError{actions, fmt.Sprintf(format, args...)}
}

// Remap gives actions other keys, by their names: "stream.inspect": {"enter", "o"}. An
// action may get no keys at all; the palette can still run it. The error is a
// [*BindingError] for the first mistake, in the order of the names: an action or a key
// that does not exist, a character where characters are text, one key for two actions in
// the same place, or ctrl+c taken from the action that quits. After an error the table must
// not be used.
func (t Table) Remap(changes map[string][]string) error {
	for _, name := range slices.Sorted(maps.Keys(changes)) {
		e := t.Named(name)
		if e == nil {
			return t.unknown(name)
		}
		if err := e.remap(changes[name]); err != nil {
			return bindingError([]string{name}, "keys of %s: %s", name, err)
		}
	}
	return t.conflict()
}

// remap gives the action other keys. The help shows the first two of them, or the name of
// the action in the palette if there are none.
func (e *Entry) remap(names []string) error {
	keys, labels := []string{}, []string{} // not nil: a binding with nil keys is disabled
	for _, name := range names {
		key, err := parse(name)
		switch {
		case err != nil:
			return err
		case e.Where.whileTyping() && isCharacter(key):
			return fmt.Errorf("%q is text where this works: use a key such as ctrl+%[1]s or alt+%[1]s", name)
		}
		if !slices.Contains(keys, key) {
			keys, labels = append(keys, key), append(labels, label(key))
		}
	}
	if slices.Contains(e.key.Keys(), quitKey) && !slices.Contains(keys, quitKey) {
		return errors.New(quitKey + " always quits: give it further keys, but leave that one")
	}
	text := strings.Join(labels[:min(len(labels), 2)], " ")
	if text == "" {
		text = ":" + e.Name
	}
	e.key.SetKeys(keys...)
	e.key.SetHelp(text, e.key.Help().Desc)
	return nil
}

// quitKey always quits, whatever keys a user has changed.
const quitKey = "ctrl+c"

// conflict returns an error for a key that means two actions in one place.
func (t Table) conflict() error {
	for _, where := range t.places() {
		owner := make(map[string]*Entry)
		for i := range t {
			a := &t[i]
			if !a.WorksIn(where) {
				continue
			}
			for _, key := range a.key.Keys() {
				if b, taken := owner[key]; taken {
					return bindingError([]string{a.Name, b.Name}, "key %s means both %s and %s: give one of them another", label(key), b.Name, a.Name)
				}
				owner[key] = a
			}
		}
	}
	return nil
}

// places returns all places of the table.
func (t Table) places() (all []Place) {
	for i := range t {
		if !slices.Contains(all, t[i].Where) {
			all = append(all, t[i].Where)
		}
	}
	return all
}

func (t Table) unknown(name string) error {
	var names []string
	for i := range t {
		names = append(names, t[i].Name)
	}
	return bindingError([]string{name}, "no action is called %q%s", name, Meant(name, names))
}
