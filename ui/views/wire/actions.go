package wire

import "joltui/ui/keys"

// Actions returns the actions of the page.
func Actions() keys.Set[*Page] {
	place := Place()
	return keys.Set[*Page]{
		{Name: "wire.inspect", Where: place, Key: keys.Bind("enter", "whole line", "enter"), Run: keys.Do((*Page).toggleWhole)},
		{Name: "wire.filter", Where: place, Key: keys.Bind("/", "filter lines", "/"), Run: keys.Plain((*Page).ask), When: (*Page).listing},
		{Name: "wire.direction", Where: place, Key: keys.Bind("o", "sent or received", "o"), Run: keys.Do((*Page).nextDirection), When: (*Page).listing},
		{Name: "wire.wrap", Where: place, Key: keys.Bind("w", "wrap lines", "w"), Run: keys.Do((*Page).toggleWrap), When: (*Page).listing},
		{Name: "wire.pause", Where: place, Key: keys.Bind("space", "pause here", " "), Run: keys.Do((*Page).togglePause), When: (*Page).listing},
		{Name: "wire.copy", Where: place, Key: keys.Bind("y", "copy the line", "y"), Run: keys.Plain((*Page).copy)},
		{Name: "wire.leave", Where: place, Key: keys.Bind("esc", "close", "esc", "q", "i"), Run: keys.Plain((*Page).leave)},
	}
}

// Place returns where these actions work.
func Place() keys.Place { return keys.Page("Wire") }
