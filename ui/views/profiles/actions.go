package profiles

import (
	"joltui/internal/feed"
	"joltui/ui/keys"
	"joltui/ui/views/kit"
)

// Actions returns the actions of the page. They are off if the dashboard has no
// configuration file: any is false.
func Actions(any bool) keys.Set[*Page] {
	place, on := Place(), func(*Page) bool { return any }
	return keys.Set[*Page]{
		{Name: "profiles.use", Where: place, Key: keys.Bind("enter", "connect", "enter"), On: on, Why: (*Page).noProfile, Run: keys.Plain((*Page).use)},
		{Name: "profiles.test", Where: place, Key: keys.Bind("t", "test", "t"), On: on, Why: (*Page).noProfile, Run: keys.Plain((*Page).test)},
		{Name: "profiles.add", Where: place, Key: keys.Bind("a", "add", "a"), On: on, Run: keys.Plain((*Page).add)},
		{Name: "profiles.edit", Where: place, Key: keys.Bind("e", "edit the file", "e"), On: on, Run: keys.Plain((*Page).edit)},
		{Name: "profiles.leave", Where: place, Key: keys.Bind("esc", "close", "esc", "q", "C"), On: on, Run: keys.Leave[*Page]},
	}
}

// Place returns where these actions work.
func Place() keys.Place { return keys.Page("Profiles") }

func (p *Page) noProfile(*feed.Feed) string {
	if len(p.all) == 0 {
		return "there is no profile yet: {profiles.add} adds one"
	}
	return ""
}

func (p *Page) use() kit.Intent {
	if of, any := p.selected(); any {
		return Use{of.Name}
	}
	return nil
}

func (p *Page) test() kit.Intent {
	if of, any := p.selected(); any {
		return Try{of.Name}
	}
	return nil
}

func (p *Page) add() kit.Intent { return Add{} }

// edit asks to edit the configuration file at the line of its error, or of the selected
// profile.
func (p *Page) edit() kit.Intent {
	if p.err != nil {
		return Edit{p.line}
	}
	of, _ := p.selected()
	return Edit{of.Line}
}
