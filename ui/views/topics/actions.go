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
		{Name: "topics.tile", Where: place, Key: keys.Bind("v", "side by side", "v"), Run: synced((*Pane).toggleTile)},
		{Name: "topics.sort", Where: place, Key: keys.Bind("o", "sort", "o"), Run: synced((*Pane).sort)},
		{Name: "topics.tree", Where: place, Key: keys.Bind("z", "tree", "z"), Run: synced((*Pane).toggleTree)},
		{Name: "topics.fold", Where: place, Key: keys.Bind("h ←", "fold, to the group", "h", "left"), Run: synced((*Pane).fold)},
		{Name: "topics.foldall", Where: place, Key: keys.Bind("Z", "fold or unfold all", "Z"), Run: synced((*Pane).foldAll)},
		{Name: "topics.tile.leave", Where: place, Key: keys.Bind("V", "leave side by side", "V"), Run: synced((*Pane).leaveTiles)},
		{Name: "topics.unfold", Where: place, Key: keys.Bind("l →", "unfold", "l", "right"), Run: synced((*Pane).unfold)},
		{
			Name: "topics.unsubscribeall", Where: place, Key: keys.Bind("U", "unsubscribe group, tiles", "U"),
			Run: (*Pane).unsubscribeAll,
		},
	}
}

// synced makes an action of change, which needs the rows to be up to date.
func synced(change func(*Pane)) func(*Pane, *feed.Feed) kit.Intent {
	return func(t *Pane, f *feed.Feed) kit.Intent {
		t.sync(f)
		change(t)
		return nil
	}
}
