package topics

import (
	"slices"

	"joltui/internal/feed"
	"joltui/ui/views/kit"
)

// toggleTile adds the selected topic to those side by side, or removes it. For a selected
// group, or with a filter all that it shows, it does so with all of its topics.
func (t *Pane) toggleTile() {
	names := []string{t.selected.name}
	switch {
	case t.selected.group:
		names = t.groupOrTiled()
	case t.selected == (topicID{}) && t.list.filter.on():
		names = t.list.shown.topicNames()
	case t.selected == (topicID{}):
		return
	}
	tiled := make(map[string]bool, len(t.tiled))
	for _, name := range t.tiled {
		tiled[name] = true
	}
	missing := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return tiled[name] })
	if len(missing) > 0 {
		t.tiled = slices.Concat(t.tiled, missing)
		return
	}
	t.tiled = slices.DeleteFunc(slices.Clone(t.tiled), func(name string) bool { return slices.Contains(names, name) })
}

// leaveTiles ends that topics are side by side.
func (t *Pane) leaveTiles() { t.tiled = nil }

func (t *Pane) untileForgotten(f *feed.Feed) {
	forgotten := func(name string) bool { return f.Topic(name) == nil }
	if slices.ContainsFunc(t.tiled, forgotten) {
		t.tiled = slices.DeleteFunc(slices.Clone(t.tiled), forgotten)
	}
}

// groupOrTiled returns the topics of the selected group, else those side by side.
func (t *Pane) groupOrTiled() []string {
	if !t.selected.group {
		return t.tiled
	}
	return t.list.rows[t.cursor.At()].node.topicNames()
}

// unsubscribeAll asks to unsubscribe the topics of the selected group, or those side by side.
func (t *Pane) unsubscribeAll(f *feed.Feed) kit.Intent {
	t.sync(f)
	what := "side by side"
	if t.selected.group {
		what = "in " + t.selected.name + "."
	}
	return UnsubscribeAll{Topics: t.groupOrTiled(), What: what}
}

// UnsubscribeAll asks to unsubscribe several topics. What says which, as "side by side"; it
// is untrusted.
type UnsubscribeAll struct {
	Topics []string
	What   string
}

// Intent implements [kit.Intent].
func (UnsubscribeAll) Intent() {}
