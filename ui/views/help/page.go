package help

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/internal/printable"
	"joltui/ui/keys"
	"joltui/ui/views/kit"
)

// Group is a heading and the keys under it.
type Group struct {
	Title string
	Where string // where the keys work
	Keys  []Key
}

// Key is a key and what it does.
type Key struct {
	Key, Does string
	Where     string // where it works, if not where its group does
}

// Page shows all keys, in as many columns as fit. It scrolls.
type Page struct {
	styles  *kit.Styles
	actions keys.Set[*Page]
	moves   *kit.MoveKeys
	groups  []Group
	text    string // only keys with this text are shown
	w, h    int
	scroll  kit.Scroll
}

// helpColumnWidth is the width of a column of the help, in cells.
const helpColumnWidth = 38

// New returns the help, without groups.
func New(s *kit.Styles, a keys.Set[*Page], m *kit.MoveKeys) *Page {
	return &Page{styles: s, actions: a, moves: m}
}

// SetGroups sets the keys to show.
func (p *Page) SetGroups(groups []Group) { p.groups = groups }

// SetSize sets the outer size in cells.
func (p *Page) SetSize(w, h int) { p.w, p.h = w, h }

// ShortHelp lists the keys that matter most here.
func (p *Page) ShortHelp() []key.Binding {
	return []key.Binding{p.actions.Key("help.search"), *p.moves[kit.Down], p.actions.Key("help.leave")}
}

// ask asks for the text that [Page.Find] gets.
func (p *Page) ask() kit.Intent {
	find := func(text string) kit.Intent {
		p.Find(text)
		return nil
	}
	return kit.Ask{Question: kit.Question{Label: "help / ", Hint: "a part of a key, of what it does, or of where", Text: p.text, Live: find, Accept: find}}
}

// Find shows only the keys with a text, in any case.
func (p *Page) Find(text string) { p.text, p.scroll = text, kit.Scroll{} }

// Update runs the action or the move of a key.
func (p *Page) Update(msg tea.KeyMsg, f *feed.Feed) kit.Intent {
	return keys.Update(p, p.actions, p.moves, msg, f)
}

// Move scrolls.
func (p *Page) Move(by kit.Move, _ *feed.Feed) kit.Intent {
	p.scroll.Move(by, len(p.rows(p.w-2)), max(p.h-2, 1))
	return nil
}

// Entries returns the actions of the page.
func (p *Page) Entries() keys.Table { return p.actions.Entries(func() *Page { return p }) }

// Place returns where the keys of the page work.
func (p *Page) Place() keys.Place { return Place() }

// leave shows all keys again if only some are shown, else it closes the help and scrolls
// to its top, for the next time.
func (p *Page) leave() kit.Intent {
	if p.text != "" {
		p.Find("")
		return nil
	}
	p.scroll = kit.Scroll{}
	return kit.Leave{}
}

// View draws the help.
func (p *Page) View(*feed.Feed, time.Time) []string {
	rows := p.rows(p.w - 2)
	page := max(p.h-2, 0)
	p.scroll.Settle(len(rows), page)
	end := min(p.scroll.Top()+page, len(rows))
	panel := kit.Panel{Title: []kit.Span{p.styles.Strong.Span("Help")}, Focused: true}
	if p.text != "" {
		panel.Title = append(panel.Title, p.styles.Border.Span(" ─ "), p.styles.Match.Span(printable.Prefix(p.text, max(p.w/2, 0))))
	}
	if page < len(rows) {
		panel.Note = []kit.Span{p.styles.Dim.Span(fmt.Sprintf("%d–%d of %d", p.scroll.Top()+1, end, len(rows)))}
	}
	return panel.View(*p.styles, p.w, p.h, rows[p.scroll.Top():end])
}

// rows draws the groups in columns of about the same height, w cells wide.
func (p *Page) rows(w int) []string {
	groups := p.found()
	if len(groups) == 0 {
		return []string{"", kit.NewLine(w, kit.Paint{}).Space(2).Put(p.styles.Dim, "no key has that").String()}
	}
	columns := columns(groups, max(min((w-2)/helpColumnWidth, len(groups)), 1))
	height := 0
	for _, c := range columns {
		height = max(height, len(c))
	}
	rows := make([]string, height)
	for y := range rows {
		l := kit.NewLine(w, kit.Paint{}).Space(2)
		for x, c := range columns {
			l.Space(2 + x*helpColumnWidth - (w - l.Rest()))
			if y < len(c) {
				p.put(l, c[y])
			}
		}
		rows[y] = l.String()
	}
	return rows
}

// helpLine is a heading, a key, or a blank line.
type helpLine struct {
	title string
	key   Key // its Where belongs to the title, if there is one
}

func (p *Page) put(l *kit.Line, line helpLine) {
	end := l.Rest() - helpColumnWidth + 2 // with a gap to the next column
	if line.title != "" {
		l.Put(p.styles.Accent, line.title)
	} else {
		l.Left(p.styles.Key, line.key.Key, max(kit.HelpKeyWidth, kit.Width(line.key.Key)+1))
		does, _ := kit.Cut(line.key.Does, l.Rest()-end)
		l.Put(p.styles.Text, does)
	}
	if where := " · " + line.key.Where; line.key.Where != "" && kit.Width(where) <= l.Rest()-end {
		l.Put(p.styles.Dim, where)
	}
}

// found returns the groups with only the keys that have the text.
func (p *Page) found() []Group {
	if p.text == "" {
		return p.groups
	}
	var groups []Group
	for _, g := range p.groups {
		all := g.Keys
		g.Keys = nil
		for _, k := range all {
			words := strings.Join([]string{g.Title, k.Key, k.Does, cmp.Or(k.Where, g.Where)}, " ")
			if strings.Contains(strings.ToLower(words), strings.ToLower(p.text)) {
				g.Keys = append(g.Keys, k)
			}
		}
		if len(g.Keys) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

// columns divides the groups among n columns, in order, each group whole.
func columns(groups []Group, n int) [][]helpLine {
	for height := 1; ; height++ {
		if columns := fill(groups, height); len(columns) <= n {
			return columns
		}
	}
}

// fill puts the groups into columns, and begins a new one where a group would make the
// column higher than height.
func fill(groups []Group, height int) [][]helpLine {
	columns := [][]helpLine{nil}
	for _, g := range groups {
		last := &columns[len(columns)-1]
		if len(*last) > 0 && len(*last)+len(g.Keys)+2 > height {
			columns = append(columns, nil)
			last = &columns[len(columns)-1]
		}
		heading := helpLine{title: g.Title}
		if !strings.EqualFold(g.Title, g.Where) {
			heading.key.Where = g.Where
		}
		*last = append(*last, helpLine{}, heading)
		for _, k := range g.Keys {
			*last = append(*last, helpLine{key: k})
		}
	}
	return columns
}
