package ui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// kept returns what would end, or be lost, with the dashboard, each in a few words. With all
// it is what is lost where the dashboard goes on with another connection.
func (m *Model) kept(all bool) []string {
	var words []string
	each(m.features, func(f keeper) { words = append(words, f.keeps(all)...) })
	return words
}

// quit leaves full screen or the topic on its own, else it ends the program. Where something
// would end with it, it says what, and the key ends the program while that is on the screen.
func (m *Model) quit() tea.Cmd {
	if m.unzoom() {
		return nil
	}
	kept := m.kept(false)
	words := m.table.Label("quit") + " again quits; ended or lost: " + strings.Join(kept, ", ")
	if len(kept) == 0 || m.saying() == words {
		return tea.Quit
	}
	m.mention(words)
	return nil
}
