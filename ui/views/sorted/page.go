package sorted

import (
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/ui/keys"
	"joltui/ui/views/columns"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
)

// Page shows messages in the order of a column, or the values of that column and how many
// messages have each. New messages do not come into it.
type Page struct {
	styles   *kit.Styles
	actions  keys.Set[*Page]
	moves    *kit.MoveKeys
	w, h     int
	name     string // of the topic, or "all topics". Untrusted
	table    *columns.Table
	messages []*feed.Entry
	column   int // that the page is sorted by
	down     bool
	grouped  bool
	inside   *group // the group whose messages are shown, or nil
	order    *order // nil: not made yet
	cursor   kit.List
	outside  kit.List // the cursor in the groups, while inside one
	view     columns.View
	worker   kit.Worker
}

// New returns a page without messages.
func New(s *kit.Styles, a keys.Set[*Page], m *kit.MoveKeys) *Page {
	return &Page{styles: s, actions: a, moves: m, table: new(columns.Table)}
}

// Actions returns what can be done on the page.
func Actions() keys.Set[*Page] {
	place := Place()
	return keys.Set[*Page]{
		{Name: "sorted.open", Where: place, Key: keys.Bind("enter", "open", "enter"), Run: keys.Plain((*Page).open)},
		{Name: "sorted.previous", Where: place, Key: keys.Bind("h ←", "column before", "h", "left"), Run: keys.Do((*Page).previous)},
		{Name: "sorted.next", Where: place, Key: keys.Bind("l →", "next column", "l", "right"), Run: keys.Do((*Page).next)},
		{Name: "sorted.reverse", Where: place, Key: keys.Bind("o", "reverse", "o"), Run: keys.Do((*Page).reverse)},
		{Name: "sorted.group", Where: place, Key: keys.Bind("b", "group", "b"), Run: keys.Do((*Page).toggleGroups)},
		{Name: "sorted.leave", Where: place, Key: keys.Bind("esc", "close", "esc", "q"), Run: keys.Plain((*Page).leave)},
	}
}

// Place is where these actions work.
func Place() keys.Place { return keys.Page("Sorted table") }

// Open shows the messages of a topic with the columns of a table, sorted by the first one.
func (p *Page) Open(name string, t *columns.Table, messages []*feed.Entry) {
	p.name, p.table, p.messages = name, t, messages
	p.view, p.column, p.down, p.grouped = columns.View{}, 0, false, false
	p.anew()
}

// anew lets the messages be sorted again.
func (p *Page) anew() {
	p.order, p.inside, p.cursor = nil, nil, kit.List{}
}

// NextJob sorts the messages, which takes too long for a frame.
func (p *Page) NextJob() kit.Job {
	shown := p.table.Shown()
	if p.order != nil || len(shown) == 0 || p.worker.Busy {
		return nil
	}
	p.column = min(p.column, len(shown)-1)
	by, all, down, grouped := shown[p.column], p.messages, p.down, p.grouped
	return p.worker.Begin(func() func() {
		made := sortBy(by, all, down, grouped)
		return func() {
			// The user may have asked for another order meanwhile.
			if p.by(shown) == by.Path && p.down == down && p.grouped == grouped && sameMessages(p.messages, all) {
				p.order = made
			}
		}
	})
}

// by returns the path of the column that the page is sorted by.
func (p *Page) by(shown []columns.Column) string {
	if p.column < len(shown) {
		return shown[p.column].Path
	}
	return ""
}

func sameMessages(a, b []*feed.Entry) bool {
	return len(a) == len(b) && (len(a) == 0 || a[0] == b[0] && a[len(a)-1] == b[len(b)-1])
}

// SetSize sets the outer size in cells.
func (p *Page) SetSize(w, h int) { p.w, p.h = w, h }

// Place returns where the keys of the page work.
func (p *Page) Place() keys.Place { return Place() }

// Entries returns the actions of the page.
func (p *Page) Entries() keys.Table { return p.actions.Entries(func() *Page { return p }) }

// ShortHelp lists the keys that matter most here.
func (p *Page) ShortHelp() []key.Binding {
	return p.actions.Keys("sorted.next", "sorted.reverse", "sorted.group", "sorted.open", "sorted.leave")
}

// Update runs the action or the move of a key.
func (p *Page) Update(msg tea.KeyMsg, f *feed.Feed) kit.Intent {
	return keys.Update(p, p.actions, p.moves, msg, f)
}

// Move moves the cursor.
func (p *Page) Move(by kit.Move, _ *feed.Feed) kit.Intent {
	p.cursor.SetRows(0, uint64(p.len()))
	p.cursor.Move(by)
	return nil
}

// rows returns the messages that are shown, if these are not groups.
func (p *Page) rows() []*feed.Entry {
	switch {
	case p.inside != nil:
		return p.inside.messages
	case p.order == nil:
		return nil
	default:
		return p.order.messages
	}
}

// showsGroups reports whether the rows are groups.
func (p *Page) showsGroups() bool { return p.grouped && p.inside == nil && p.order != nil }

func (p *Page) len() int {
	if p.showsGroups() {
		return len(p.order.groups)
	}
	return len(p.rows())
}

func (p *Page) previous() { p.turn(-1) }
func (p *Page) next()     { p.turn(+1) }

// turn sorts by the next column, and after the last one by the first.
func (p *Page) turn(by int) {
	if n := len(p.table.Shown()); n > 0 {
		p.column = (min(p.column, n-1) + by + n) % n
		p.anew()
	}
}

func (p *Page) reverse() {
	p.down = !p.down
	p.anew()
}

func (p *Page) toggleGroups() {
	p.grouped = !p.grouped
	p.anew()
}

// open shows the messages of a group, or one message whole.
func (p *Page) open() kit.Intent {
	at := int(p.cursor.At())
	switch {
	case at >= p.len():
		return nil
	case p.showsGroups():
		p.inside, p.outside, p.cursor = &p.order.groups[at], p.cursor, kit.List{}
		return nil
	default:
		return intent.Inspect{Entry: *p.rows()[at]}
	}
}

// leave goes back to the groups, or closes the page.
func (p *Page) leave() kit.Intent {
	if p.inside == nil {
		return kit.Leave{}
	}
	p.inside, p.cursor = nil, p.outside
	return nil
}

// View draws the page. It does not depend on the time.
func (p *Page) View(*feed.Feed, time.Time) []string { return p.draw() }
