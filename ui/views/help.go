package views

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/internal/printable"
)

// HelpKeys are the keys of the help.
type HelpKeys struct {
	Move   MoveKeys
	Search key.Binding
	Leave  key.Binding
}

// HelpGroup is a heading and the keys under it.
type HelpGroup struct {
	Title string
	Where string // the keys work
	Keys  []HelpKey
}

// HelpKey is a key and what it does.
type HelpKey struct {
	Key, Does string
	Where     string // where that is not the group's
}

// Help shows all keys, in as many columns as fit. It scrolls.
type Help struct {
	styles *Styles
	keys   HelpKeys
	groups []HelpGroup
	text   string // only keys with it are shown
	w, h   int
	scroll Scroll
}

// The widths of a column of the help, in cells.
const (
	helpColumnWidth = 38
)

// NewHelp returns the help for groups.
func NewHelp(s *Styles, k HelpKeys, groups []HelpGroup) *Help {
	return &Help{styles: s, keys: k, groups: groups}
}

// SetSize sets the outer size in cells.
func (p *Help) SetSize(w, h int) { p.w, p.h = w, h }

// ShortHelp lists the keys that matter most here.
func (p *Help) ShortHelp() []key.Binding {
	return []key.Binding{p.keys.Search, p.keys.Move.Down, p.keys.Move.Up, p.keys.Leave}
}

// ask asks for a text to be found.
func (p *Help) ask() Intent {
	find := func(text string) Intent {
		p.Find(text)
		return nil
	}
	return Ask{Question{Label: "help / ", Hint: "a part of a key, of what it does, or of where", Text: p.text, Live: find, Accept: find}}
}

// Find leaves only the keys with a text, in whatever case.
func (p *Help) Find(text string) { p.text, p.scroll = text, Scroll{} }

// Update scrolls, asks for a text to be found, or leaves: first what was found,
// then the help.
func (p *Help) Update(msg tea.KeyMsg, _ *feed.Feed) Intent {
	switch {
	case key.Matches(msg, p.keys.Search):
		return p.ask()
	case key.Matches(msg, p.keys.Leave) && p.text != "":
		p.Find("")
		return nil
	case key.Matches(msg, p.keys.Leave):
		p.scroll = Scroll{}
		return Leave{}
	}
	p.scroll.Move(p.keys.Move, msg, len(p.rows(p.w-2)), max(p.h-2, 1))
	return nil
}

// View draws the help.
func (p *Help) View(*feed.Feed, time.Time) []string {
	rows := p.rows(p.w - 2)
	page := max(p.h-2, 0)
	p.scroll.Settle(len(rows), page)
	end := min(p.scroll.Top()+page, len(rows))
	panel := Panel{Title: []Span{{p.styles.Strong, "Help"}}, Focused: true}
	if p.text != "" {
		panel.Title = append(panel.Title, Span{p.styles.Border, " ─ "}, Span{p.styles.Match, printable.Prefix(p.text, max(p.w/2, 0))})
	}
	if page < len(rows) {
		panel.Note = []Span{{p.styles.Dim, fmt.Sprintf("%d–%d of %d", p.scroll.Top()+1, end, len(rows))}}
	}
	return panel.View(*p.styles, p.w, p.h, rows[p.scroll.Top():end])
}

// rows draws the groups in columns of about the same height, w cells wide.
func (p *Help) rows(w int) []string {
	groups := p.found()
	if len(groups) == 0 {
		return []string{"", NewLine(w, Paint{}).Space(2).Put(p.styles.Dim, "no key has that").String()}
	}
	columns := columns(groups, max(min((w-2)/helpColumnWidth, len(groups)), 1))
	height := 0
	for _, c := range columns {
		height = max(height, len(c))
	}
	rows := make([]string, height)
	for y := range rows {
		l := NewLine(w, Paint{}).Space(2)
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
	key   HelpKey // with the place of the title
}

func (p *Help) put(l *Line, line helpLine) {
	end := l.Rest() - helpColumnWidth + 2 // with a gap to the next column
	if line.title != "" {
		l.Put(p.styles.Accent, line.title)
	} else {
		l.Left(p.styles.Key, line.key.Key, max(helpKeyWidth, Width(line.key.Key)+1))
		does, _ := Cut(line.key.Does, l.Rest()-end)
		l.Put(p.styles.Text, does)
	}
	if where := " · " + line.key.Where; line.key.Where != "" && Width(where) <= l.Rest()-end {
		l.Put(p.styles.Dim, where)
	}
}

// found are the groups with only the keys that have the text.
func (p *Help) found() []HelpGroup {
	if p.text == "" {
		return p.groups
	}
	var groups []HelpGroup
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

// columns shares the groups out over n columns, in order, each group whole.
func columns(groups []HelpGroup, n int) [][]helpLine {
	for height := 1; ; height++ {
		if columns := fill(groups, height); len(columns) <= n {
			return columns
		}
	}
}

// fill starts a new column whenever a group would make one higher than height.
func fill(groups []HelpGroup, height int) [][]helpLine {
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
