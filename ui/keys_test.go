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
	for where := scopeTopics; where <= scopeWatch; where++ {
		owner := make(map[string]string)
		for _, a := range k.table() {
			if !worksIn(a, where) {
				continue
			}
			if len(a.key.Keys()) == 0 || a.key.Help().Key == "" || a.key.Help().Desc == "" {
				t.Errorf("%s has no key or no help", a.name)
			}
			for _, pressed := range a.key.Keys() {
				if other, taken := owner[pressed]; taken {
					t.Errorf("scope %d: %q means both %s and %s", where, pressed, a.name, other)
				}
				owner[pressed] = a.name
			}
		}
	}
}

// worksIn reports whether a's key can be pressed in a scope that is no other's
// base.
func worksIn(a action, where scope) bool {
	inRegion := where == scopeTopics || where == scopeStream || where == scopeLog
	moves := where == scopeInspector || where == scopeDiff || where == scopeHelp || where == scopeWatch
	return a.scope == where || a.scope == scopeAlways ||
		a.scope == scopeDashboard && inRegion || a.group == "Move" && moves
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
