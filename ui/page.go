package ui

import (
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/ui/keys"
	"joltui/ui/views/kit"
)

// page covers everything between header and footer, and gets all keys while it is on top of
// the others.
type page interface {
	// SetSize sets the outer size in cells.
	SetSize(w, h int)
	// Place returns where its keys work.
	Place() keys.Place
	// Entries returns its actions.
	Entries() keys.Table
	// Update handles a key. A page is closed by its intent [kit.Leave].
	Update(msg tea.KeyMsg, f *feed.Feed) kit.Intent
	// Move moves its cursor, or scrolls it.
	Move(by kit.Move, f *feed.Feed) kit.Intent
	// View draws it, in rows of its size.
	View(f *feed.Feed, now time.Time) []string
	// ShortHelp lists the keys for the footer.
	ShortHelp() []key.Binding
}

// typer is a page on which characters are text, at least at times.
type typer interface {
	// Typing reports whether they are now.
	Typing() bool
}

// isTyping reports whether characters are text on a page.
func isTyping(p page) bool {
	t, ok := p.(typer)
	return ok && t.Typing()
}

// pages is the stack of open pages. The last one is shown.
type pages []page

// top returns the page that is shown; nil is the dashboard itself.
func (p pages) top() page {
	if len(p) == 0 {
		return nil
	}
	return p[len(p)-1]
}

// push puts a page on top. One that is open already is moved there.
func (p *pages) push(new page) {
	p.remove(new)
	*p = append(*p, new)
}

// pop closes the page on top.
func (p *pages) pop() { p.remove(p.top()) }

// close closes all pages.
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
