// Command panicker is joltui with panics at the press of a key, or at a message. The
// tests use it to see what is left of the terminal.
package main

import (
	"os"
	"slices"
	"sync/atomic"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/cli"
	"joltui/internal/cli/process"
	"joltui/internal/dashboard"
	"joltui/jolt"
)

// thrown is a panic's value that would do harm if it were printed as it is.
const thrown = "boom \x1b]0;owned\a\x1b[2J\x9b31m\u009b2J\u202e\b\r!"

func main() {
	var client, pump atomic.Bool
	env := process.System()
	env.Keyring = fileKeyring{}
	env.Hooks = dashboard.Hooks{
		Model: func(m tea.Model) tea.Model { return bomb{Model: m, client: &client, pump: &pump} },
		Handler: func(next func([]jolt.Event)) func([]jolt.Event) {
			return func(events []jolt.Event) {
				if client.Load() || asked(events) {
					panic(thrown)
				}
				next(events)
			}
		},
		Send: func(next func(tea.Msg)) func(tea.Msg) {
			return func(msg tea.Msg) {
				if pump.Load() {
					panic(thrown)
				}
				next(msg)
			}
		},
	}
	os.Exit(cli.Main(os.Args[1:], env))
}

// asked reports whether a message asks for a panic, for when no key reaches the model.
func asked(events []jolt.Event) bool {
	return slices.ContainsFunc(events, func(e jolt.Event) bool {
		m, ok := e.(*jolt.Message)
		return ok && m.Data == "panic"
	})
}

// bomb is a model that panics where a key says.
type bomb struct {
	tea.Model
	inView       bool
	client, pump *atomic.Bool
}

func (b bomb) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	fail := func() tea.Msg { panic(thrown) }
	key, _ := msg.(tea.KeyMsg)
	switch key.String() {
	case "U":
		panic(thrown)
	case "V":
		b.inView = true
	case "C":
		return b, fail
	case "B":
		return b, tea.Batch(tea.HideCursor, tea.Batch(tea.ShowCursor, fail))
	case "H":
		b.client.Store(true)
	case "P":
		b.pump.Store(true)
	}
	var cmd tea.Cmd
	b.Model, cmd = b.Model.Update(msg)
	return b, cmd
}

func (b bomb) View() string {
	if b.inView {
		panic(thrown)
	}
	return b.Model.View()
}
