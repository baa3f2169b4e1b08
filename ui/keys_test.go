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

// dashboardKeys are those that work in every region but the publish box: all
// the bindings that are direct fields of the KeyMap.
func dashboardKeys(k KeyMap) map[string]any {
	direct := make(map[string]any)
	v := reflect.ValueOf(k)
	for i := range v.NumField() {
		if b, ok := v.Field(i).Interface().(key.Binding); ok {
			direct[v.Type().Field(i).Name] = b
		}
	}
	return direct
}

func TestNoTwoActionsShareAKey(t *testing.T) {
	k := DefaultKeyMap()
	always := map[string]any{"ForceQuit": k.ForceQuit, "Suspend": k.Suspend}
	with := func(base map[string]any, name string, part any) map[string]any {
		all := map[string]any{name: part}
		for n, p := range base {
			all[n] = p
		}
		return all
	}
	dashboard := dashboardKeys(k)
	for context, parts := range map[string]map[string]any{
		"topics":      with(dashboard, "Topics", k.Topics),
		"stream":      with(dashboard, "Stream", k.Stream),
		"log":         with(dashboard, "Log", k.Log),
		"publish box": with(always, "PublishBox", k.PublishBox),
		"prompt":      with(always, "Prompt", k.Prompt),
		"inspector":   with(always, "Inspector", k.Inspector),
		"help":        with(always, "HelpPage", k.HelpPage),
	} {
		t.Run(context, func(t *testing.T) {
			owner := make(map[string]string)
			for path, b := range collect(parts) {
				if len(b.Keys()) == 0 || b.Help().Key == "" || b.Help().Desc == "" {
					t.Errorf("%s has no key or no help", path)
				}
				for _, pressed := range b.Keys() {
					if other, taken := owner[pressed]; taken {
						t.Errorf("%q means both %s and %s", pressed, path, other)
					}
					owner[pressed] = path
				}
			}
		})
	}
}

func TestHelpNamesEveryKey(t *testing.T) {
	k := DefaultKeyMap()
	named := make(map[key.Help]bool)
	for _, g := range k.groups() {
		for _, b := range g.Keys {
			named[b.Help()] = true
		}
	}
	k.HelpPage.Leave = k.Inspector.Leave // closing the help is said in its footer
	for path, b := range collect(map[string]any{"KeyMap": k}) {
		if !named[b.Help()] {
			t.Errorf("the help does not name %s: %+v", path, b.Help())
		}
	}
}
