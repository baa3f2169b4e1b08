package ui

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// themeKey goes to the next theme.
func (m *Model) themeKey(msg tea.KeyMsg) (cmd tea.Cmd, done bool) {
	if !key.Matches(msg, m.keys.Theme) {
		return nil, false
	}
	m.setTheme(m.theme.next())
	return nil, true
}

// setTheme changes all paints at once: the views have a pointer to them.
func (m *Model) setTheme(t Theme) {
	m.theme, m.likedTheme = t, t
	m.styles = NewStyles(m.options.Renderer, t)
	words := "theme: " + string(t)
	if colourless(m.options.Renderer) {
		words += ", when the terminal shows colours"
	}
	m.mention(words)
}
