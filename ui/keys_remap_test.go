package ui

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"joltui/ui/layout"
	"joltui/ui/views/kit"
)

func remapped(t *testing.T, changes map[string][]string) map[string][]string {
	t.Helper()
	if err := CheckKeys(changes); err != nil {
		t.Fatal(err)
	}
	return changes
}

func TestRemappedKeysWorkAndAreShown(t *testing.T) {
	keys := remapped(t, map[string][]string{
		"publish": {"ctrl+n"}, "help": {"f1"}, "stream.inspect": {"o", "enter"}, "move.down": {"n", "down"}, "stream.hit.next": {}, "inspector.hit.next": {},
		"subscribe": {"&"}, "split.log.higher": {"="}, "unsubscribe": {},
	})
	s := watchOrders(t, 160, 50, Options{Keys: keys})
	s.contains("ctrl+n publish", "f1 help", "& subscribe")
	s.press("n", "n", "n", "u", "s", "enter", "o", "o")
	if s.model.top() != s.model.inspection.inspector {
		t.Error("o does not inspect")
	}
	if len(s.client.requests) != 0 || s.model.prompt.Active() {
		t.Error("keys that mean nothing any more still do")
	}
	s.press("n", "esc", "esc", "f1")
	s.contains("o enter", "n ↓", ":unsubscribe")
	s.press("pgdown")
	s.contains("f1 ")
	s.press("esc", "ctrl+n")
	if s.model.focus != layout.RegionPublish {
		t.Error("ctrl+n does not publish")
	}
}

func TestRemappedKeysAreInTheHints(t *testing.T) {
	keys := remapped(t, map[string][]string{"subscribe": {"&"}})
	s := newScreen(t, 120, 40, Options{Keys: keys})
	s.events(up(0))
	s.contains("&     subscribe, by exact name")
}

// Keys that one dashboard was given are in all of its panes, and in no other dashboard.
func TestRemapIsForOneDashboard(t *testing.T) {
	given := New(Options{Keys: map[string][]string{"publish": {"P"}, "move.up": {"0"}}})
	if got := New(Options{}).key("publish").Keys(); !slices.Equal(got, []string{"p"}) {
		t.Errorf("another dashboard publishes with %q", got)
	}
	for _, up := range [][]string{given.key("move.up").Keys(), given.moves[kit.Up].Keys()} {
		if !slices.Equal(up, []string{"0"}) {
			t.Errorf("up is %q", up)
		}
	}
}

func TestRemapSwapsTwoKeys(t *testing.T) {
	m := New(Options{Keys: remapped(t, map[string][]string{"publish": {"s"}, "subscribe": {"p"}})})
	if publish, subscribe := m.key("publish"), m.key("subscribe"); !slices.Equal(publish.Keys(), []string{"s"}) || !slices.Equal(subscribe.Keys(), []string{"p"}) {
		t.Errorf("publish %q, subscribe %q", publish.Keys(), subscribe.Keys())
	}
}

// If one of the keys is not valid, none of them is used, and the log says why.
func TestKeysThatCannotBe(t *testing.T) {
	m := New(Options{Keys: map[string][]string{"publish": {"P"}, "quit.now": {"f1"}}})
	if got := m.key("publish").Keys(); !slices.Equal(got, []string{"p"}) {
		t.Errorf("publish is %q", got)
	}
	if row := m.feed.Log().At(m.feed.Log().First()); row == nil || !strings.Contains(row.Text, "always quits") {
		t.Errorf("the log says %+v", row)
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
		err := CheckKeys(map[string][]string{tc.name: tc.keys})
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

func TestRemapNeverLeavesAConflictOrTheQuitKeyOut(t *testing.T) {
	var names []string
	for _, e := range New(Options{}).table {
		names = append(names, e.Name)
	}
	rapid.Check(t, func(t *rapid.T) {
		some := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "s", "enter", "ctrl+c", "ctrl+x", "alt+a", "bad"}), 0, 3)
		changes := rapid.MapOfN(rapid.SampledFrom(names), some, 0, 4).Draw(t, "changes")
		m := assemble(Options{}.withDefaults())
		if m.table.Remap(changes) != nil {
			return
		}
		if err := m.table.Remap(nil); err != nil {
			t.Fatal(err)
		}
		if quit := m.key("quit.now"); !slices.Contains(quit.Keys(), "ctrl+c") {
			t.Fatal("ctrl+c does not quit")
		}
		for name, want := range changes {
			if got := m.key(name); len(got.Keys()) > len(want) {
				t.Fatalf("%s has %q, want %q", name, got.Keys(), want)
			}
		}
	})
}
