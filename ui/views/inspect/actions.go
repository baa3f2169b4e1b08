package inspect

import (
	"joltui/internal/feed"
	"joltui/internal/jsontree"
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
		{Name: "inspector.fold", Where: place, Key: keys.Bind("z", "fold", "z"), Why: unless((*Page).whyNoFold), Run: changed((*Page).fold)},
		{Name: "inspector.foldall", Where: place, Key: keys.Bind("Z", "fold all, or nothing", "Z"), Why: unless((*Page).whyNoFoldAll), Run: changed((*Page).foldAll)},
		{Name: "inspector.search", Where: place, Key: keys.Bind("/", "search", "/"), Run: laidOut((*Page).ask)},
		{Name: "inspector.hit.next", Where: place, Key: keys.Bind("n", "next hit", "n"), Why: unless((*Page).whyNoHit), Run: changed((*Page).nextHit)},
		{Name: "inspector.hit.previous", Where: place, Key: keys.Bind("N", "previous hit", "N"), Why: unless((*Page).whyNoHit), Run: changed((*Page).prevHit)},
		{Name: "inspector.copy", Where: place, Key: keys.Bind("y", "copy the value", "y"), Run: laidOut((*Page).copy)},
		{Name: "inspector.watch", Where: place, Key: keys.Bind("W", "watch the field", "W"), Why: unless((*Page).whyNoWatch), Run: laidOut((*Page).watch)},
		{Name: "inspector.diff", Where: place, Key: keys.Bind("d", "diff with the one before", "d"), Run: keys.Plain((*Page).diff)},
		{Name: "inspector.key", Where: place, Key: keys.Bind("K", "diff by this field", "K"), Why: unless((*Page).whyNoKey), Run: laidOut((*Page).key)},
		{Name: "inspector.leave", Where: place, Key: keys.Bind("esc", "close", "esc", "q"), Run: keys.Leave[*Page]},
	}
}

// Place returns where these actions work.
func Place() keys.Place { return keys.Page("One message") }

// unless makes a Why of a function that needs the layout to be up to date.
func unless(why func(*Page) string) func(*Page, *feed.Feed) string {
	return func(v *Page, _ *feed.Feed) string {
		v.layout()
		return why(v)
	}
}

func (v *Page) whyNoFold() string {
	switch n, ok := v.node(); {
	case !v.pretty:
		return "the payload is no JSON"
	case v.showing() != formatPretty:
		return "only the tree folds: {inspector.format} shows it"
	case !ok, v.tree.composed(n), v.tree.tree.Node(n).Parent != jsontree.None:
		return ""
	default:
		return "there is no object or array to fold"
	}
}

func (v *Page) whyNoFoldAll() string {
	if why := v.whyNoFold(); why != "" {
		return why
	}
	for n := 1; n < v.tree.tree.Len(); n++ {
		if v.tree.composed(n) {
			return ""
		}
	}
	return "there is nothing to fold inside"
}

func (v *Page) whyNoHit() string {
	switch n := len(v.hits.at); {
	case v.search.re == nil:
		return "nothing is searched for: {inspector.search} searches"
	case v.search.due:
		return "still searching"
	case n == 0:
		return "nothing was found"
	case n == 1 && v.hits.selected == 0 && v.shown.at(v.hits.at[0].start) == v.viewport.cursor:
		return "this is the only hit"
	default:
		return ""
	}
}

func (v *Page) whyNoWatch() string {
	if _, ok := v.node(); !ok {
		return "only a field of JSON can be watched"
	}
	return ""
}

func (v *Page) whyNoKey() string {
	if n, ok := v.node(); !ok || n == 0 {
		return "go to a field of JSON first: messages with the same value there are compared"
	}
	return ""
}

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
