package diff

import "joltui/ui/keys"

// Actions returns what can be done where two messages are compared.
func Actions() keys.Set[*Page] {
	place := Place()
	return keys.Set[*Page]{
		{Name: "diff.previous", Where: place, Key: keys.Bind("h ←", "previous pair", "h", "left"), Run: (*Page).previous},
		{Name: "diff.next", Where: place, Key: keys.Bind("l →", "next pair", "l", "right"), Run: (*Page).next},
		{Name: "diff.all", Where: place, Key: keys.Bind("a", "all fields, or changes", "a"), Run: keys.Do((*Page).toggleAll)},
		{Name: "diff.copy", Where: place, Key: keys.Bind("y", "copy the value", "y"), Run: keys.Plain((*Page).copy)},
		{Name: "diff.leave", Where: place, Key: keys.Bind("esc", "close", "esc", "q", "d"), Run: keys.Leave[*Page]},
	}
}

// Place returns where these actions work.
func Place() keys.Place { return keys.Page("Two messages") }
