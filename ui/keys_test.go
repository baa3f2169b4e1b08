package ui

import (
	"reflect"
	"testing"

	"github.com/charmbracelet/bubbles/key"
)

// bindings finds every binding in v, with the path of its field.
func bindings(v reflect.Value, path string, found map[string]key.Binding) {
	if b, ok := v.Interface().(key.Binding); ok {
		found[path] = b
		return
	}
	for i := range v.NumField() {
		bindings(v.Field(i), path+"."+v.Type().Field(i).Name, found)
	}
}

func collect(parts map[string]any) map[string]key.Binding {
	found := make(map[string]key.Binding)
	for name, part := range parts {
		bindings(reflect.ValueOf(part), name, found)
	}
	return found
}

func TestNoTwoActionsShareAKey(t *testing.T) {
	k := DefaultKeyMap()
	if err := conflict(k.table()); err != nil {
		t.Error(err)
	}
	for _, a := range k.table() {
		if len(a.key.Keys()) == 0 || a.key.Help().Key == "" || a.key.Help().Desc == "" {
			t.Errorf("%s has no key or no help", a.name)
		}
		for _, pressed := range a.key.Keys() {
			if _, err := parseKey(pressed); err != nil || a.whileTyping() && isCharacter(pressed) {
				t.Errorf("%s has the key %q: %v", a.name, pressed, err)
			}
		}
	}
}

func TestTableNamesEveryAction(t *testing.T) {
	k := DefaultKeyMap()
	names, listed := make(map[string]bool), make(map[key.Help]bool)
	for _, a := range k.table() {
		if names[a.name] {
			t.Errorf("%s is listed twice", a.name)
		}
		names[a.name], listed[a.key.Help()] = true, true
	}
	for path, b := range collect(map[string]any{"KeyMap": k}) {
		if !listed[b.Help()] {
			t.Errorf("the table does not list %s: %+v", path, b.Help())
		}
	}
}
