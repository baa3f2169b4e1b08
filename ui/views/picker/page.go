package picker

import (
	"cmp"
	"slices"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/ui/keys"
	"joltui/ui/views/columns"
	"joltui/ui/views/kit"
)

// Page lists the fields of the messages, those that are columns first, and shows the table
// that they make.
type Page struct {
	styles  *kit.Styles
	actions keys.Set[*Page]
	moves   *kit.MoveKeys
	w, h    int
	table   *columns.Table // the user's; it is changed when the choice is accepted
	draft   columns.Table  // what is chosen so far
	uses    map[string]columns.Use
	objects int
	sample  []columns.Message
	cursor  kit.List
	preview columns.View
}

// New returns a page without a table.
func New(s *kit.Styles, a keys.Set[*Page], m *kit.MoveKeys) *Page {
	return &Page{styles: s, actions: a, moves: m, table: new(columns.Table)}
}

// Actions returns what can be done on the page.
func Actions() keys.Set[*Page] {
	place := Place()
	return keys.Set[*Page]{
		{Name: "picker.toggle", Where: place, Key: keys.Bind("space", "show, hide", " "), Why: whyNoField, Run: keys.Do((*Page).toggle)},
		{Name: "picker.up", Where: place, Key: keys.Bind("K", "left", "K", "shift+up"), Why: whyNotLeft, Run: keys.Do((*Page).left)},
		{Name: "picker.down", Where: place, Key: keys.Bind("J", "right", "J", "shift+down"), Why: whyNotRight, Run: keys.Do((*Page).right)},
		{Name: "picker.auto", Where: place, Key: keys.Bind("a", "by use", "a"), Why: whyNotByUse, Run: keys.Do((*Page).automatic)},
		{Name: "picker.use", Where: place, Key: keys.Bind("enter", "use", "enter"), Run: keys.Plain((*Page).use)},
		{Name: "picker.leave", Where: place, Key: keys.Bind("esc", "cancel", "esc", "q"), Run: keys.Leave[*Page]},
	}
}

func whyNoField(p *Page, _ *feed.Feed) string {
	if len(p.draft.Columns) == 0 {
		return "no message has fields"
	}
	return ""
}

func whyNotLeft(p *Page, f *feed.Feed) string {
	if p.cursor.At() == 0 {
		return cmp.Or(whyNoField(p, f), "this is the first column already")
	}
	return ""
}

func whyNotRight(p *Page, f *feed.Feed) string {
	if int(p.cursor.At()) >= len(p.draft.Columns)-1 {
		return cmp.Or(whyNoField(p, f), "this is the last column already")
	}
	return ""
}

func whyNotByUse(p *Page, f *feed.Feed) string {
	if slices.Equal(p.draft.Columns, p.byUse().draft.Columns) {
		return cmp.Or(whyNoField(p, f), "these are the columns by use already")
	}
	return ""
}

// Place is where these actions work.
func Place() keys.Place { return keys.Page("Columns") }

// Open shows the columns of a table, and the other fields of the messages in sample.
func (p *Page) Open(t *columns.Table, sample []columns.Message) {
	p.table, p.sample, p.uses, p.cursor = t, sample, make(map[string]columns.Use), kit.List{}
	p.preview = columns.View{}
	p.draft = columns.Table{Columns: slices.Clone(t.Columns), Chosen: t.Chosen, Rules: t.Rules}
	if len(p.draft.Columns) == 0 {
		p.draft.Choose(sample)
	}
	uses, objects := columns.Uses(sample)
	p.objects = objects
	for _, u := range uses {
		p.uses[u.Path] = u
		p.draft.Offer(u.Path)
	}
}

// SetSize sets the outer size in cells.
func (p *Page) SetSize(w, h int) { p.w, p.h = w, h }

// Place returns where the keys of the page work.
func (p *Page) Place() keys.Place { return Place() }

// Entries returns the actions of the page.
func (p *Page) Entries() keys.Table { return p.actions.Entries(func() *Page { return p }) }

// ShortHelp lists the keys that matter most here.
func (p *Page) ShortHelp() []key.Binding {
	return p.actions.Keys("picker.use", "picker.toggle", "picker.up", "picker.down", "picker.auto", "picker.leave")
}

// Update runs the action or the move of a key.
func (p *Page) Update(msg tea.KeyMsg, f *feed.Feed) kit.Intent {
	return keys.Update(p, p.actions, p.moves, msg, f)
}

// Move moves the cursor.
func (p *Page) Move(by kit.Move, _ *feed.Feed) kit.Intent {
	p.cursor.SetRows(0, uint64(len(p.draft.Columns)))
	p.cursor.Move(by)
	return nil
}

func (p *Page) toggle() {
	if at := int(p.cursor.At()); at < len(p.draft.Columns) {
		p.draft.Hide(at, !p.draft.Columns[at].Hidden)
		p.Move(kit.Down, nil)
	}
}

func (p *Page) left()  { p.shift(-1) }
func (p *Page) right() { p.shift(+1) }

// shift moves the column under the cursor among the others.
func (p *Page) shift(by int) {
	at := int(p.cursor.At())
	if to := at + by; to >= 0 && to < len(p.draft.Columns) && at < len(p.draft.Columns) {
		p.draft.Swap(at, to)
		p.cursor.SetRows(0, uint64(len(p.draft.Columns)))
		p.cursor.GoTo(uint64(to))
	}
}

// automatic proposes what the messages would choose.
func (p *Page) automatic() {
	table := p.table
	*p = p.byUse()
	p.table = table
}

// byUse returns the page as it is opened for a table without a choice.
func (p *Page) byUse() Page {
	fresh := *p
	fresh.Open(&columns.Table{Rules: p.table.Rules}, p.sample)
	return fresh
}

// use makes the choice that of the table.
func (p *Page) use() kit.Intent {
	p.table.Set(p.draft.Columns)
	return kit.Leave{}
}

// View draws the page: the fields above, the table below.
func (p *Page) View(*feed.Feed, time.Time) []string {
	const leastPreview = 6
	list := min(len(p.draft.Columns)+3, max(p.h/2, p.h-len(p.sample)-3))
	if p.h < 2*leastPreview {
		return p.fields(p.h)
	}
	list = max(list, leastPreview)
	return append(p.fields(list), p.tableView(p.h-list)...)
}
