package views

import (
	"fmt"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/feed"
)

// HelpKeys are the keys of the help.
type HelpKeys struct {
	Move  MoveKeys
	Leave key.Binding
}

// HelpGroup is a heading and the keys under it.
type HelpGroup struct {
	Title string
	Keys  []key.Binding
}

// Help shows all keys, in as many columns as fit. It scrolls.
type Help struct {
	styles *Styles
	keys   HelpKeys
	groups []HelpGroup
	w, h   int
	scroll scroll
}

// The widths of a column of the help, in cells.
const (
	helpKeyWidth    = 11
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
	return []key.Binding{p.keys.Move.Down, p.keys.Move.Up, p.keys.Leave}
}

// Update scrolls, or leaves.
func (p *Help) Update(msg tea.KeyMsg, _ *feed.Feed) Intent {
	if key.Matches(msg, p.keys.Leave) {
		p.scroll = scroll{}
		return Leave{}
	}
	p.scroll.move(p.keys.Move, msg, len(p.rows(p.w-2)), max(p.h-2, 1))
	return nil
}

// View draws the help.
func (p *Help) View(*feed.Feed, time.Time) []string {
	rows := p.rows(p.w - 2)
	page := max(p.h-2, 0)
	p.scroll.settle(len(rows), page)
	end := min(p.scroll.top+page, len(rows))
	panel := Panel{Title: []Span{{p.styles.Strong, "Help"}}, Focused: true}
	if page < len(rows) {
		panel.Note = []Span{{p.styles.Dim, fmt.Sprintf("%d–%d of %d", p.scroll.top+1, end, len(rows))}}
	}
	return panel.View(*p.styles, p.w, p.h, rows[p.scroll.top:end])
}

// rows draws the groups in columns of about the same height, w cells wide.
func (p *Help) rows(w int) []string {
	columns := p.columns(max(min((w-2)/helpColumnWidth, len(p.groups)), 1))
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
	key   key.Help
}

func (p *Help) put(l *Line, line helpLine) {
	if line.title != "" {
		l.Put(p.styles.Accent, line.title)
		return
	}
	l.Left(p.styles.Key, line.key.Key, helpKeyWidth)
	l.Left(p.styles.Text, line.key.Desc, helpColumnWidth-helpKeyWidth-2)
}

// columns shares the groups out over n columns, in order, each group whole.
func (p *Help) columns(n int) [][]helpLine {
	for height := 1; ; height++ {
		if columns := p.fill(height); len(columns) <= n {
			return columns
		}
	}
}

// fill starts a new column whenever a group would make one higher than height.
func (p *Help) fill(height int) [][]helpLine {
	columns := [][]helpLine{nil}
	for _, g := range p.groups {
		last := &columns[len(columns)-1]
		if len(*last) > 0 && len(*last)+len(g.Keys)+2 > height {
			columns = append(columns, nil)
			last = &columns[len(columns)-1]
		}
		*last = append(*last, helpLine{}, helpLine{title: g.Title})
		for _, k := range g.Keys {
			*last = append(*last, helpLine{key: k.Help()})
		}
	}
	return columns
}
