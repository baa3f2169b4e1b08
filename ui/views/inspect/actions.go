package inspect

import (
	"joltui/internal/feed"
	"joltui/ui/keys"
	"joltui/ui/views/kit"
)

// Actions returns the actions of the page.
func Actions() keys.Set[*Page] {
	place := Place()
	return keys.Set[*Page]{
		{Name: "inspector.previous", Where: place, Key: keys.Bind("h ←", "previous message", "h", "left"), Run: keys.Plain((*Page).previous)},
		{Name: "inspector.next", Where: place, Key: keys.Bind("l →", "next message", "l", "right"), Run: keys.Plain((*Page).next)},
		{Name: "inspector.format", Where: place, Key: keys.Bind("f", "pretty, raw, hex", "f"), Run: changed((*Page).nextFormat)},
		{Name: "inspector.fold", Where: place, Key: keys.Bind("z", "fold", "z"), Run: changed((*Page).fold)},
		{Name: "inspector.foldall", Where: place, Key: keys.Bind("Z", "fold all, or nothing", "Z"), Run: changed((*Page).foldAll)},
		{Name: "inspector.search", Where: place, Key: keys.Bind("/", "search", "/"), Run: laidOut((*Page).ask)},
		{Name: "inspector.hit.next", Where: place, Key: keys.Bind("n", "next hit", "n"), Run: changed((*Page).nextHit)},
		{Name: "inspector.hit.previous", Where: place, Key: keys.Bind("N", "previous hit", "N"), Run: changed((*Page).prevHit)},
		{Name: "inspector.copy", Where: place, Key: keys.Bind("y", "copy the value", "y"), Run: laidOut((*Page).copy)},
		{Name: "inspector.watch", Where: place, Key: keys.Bind("W", "watch the field", "W"), Run: laidOut((*Page).watch)},
		{Name: "inspector.diff", Where: place, Key: keys.Bind("d", "diff with the one before", "d"), Run: keys.Plain((*Page).diff)},
		{Name: "inspector.key", Where: place, Key: keys.Bind("K", "diff by this field", "K"), Run: laidOut((*Page).key)},
		{Name: "inspector.leave", Where: place, Key: keys.Bind("esc", "close", "esc", "q"), Run: keys.Leave[*Page]},
	}
}

// Place returns where these actions work.
func Place() keys.Place { return keys.Page("One message") }

// laidOut makes an action of do, which needs the layout to be up to date.
func laidOut(do func(*Page) kit.Intent) func(*Page, *feed.Feed) kit.Intent {
	return keys.Plain(func(v *Page) kit.Intent {
		v.layout()
		return do(v)
	})
}

// changed makes an action of change, which needs the layout to be up to date and asks for
// nothing.
func changed(change func(*Page)) func(*Page, *feed.Feed) kit.Intent {
	return keys.Do(func(v *Page) {
		v.layout()
		change(v)
	})
}
