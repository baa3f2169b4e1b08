package palette

import "joltui/ui/keys"

// Actions returns the actions of the palette.
func Actions() keys.Set[*Page] {
	place := Place()
	return keys.Set[*Page]{
		{Name: "palette.run", Where: place, Key: keys.Bind("enter", "run", "enter"), Run: keys.Plain((*Page).run)},
		{Name: "palette.complete", Where: place, Key: keys.Bind("tab", "complete", "tab"), Run: keys.Do((*Page).complete)},
		{Name: "palette.up", Where: place, Key: keys.Bind("↑", "up", "up", "ctrl+p", "shift+tab"), Run: keys.Do((*Page).up)},
		{Name: "palette.down", Where: place, Key: keys.Bind("↓", "down", "down", "ctrl+n"), Run: keys.Do((*Page).down)},
		{Name: "palette.leave", Where: place, Key: keys.Bind("esc", "close", "esc"), Run: keys.Leave[*Page]},
	}
}

// Place returns where these actions work.
func Place() keys.Place { return keys.Typing("Commands") }
