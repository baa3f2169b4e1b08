package overview

import (
	"cmp"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/ui/keys"
	"joltui/ui/views/kit"
	"joltui/ui/views/kit/table"
)

// The orders of the topics, by the titles of the columns.
const (
	byTrouble = "state"
	byRate    = "rate"
	byHeard   = "heard"
	byName    = "topic"
)

// Page shows all topics at one glance.
type Page struct {
	styles  *kit.Styles
	actions keys.Set[*Page]
	moves   *kit.MoveKeys
	w, h    int
	rows    table.Rows[verdict, string]
	judged  judged
}

// judged is what the rows are of.
type judged struct {
	feed   *feed.Feed
	at     time.Time // when its figures last changed
	topics int       // how many there were
}

// New returns the page.
func New(s *kit.Styles, a keys.Set[*Page], m *kit.MoveKeys) *Page {
	name := func(v verdict) string { return v.topic.Name }
	return &Page{styles: s, actions: a, moves: m, rows: table.New(orders(), name, name)}
}

func orders() []table.Order[verdict] {
	rate := func(a, b verdict) int { return -cmp.Compare(a.topic.Rate(), b.topic.Rate()) }
	return []table.Order[verdict]{
		{Name: byTrouble, Less: func(a, b verdict) int { return cmp.Or(-cmp.Compare(a.level, b.level), rate(a, b)) }},
		{Name: byRate, Less: rate},
		{Name: byHeard, Less: func(a, b verdict) int { return b.topic.LastAt.Compare(a.topic.LastAt) }},
		{Name: byName, Less: func(a, b verdict) int { return cmp.Compare(a.topic.Name, b.topic.Name) }},
	}
}

// judge looks at all topics anew, once a second at most: rows that change places all the
// time cannot be read.
func (p *Page) judge(f *feed.Feed, now time.Time) {
	topics := f.Topics()
	of := judged{f, f.Rolled(), len(topics)}
	if of == p.judged {
		return
	}
	p.judged = of
	all := make([]verdict, len(topics))
	for i, t := range topics {
		all[i] = judge(t, now)
	}
	p.rows.Set(all)
}

// SetSize sets the outer size in cells.
func (p *Page) SetSize(w, h int) { p.w, p.h = w, h }

// Update does what a key means here.
func (p *Page) Update(msg tea.KeyMsg, f *feed.Feed) kit.Intent {
	return keys.Update(p, p.actions, p.moves, msg, f)
}

// Move moves the cursor.
func (p *Page) Move(by kit.Move, _ *feed.Feed) kit.Intent {
	p.rows.Move(by)
	return nil
}

// Entries are the actions of the page.
func (p *Page) Entries() keys.Table { return p.actions.Entries(func() *Page { return p }) }

// Place is where the keys of the page work.
func (p *Page) Place() keys.Place { return Place() }

// ShortHelp lists the keys that matter most here.
func (p *Page) ShortHelp() []key.Binding {
	return p.actions.Keys("overview.open", "overview.sort", "overview.leave")
}
