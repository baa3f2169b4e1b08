package ui

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/ui/views"
)

// wireKey shows what goes over the connection.
func (m *Model) wireKey(msg tea.KeyMsg) (cmd tea.Cmd, done bool) {
	if !key.Matches(msg, m.keys.ShowWire) {
		return nil, false
	}
	m.push(m.wire)
	return nil, true
}

// watchWire has messages kept while the wire is on show, or below another page.
func (m *Model) watchWire() {
	m.options.Wire.Watch(slices.Contains(m.pages, page(m.wire)), m.now)
}

func (m *Model) askWireFilter() { m.prompt.Ask(views.WireQuestion(m.wire.FilterText())) }

// setWireFilter filters the wire. A text that is no filter changes nothing: the
// prompt says what is wrong with it.
func (m *Model) setWireFilter(text string) {
	if f, err := feed.ParseFilter(text); err == nil {
		m.wire.SetFilter(f)
	}
}
