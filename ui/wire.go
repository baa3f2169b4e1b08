package ui

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
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
