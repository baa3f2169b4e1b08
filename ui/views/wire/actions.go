package wire

import (
	"joltui/internal/feed"
	"joltui/ui/keys"
)

// Actions returns the actions of the page.
func Actions() keys.Set[*Page] {
	place := Place()
	return keys.Set[*Page]{
		{Name: "wire.inspect", Where: place, Key: keys.Bind("enter", "whole line", "enter"), Why: (*Page).noLine, Run: keys.Do((*Page).toggleWhole)},
		{Name: "wire.filter", Where: place, Key: keys.Bind("/", "filter lines", "/"), Why: (*Page).isWhole, Run: keys.Plain((*Page).ask)},
		{Name: "wire.direction", Where: place, Key: keys.Bind("o", "sent or received", "o"), Why: (*Page).isWhole, Run: keys.Do((*Page).nextDirection)},
		{Name: "wire.wrap", Where: place, Key: keys.Bind("w", "wrap lines", "w"), Why: (*Page).isWhole, Run: keys.Plain((*Page).toggleWrap)},
		{Name: "wire.pause", Where: place, Key: keys.Bind("space", "pause here", " "), Why: (*Page).isWhole, Run: keys.Do((*Page).togglePause)},
		{Name: "wire.copy", Where: place, Key: keys.Bind("y", "copy the line", "y"), Why: (*Page).noLine, Run: keys.Plain((*Page).copy)},
		{Name: "wire.leave", Where: place, Key: keys.Bind("esc", "close", "esc", "q", "i"), Run: keys.Plain((*Page).leave)},
	}
}

// Place returns where these actions work.
func Place() keys.Place { return keys.Page("Wire") }

// isWhole says that one line is shown and not all of them.
func (v *Page) isWhole(*feed.Feed) string {
	if !v.listing() {
		return "one line is shown: {wire.inspect} goes back to all"
	}
	return ""
}

func (v *Page) noLine(*feed.Feed) string {
	if v.listing() {
		v.sync()
	}
	if v.current() == nil {
		return "there is no line here"
	}
	return ""
}
