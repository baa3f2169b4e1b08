package topics

import (
	"joltui/internal/feed"
	"joltui/ui/keys"
	"joltui/ui/views/kit"
)

// Actions returns the actions of the list of topics.
func Actions() keys.Set[*Pane] {
	place := keys.Region("Topics")
	return keys.Set[*Pane]{
		{Name: "topics.open", Where: place, Key: keys.Bind("enter", "open", "enter"), Run: (*Pane).Open},
		{Name: "topics.tile", Where: place, Key: keys.Bind("v", "side by side", "v"), Why: unless((*Pane).whyNoTile), Run: synced((*Pane).toggleTile)},
		{Name: "topics.sort", Where: place, Key: keys.Bind("o", "sort", "o"), Run: synced((*Pane).sort)},
		{Name: "topics.tree", Where: place, Key: keys.Bind("z", "tree", "z"), Run: synced((*Pane).toggleTree)},
		{Name: "topics.fold", Where: place, Key: keys.Bind("h ←", "fold, to the group", "h", "left"), Why: unless((*Pane).whyNoFold), Run: synced((*Pane).fold)},
		{Name: "topics.foldall", Where: place, Key: keys.Bind("Z", "fold or unfold all", "Z"), Why: unless((*Pane).whyNoTree), Run: synced((*Pane).foldAll)},
		{Name: "topics.tile.leave", Where: place, Key: keys.Bind("V", "leave side by side", "V"), Why: unless((*Pane).whyNoTiles), Run: synced((*Pane).leaveTiles)},
		{Name: "topics.unfold", Where: place, Key: keys.Bind("l →", "unfold", "l", "right"), Why: unless((*Pane).whyNoUnfold), Run: synced((*Pane).unfold)},
		{
			Name: "topics.unsubscribeall", Where: place, Key: keys.Bind("U", "unsubscribe group, tiles", "U"), Loses: true,
			Why: unless((*Pane).whyNoGroup), Run: (*Pane).unsubscribeAll,
		},
	}
}

// unless makes a Why of a function that needs the rows to be up to date.
func unless(why func(*Pane) string) func(*Pane, *feed.Feed) string {
	return func(t *Pane, f *feed.Feed) string {
		t.sync(f)
		return why(t)
	}
}

func (t *Pane) whyNoTile() string {
	if t.selected == (topicID{}) {
		return "select a topic first: all topics are one stream"
	}
	return ""
}

func (t *Pane) whyNoFold() string {
	if why := t.whyNoTree(); why != "" {
		return why
	}
	switch {
	case t.selected.group && !t.list.folded[t.selected.name], t.list.parent(int(t.cursor.At())) > 0:
		return ""
	default:
		return "there is no group around this"
	}
}

func (t *Pane) whyNoUnfold() string {
	if why := t.whyNoTree(); why != "" || t.selected.group {
		return why
	}
	return "select a group first"
}

func (t *Pane) whyNoTree() string {
	if !t.list.tree {
		return "the list has no groups: {topics.tree} makes them"
	}
	return ""
}

func (t *Pane) whyNoTiles() string {
	if len(t.tiled) == 0 {
		return "nothing is side by side: {topics.tile} puts a topic there"
	}
	return ""
}

func (t *Pane) whyNoGroup() string {
	if len(t.groupOrTiled()) == 0 {
		return "put topics side by side first ({topics.tile}), or select a group of the tree ({topics.tree})"
	}
	return ""
}

// synced makes an action of change, which needs the rows to be up to date.
func synced(change func(*Pane)) func(*Pane, *feed.Feed) kit.Intent {
	return func(t *Pane, f *feed.Feed) kit.Intent {
		t.sync(f)
		change(t)
		return nil
	}
}
