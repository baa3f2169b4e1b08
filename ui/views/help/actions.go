package help

import "joltui/ui/keys"

// Actions returns what can be done in the help.
func Actions() keys.Set[*Page] {
	place := Place()
	return keys.Set[*Page]{
		{Name: "help.search", Where: place, Key: keys.Bind("/", "search", "/"), Run: keys.Plain((*Page).ask)},
		{Name: "help.leave", Where: place, Key: keys.Bind("esc", "close", "esc", "q"), Run: keys.Plain((*Page).leave)},
	}
}

// Place returns where these actions work.
func Place() keys.Place { return keys.Page("Help") }
