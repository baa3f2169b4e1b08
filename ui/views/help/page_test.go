package help

import (
	"fmt"
	"strings"
	"testing"

	"joltui/ui/views/kit"
	"joltui/ui/views/kit/kittest"
)

func testHelp(keys int) *Page {
	var groups []Group
	for i := range 5 {
		g := Group{Title: fmt.Sprintf("Group %d", i)}
		for j := range keys {
			g.Keys = append(g.Keys, Key{Key: fmt.Sprintf("k%d-%d", i, j), Does: "x"})
		}
		groups = append(groups, g)
	}
	return newHelp(groups)
}

func TestHelpShowsEveryKeyOnceItIsScrolled(t *testing.T) {
	for _, size := range [][2]int{{40, 10}, {80, 22}, {200, 58}} {
		h := testHelp(6)
		h.SetSize(size[0], size[1])
		seen := strings.Join(h.View(nil, kittest.Start()), "\n")
		for range 60 {
			h.Update(kittest.Press("j"), nil)
			seen += strings.Join(h.View(nil, kittest.Start()), "\n")
		}
		for i := range 5 {
			for j := range 6 {
				if name := fmt.Sprintf("k%d-%d", i, j); !strings.Contains(seen, name) {
					t.Errorf("%v: %s is nowhere", size, name)
				}
			}
		}
	}
}

func TestHelpScrollsNoFurtherThanItsEnds(t *testing.T) {
	h := testHelp(6)
	h.SetSize(40, 10)
	top := strings.Join(h.View(nil, kittest.Start()), "\n")
	for _, down := range []string{"G", "pgdown", "ctrl+d", "j"} {
		for range 40 {
			h.Update(kittest.Press(down), nil)
		}
		if got := strings.Join(h.View(nil, kittest.Start()), "\n"); !strings.Contains(got, "33–40 of 40") {
			t.Errorf("%s does not end at the last row:\n%s", down, got)
		}
		h.Update(kittest.Press("g"), nil)
		if got := strings.Join(h.View(nil, kittest.Start()), "\n"); got != top {
			t.Errorf("g is not the top:\n%s", got)
		}
	}
	for _, up := range []string{"k", "ctrl+u", "pgup"} {
		h.Update(kittest.Press(up), nil)
	}
	if got := strings.Join(h.View(nil, kittest.Start()), "\n"); got != top {
		t.Errorf("scrolled above the top:\n%s", got)
	}
}

func TestHelpLeavesAtItsTop(t *testing.T) {
	h := testHelp(6)
	h.SetSize(40, 10)
	h.Update(kittest.Press("G"), nil)
	if got := h.Update(kittest.Press("q"), nil); got != (kit.Leave{}) {
		t.Errorf("q gives %#v", got)
	}
	if !strings.Contains(strings.Join(h.View(nil, kittest.Start()), "\n"), "1–8 of 40") {
		t.Error("the help does not begin at its top again")
	}
}

func TestHelpIsAsWideAsTold(t *testing.T) {
	h := testHelp(3)
	for w := range 130 {
		h.SetSize(w, 12)
		for _, row := range h.View(nil, kittest.Start()) {
			if kit.Width(row) != w {
				t.Fatalf("a row of %d cells in %d: %q", kit.Width(row), w, row)
			}
		}
	}
}

func TestHelpWithoutGroups(t *testing.T) {
	h := newHelp(nil)
	h.SetSize(40, 6)
	h.Update(kittest.Press("G"), nil)
	if rows := h.View(nil, kittest.Start()); len(rows) != 6 {
		t.Errorf("%d rows", len(rows))
	}
}

func TestHelpFinds(t *testing.T) {
	h := newHelp([]Group{
		{Title: "Do", Where: "dashboard", Keys: []Key{{Key: "s", Does: "subscribe"}, {Key: "m", Does: "mouse", Where: "anywhere"}}},
		{Title: "Log", Where: "log", Keys: []Key{{Key: "enter", Does: "details"}}},
	})
	h.SetSize(60, 12)
	for text, want := range map[string]string{
		"MOUSE": "m mouse", "any": "m mouse", "dash": "s subscribe", "log": "enter details", "ent": "enter details",
		"e": "s subscribe m mouse enter details", "zzz": "no key has that",
	} {
		h.Find(text)
		rows := strings.Join(h.View(nil, kittest.Start()), " ")
		for _, each := range []string{"s subscribe", "m mouse", "enter details", "no key has that"} {
			has := strings.Contains(strings.Join(strings.Fields(rows), " "), each)
			if has != strings.Contains(want, each) {
				t.Errorf("%q: %q is on the screen: %v", text, each, has)
			}
		}
	}
	if h.Update(kittest.Press("esc"), nil) != nil || h.Update(kittest.Press("esc"), nil) != (kit.Leave{}) {
		t.Error("esc ends the search first, then the help")
	}
}

func newHelp(groups []Group) *Page {
	h := New(&kit.Styles{}, Actions(), kittest.MoveKeys())
	h.SetGroups(groups)
	return h
}
