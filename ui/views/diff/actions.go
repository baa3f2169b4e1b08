package diff

import (
	"joltui/internal/feed"
	"joltui/ui/keys"
)

// Actions returns what can be done where two messages are compared.
func Actions() keys.Set[*Page] {
	place := Place()
	return keys.Set[*Page]{
		{Name: "diff.previous", Where: place, Key: keys.Bind("h ←", "previous pair", "h", "left"), Why: (*Page).isFirst, Run: (*Page).previous},
		{Name: "diff.next", Where: place, Key: keys.Bind("l →", "next pair", "l", "right"), Why: (*Page).isLast, Run: (*Page).next},
		{Name: "diff.all", Where: place, Key: keys.Bind("a", "all fields, or changes", "a"), Why: (*Page).isEmpty, Run: keys.Do((*Page).toggleAll)},
		{Name: "diff.copy", Where: place, Key: keys.Bind("y", "copy the value", "y"), Why: (*Page).noValue, Run: keys.Plain((*Page).copy)},
		{Name: "diff.leave", Where: place, Key: keys.Bind("esc", "close", "esc", "q", "d"), Run: keys.Leave[*Page]},
	}
}

// Place returns where these actions work.
func Place() keys.Place { return keys.Page("Two messages") }

func (p *Page) isFirst(f *feed.Feed) string {
	if p.neighbour(-1, f) == nil {
		return "this is the first pair on the topic"
	}
	return ""
}

func (p *Page) isLast(f *feed.Feed) string {
	if p.neighbour(+1, f) == nil {
		return "this is the newest pair on the topic"
	}
	return ""
}

func (p *Page) isEmpty(*feed.Feed) string {
	if p.diff == nil {
		return "there are no two messages to compare"
	}
	return ""
}

func (p *Page) noValue(*feed.Feed) string {
	if p.len() == 0 {
		return "there is no value here"
	}
	return ""
}
