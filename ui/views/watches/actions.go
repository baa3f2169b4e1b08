package watches

import (
	"joltui/internal/feed"
	"joltui/ui/keys"
	"joltui/ui/views/kit"
)

// Actions returns the actions of the page of watched fields.
func Actions() keys.Set[*Page] {
	place := Place()
	return keys.Set[*Page]{
		{Name: "watch.add", Where: place, Key: keys.Bind("a", "add a field", "a"), Run: keys.Plain((*Page).add)},
		{Name: "watch.threshold", Where: place, Key: keys.Bind("t", "alert when …", "t"), Why: (*Page).noWatch, Run: selected((*Page).threshold)},
		{Name: "watch.remove", Where: place, Key: keys.Bind("x", "remove", "x", "delete"), Loses: true, Why: (*Page).noWatch, Run: selected((*Page).remove)},
		{Name: "watch.chart", Where: place, Key: keys.Bind("enter", "chart, filter by bar", "enter"), Why: (*Page).noWatch, Run: selected((*Page).toggleChart)},
		{Name: "watch.filter.not", Where: place, Key: keys.Bind("!", "filter without bar", "!"), Why: (*Page).noWatch, Run: selected((*Page).filterNot)},
		{Name: "watch.anew", Where: place, Key: keys.Bind("c", "count anew", "c"), Loses: true, Why: (*Page).noWatch, Run: selected((*Page).startOver)},
		{Name: "watch.copy", Where: place, Key: keys.Bind("y", "copy the last value", "y"), Why: (*Page).noWatch, Run: selected((*Page).copy)},
		{Name: "watch.leave", Where: place, Key: keys.Bind("esc", "close", "esc", "q", "W"), Run: keys.Plain((*Page).leave)},
	}
}

// Place returns where these actions work.
func Place() keys.Place { return keys.Page("Watched fields") }

func (p *Page) noWatch(f *feed.Feed) string {
	if p.Selected(f) == nil {
		return "nothing is watched yet: {watch.add} adds a field"
	}
	return ""
}

// selected makes an action of do, which is called with the selected watch, if there is one.
func selected(do func(*Page, *feed.Watch) kit.Intent) func(*Page, *feed.Feed) kit.Intent {
	return func(p *Page, f *feed.Feed) kit.Intent {
		w := p.Selected(f)
		if w == nil {
			return nil
		}
		return do(p, w)
	}
}
