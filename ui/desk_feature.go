package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"joltui/ui/keys"
	"joltui/ui/views/kit"
	"joltui/ui/views/ledger"
	"joltui/ui/views/publish"
	"joltui/ui/views/stream"
	"joltui/ui/views/topics"
)

// deskFeature is the desk as one feature among the others. Its methods are not those of
// desk, which the other features have a share of.
type deskFeature struct{ *desk }

// entries are the actions of the desk and of its panes.
func (d deskFeature) entries() keys.Table {
	table := d.set.Entries(func() *desk { return d.desk })
	table = append(table, d.moveSet.Entries(d.mover)...)
	table = append(table, d.sets.topics.Entries(func() *topics.Pane { return d.topics })...)
	table = append(table, d.sets.stream.Entries(d.stream)...)
	table = append(table, d.sets.log.Entries(func() *ledger.Pane { return d.log })...)
	return append(table, d.sets.publish.Entries(func() *publish.Box { return d.publish })...)
}

// carry does what the panes ask the desk for.
func (d deskFeature) carry(in kit.Intent) (tea.Cmd, bool) {
	switch in := in.(type) {
	case stream.Look:
		d.look(func(o *stream.Options) { *o = in.Options })
	case stream.Resume:
		d.resume()
	case topics.Open:
		d.open()
	case kit.Leave:
		d.leave()
	default:
		return nil, false
	}
	return nil, true
}

// take goes on with a search.
func (d deskFeature) take(msg tea.Msg) (tea.Cmd, bool) {
	_, ok := msg.(searchMsg)
	d.search = d.search && !ok
	return nil, ok
}

// settle lets the streams search on.
func (d deskFeature) settle() tea.Cmd { return d.searchOn() }

func (d deskFeature) commands() []command {
	return []command{
		{name: "filter", usage: "[EXPRESSION]", does: "show only what matches",
			check: func(args string) error { return d.filterQuestion().Check(args) },
			run:   func(args string) tea.Cmd { return d.do(d.filterQuestion().Accept(args)) }},
		choice("times", "next times, or NAME", timesNames(), parseTimes, d.setTimes),
	}
}

// questions are the prompt, and the question with a yes and a no, as a feature.
type questions struct{ *shell }

// entries are the actions of the prompt and of the question with a yes and a no.
func (s questions) entries() keys.Table {
	table := s.promptKeys.Entries(func() *kit.Prompt { return s.prompt })
	return append(table, s.confirmKeys.Entries(func() *kit.Confirm { return s.confirm })...)
}
