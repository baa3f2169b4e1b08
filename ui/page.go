package ui

import (
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/ui/keys"
	"joltui/ui/views/kit"
)

// page covers everything between header and footer, and has all keys while it
// is on top of the others.
type page interface {
	SetSize(w, h int)
	// Place is where its keys work, Entries are its actions.
	Place() keys.Place
	Entries() keys.Table
	// Update takes a key. A page is closed by its intent [kit.Leave].
	Update(msg tea.KeyMsg, f *feed.Feed) kit.Intent
	// Move moves its cursor, or scrolls it.
	Move(by kit.Move, f *feed.Feed) kit.Intent
	View(f *feed.Feed, now time.Time) []string
	// ShortHelp lists the keys for the footer.
	ShortHelp() []key.Binding
}

// typer is a page on which characters are text, at least at times.
type typer interface{ Typing() bool }

// isTyping reports whether characters are text on a page.
func isTyping(p page) bool {
	t, ok := p.(typer)
	return ok && t.Typing()
}

// pages lie upon one another. The last one is on show.
type pages []page

// top is the page on show; nil is the dashboard itself.
func (p pages) top() page {
	if len(p) == 0 {
		return nil
	}
	return p[len(p)-1]
}

// push puts a page on top. One that lies further down comes up.
func (p *pages) push(new page) {
	p.remove(new)
	*p = append(*p, new)
}

// pop takes the page on top away.
func (p *pages) pop() { p.remove(p.top()) }

// close takes all pages away.
func (p *pages) close() { *p = nil }

func (p *pages) remove(old page) {
	var rest pages
	for _, each := range *p {
		if each != old {
			rest = append(rest, each)
		}
	}
	*p = rest
}
