package ui

import (
	"testing"

	"joltui/ui/keys"
)

// The default keys obey the rules for those of users: no key means two actions in one place,
// each has a name, and none is a character where characters are text.
func TestUsualKeys(t *testing.T) {
	m := New(Options{})
	usual := make(map[string][]string)
	for _, e := range m.table {
		key := e.Key()
		if usual[e.Name] != nil {
			t.Errorf("%s is listed twice", e.Name)
		}
		if usual[e.Name] = key.Keys(); len(key.Keys()) == 0 || key.Help().Key == "" || key.Help().Desc == "" {
			t.Errorf("%s has no key or no help", e.Name)
		}
	}
	if err := CheckKeys(usual); err != nil {
		t.Error(err)
	}
}

// An action is found by its name alone, and one that does not exist has no key.
func TestActionsByName(t *testing.T) {
	m := New(Options{})
	if m.table.Named("stream.inspect") == nil || m.table.Named("stream.") != nil {
		t.Error("actions are not found by their names")
	}
	if key := m.key("nothing"); key.Enabled() {
		t.Error("an action that does not exist has a key")
	}
	var none keys.Table
	if err := none.Remap(nil); err != nil {
		t.Error(err)
	}
}
