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

// Background tells the [Model] which background the terminal has, for the automatic theme.
type Background struct{ Dark bool }

// background paints anew where that makes a difference.
func (m *Model) background(msg tea.Msg) (cmd tea.Cmd, done bool) {
	b, ok := msg.(Background)
	if !ok {
		return nil, false
	}
	m.options.Renderer.SetHasDarkBackground(b.Dark)
	m.styles = NewStyles(m.options.Renderer, m.theme)
	return nil, true
}

// askBackground asks once, as soon as it is known that the theme is the automatic one.
func (m *Model) askBackground() tea.Cmd {
	ask := m.options.AskBackground
	known := m.memory.loaded || m.options.Prefs == nil || m.options.Theme != ""
	if ask == nil || m.theme != ThemeAuto || !known {
		return nil
	}
	m.options.AskBackground = nil
	return func() tea.Msg {
		ask()
		return nil
	}
}
