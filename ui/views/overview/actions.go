package overview

import (
	"joltui/internal/feed"
	"joltui/ui/keys"
	"joltui/ui/views/kit"
)

// Actions returns what can be done on the page.
func Actions() keys.Set[*Page] {
	place := Place()
	return keys.Set[*Page]{
		{Name: "overview.open", Where: place, Key: keys.Bind("enter", "open the topic", "enter"), Why: (*Page).noTopic, Run: (*Page).open},
		{Name: "overview.sort", Where: place, Key: keys.Bind("o", "sort", "o"), Run: keys.Do((*Page).sort)},
		{Name: "overview.leave", Where: place, Key: keys.Bind("esc", "close", "esc", "q", "A"), Run: keys.Plain((*Page).leave)},
	}
}

// Place is where these actions work.
func Place() keys.Place { return keys.Page("Overview") }

// Open asks to show a topic in the dashboard.
type Open struct{ Topic string }

// Intent implements [kit.Intent].
func (Open) Intent() {}

func (p *Page) open(f *feed.Feed) kit.Intent {
	if v, any := p.rows.Current(); any {
		return Open{v.topic.Name}
	}
	return nil
}

// noTopic says that there is no topic under the cursor.
func (p *Page) noTopic(*feed.Feed) string {
	if _, any := p.rows.Current(); !any {
		return "there is no topic yet"
	}
	return ""
}

func (p *Page) sort() { p.rows.Turn() }

func (p *Page) leave() kit.Intent { return kit.Leave{} }
