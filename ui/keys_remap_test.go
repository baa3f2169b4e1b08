package ui

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func remapped(t *testing.T, changes map[string][]string) *KeyMap {
	t.Helper()
	k, err := DefaultKeyMap().Remap(changes)
	if err != nil {
		t.Fatal(err)
	}
	return &k
}

func TestRemappedKeysWorkAndAreShown(t *testing.T) {
	keys := remapped(t, map[string][]string{
		"publish": {"ctrl+n"}, "help": {"f1"}, "stream.inspect": {"o", "enter"}, "move.down": {"n", "down"}, "stream.hit.next": {}, "inspector.hit.next": {},
		"subscribe": {"&"}, "split.log.higher": {"="}, "unsubscribe": {},
	})
	s := watching(t, 160, 50, Options{Keys: keys})
	s.contains("ctrl+n publish", "f1 help", "& subscribe")
	s.press("n", "n", "n", "u", "s", "enter", "o")
	if s.model.top() != s.model.inspector {
		t.Error("o does not inspect")
	}
	if len(s.client.requests) != 0 || s.model.prompt.Active() {
		t.Error("keys that mean nothing any more still do")
	}
	s.press("n", "esc", "f1")
	s.contains("o enter", "n ↓", "f1 ", ":unsubscribe")
	s.press("esc", "ctrl+n")
	if s.model.focus != RegionPublish {
		t.Error("ctrl+n does not publish")
	}
}

func TestRemappedKeysAreInTheHints(t *testing.T) {
	keys := remapped(t, map[string][]string{"subscribe": {"&"}})
	s := newScreen(t, 120, 40, Options{Keys: keys})
	s.events(up(0))
	s.contains("&     subscribe, by exact name")
}

func TestRemapLeavesTheDefaultsAlone(t *testing.T) {
	before := DefaultKeyMap()
	after := *remapped(t, map[string][]string{"publish": {"P"}, "move.up": {"0"}})
	if !slices.Equal(before.Publish.Keys(), []string{"p"}) || !slices.Equal(before.Topics.Move.Up.Keys(), []string{"k", "up"}) {
		t.Error("the map that was remapped has changed")
	}
	for _, up := range [][]string{after.Move.Up.Keys(), after.Topics.Move.Up.Keys(), after.HelpPage.Move.Up.Keys()} {
		if !slices.Equal(up, []string{"0"}) {
			t.Errorf("up is %q", up)
		}
	}
	again, err := after.Remap(map[string][]string{"publish": {"p"}})
	if err != nil || !slices.Equal(again.Publish.Keys(), []string{"p"}) {
		t.Errorf("once more: %q, %v", again.Publish.Keys(), err)
	}
}

func TestRemapSwapsTwoKeys(t *testing.T) {
	k := remapped(t, map[string][]string{"publish": {"s"}, "subscribe": {"p"}})
	if !slices.Equal(k.Publish.Keys(), []string{"s"}) || !slices.Equal(k.Subscribe.Keys(), []string{"p"}) {
		t.Errorf("publish %q, subscribe %q", k.Publish.Keys(), k.Subscribe.Keys())
	}
}

func TestRemapErrors(t *testing.T) {
	for _, tc := range []struct {
		name, want string
		keys       []string
	}{
		{"stream.inspec", `no action is called "stream.inspec": did you mean stream.inspect?`, []string{"o"}},
		{"Publish", `no action is called "Publish": did you mean publish?`, []string{"o"}},
		{"publish", `keys of publish: no key is called "ctrl+shift+s": did you mean ctrl+shift+up?`, []string{"ctrl+shift+s"}},
		{"publish", `keys of publish: no key is called "entr": did you mean enter?`, []string{"entr"}},
		{"publish", `keys of publish: no key is called "": did you mean f1?`, []string{""}},
		{"publish", "key s means both subscribe and publish: give one of them another", []string{"s"}},
		{"stream.inspect", "key space means both pause and stream.inspect: give one of them another", []string{"space"}},
		{"inspector.next", "key ↓ means both move.down and inspector.next: give one of them another", []string{"down"}},
		{"inspector.next", "key ctrl+t means both theme and inspector.next: give one of them another", []string{"ctrl+t"}},
		{"publish.leave", "key ctrl+z means both suspend and publish.leave: give one of them another", []string{"ctrl+z"}},
		{"publish.send", `keys of publish.send: "x" is text where this works: use a key such as ctrl+x or alt+x`, []string{"x"}},
		{"suspend", `keys of suspend: "z" is text where this works: use a key such as ctrl+z or alt+z`, []string{"z"}},
		{"quit.now", "keys of quit.now: ctrl+c always quits: give it further keys, but leave that one", []string{"ctrl+q"}},
		{"quit.now", "keys of quit.now: ctrl+c always quits: give it further keys, but leave that one", nil},
		{"copying", `no action is called "copying"`, nil},
	} {
		_, err := DefaultKeyMap().Remap(map[string][]string{tc.name: tc.keys})
		if err == nil || err.Error() != tc.want {
			t.Errorf("%s = %q:\n got %v\nwant %s", tc.name, tc.keys, err, tc.want)
		}
	}
}

func TestKeysOfSeparatePlacesMayBeTheSame(t *testing.T) {
	remapped(t, map[string][]string{
		"inspector.next": {"s"}, "stream.inspect": {"v"}, "publish.leave": {"ctrl+u"}, "quit.now": {"ctrl+q", "ctrl+c"},
	})
}

func TestParseKey(t *testing.T) {
	for name, want := range map[string]string{
		"a": "a", "A": "A", "é": "é", "世": "世", " ": " ", "space": " ", "Space": " ", "alt+x": "alt+x",
		"Ctrl+S": "ctrl+s", "ctrl+i": "tab", "return": "enter", "PageDown": "pgdown", "f12": "f12", "alt+enter": "alt+enter",
		"shift+tab": "shift+tab", "ctrl+space": "ctrl+@", "alt+up": "alt+up",
	} {
		if got, err := parseKey(name); got != want || err != nil {
			t.Errorf("%q is %q, %v; want %q", name, got, err, want)
		}
	}
	for _, name := range []string{"", "ab", "\x1b", "\n", "ctrl+", "alt+", "\xff", "shift+a"} {
		if got, err := parseKey(name); err == nil {
			t.Errorf("%q is %q", name, got)
		}
	}
}

func TestRemapNeverLeavesAConflictOrTheQuitKeyOut(t *testing.T) {
	d := DefaultKeyMap()
	var names []string
	for _, a := range d.table() {
		names = append(names, a.name)
	}
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "s", "enter", "ctrl+c", "ctrl+x", "alt+a", "bad"}), 0, 3)
		changes := rapid.MapOfN(rapid.SampledFrom(names), keys, 0, 4).Draw(t, "changes")
		k, err := DefaultKeyMap().Remap(changes)
		if err != nil {
			return
		}
		if err := conflict(k.table()); err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(k.ForceQuit.Keys(), "ctrl+c") {
			t.Fatal("ctrl+c does not quit")
		}
		for name, want := range changes {
			for _, a := range k.table() {
				if a.name == name && len(a.key.Keys()) > len(want) {
					t.Fatalf("%s has %q, want %q", name, a.key.Keys(), want)
				}
			}
		}
	})
}
