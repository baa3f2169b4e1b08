// Command empty is the least that a Bubble Tea program can be: fixed rows on
// the alternate screen. What the dashboard costs is compared with what it costs.
package main

import (
	"fmt"
	"os"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// last is what the driver waits for: the end of the last row.
const last = "dropped 0"

type model struct{ view string }

func (m model) Init() tea.Cmd { return nil }

func (m model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		row := strings.Repeat("·", msg.Width)
		m.view = strings.Repeat(row+"\n", msg.Height-1) + last
	case tea.KeyMsg:
		return m, tea.Quit
	}
	return m, nil
}

func (m model) View() string { return m.view }

func main() {
	program := tea.NewProgram(model{}, tea.WithAltScreen(), tea.WithoutSignalHandler())
	if _, err := program.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "empty:", err)
		os.Exit(1)
	}
}
