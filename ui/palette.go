package ui

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/ui/views/palette"
)

// paletteKey opens the palette.
func (m *Model) paletteKey(msg tea.KeyMsg) (cmd tea.Cmd, done bool) {
	if !key.Matches(msg, m.keys.Palette) {
		return nil, false
	}
	m.palette.Open(m.paletteCommands(), arguments{m})
	m.push(m.palette)
	return nil, true
}

// paletteCommands are all actions and all commands, those that were used last
// first, and at the end those that cannot be run from where the user is.
func (m *Model) paletteCommands() []palette.Command {
	var all []palette.Command
	for _, a := range m.keys.table() {
		if !a.key.Enabled() {
			continue
		}
		h := a.key.Help()
		c := palette.Command{Name: a.name, Does: h.Desc, Key: h.Key, Where: a.where(), Away: !m.reaches(a)}
		if h.Key == keyOf(a.name).String() {
			c.Key = ""
		}
		all = append(all, c)
	}
	for _, c := range commands() {
		if c.when != nil && !c.when(m) {
			continue
		}
		i := slices.IndexFunc(all, func(other palette.Command) bool { return other.Name == c.name })
		if i < 0 {
			all = append(all, palette.Command{Name: c.name})
			i = len(all) - 1
		}
		if c.does != "" {
			all[i].Does = c.does
		}
		all[i].Aliases, all[i].Usage = c.aliases, c.usage
	}
	rank := func(c palette.Command) int {
		switch at := slices.Index(m.recent, c.Name); {
		case at >= 0:
			return at - len(m.recent)
		case c.Away:
			return 1
		default:
			return 0
		}
	}
	slices.SortStableFunc(all, func(a, b palette.Command) int { return rank(a) - rank(b) })
	return all
}

// runCommand closes the palette and does what was chosen there.
func (m *Model) runCommand(in palette.RunCommand) tea.Cmd {
	m.pages.remove(m.palette)
	m.recent = slices.DeleteFunc(m.recent, func(name string) bool { return name == in.Name })
	m.recent = slices.Insert(m.recent, 0, in.Name)
	if c := commandOf(in.Name); c != nil && (in.Args != "" || c.usage == "") {
		return c.run(m, in.Args)
	}
	for _, a := range m.keys.table() {
		if a.name == in.Name {
			return m.runAction(a)
		}
	}
	return nil
}

// runAction does what the key of an action would do where it works.
func (m *Model) runAction(a action) tea.Cmd {
	press := keyOf(a.name)
	switch {
	case !m.reaches(a):
		m.mention(a.name + " is for another place: " + a.where())
		return nil
	case a.scope == scopeAlways, a.scope == scopeAnywhere, a.moves():
		return m.key(press)
	case a.scope == m.pageScope():
		return m.do(m.top().Update(press, m.feed))
	}
	m.pages = nil
	m.leave()
	switch a.scope {
	case scopeTopics:
		m.focus = RegionTopics
	case scopeStream:
		m.focus = RegionStream
	case scopeLog:
		m.focus = RegionLog
	case scopePublish:
		cmd := m.openPublish()
		return tea.Batch(cmd, m.toPublish(press))
	}
	return m.key(press)
}

// reaches reports whether an action can be run from here.
func (m *Model) reaches(a action) bool {
	switch a.scope {
	case scopeAlways, scopeAnywhere, scopeDashboard, scopeTopics, scopeStream, scopeLog, scopePublish:
		return true
	default:
		return a.scope == m.pageScope()
	}
}

// pageScope is the scope of the page below the palette; scopeEnd is none.
func (m *Model) pageScope() scope {
	below := slices.DeleteFunc(slices.Clone(m.pages), func(p page) bool { return p == m.palette })
	switch below.top() {
	case m.inspector:
		return scopeInspector
	case m.watches:
		return scopeWatch
	case m.help:
		return scopeHelp
	case m.wire:
		return scopeWire
	case m.details:
		return scopeLogDetails
	case m.diff:
		return scopeDiff
	case m.profiles:
		return scopeProfiles
	default:
		return scopeEnd
	}
}
