package dashboard

import (
	"io"
	"os"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/jolt"
)

// Terminal is what a dashboard is shown on, and what it sees of the process around it.
type Terminal struct {
	In, Out *os.File
	Err     io.Writer // for what is told when the screen is gone
	Getenv  func(string) string
	Hooks   Hooks
}

// Hooks let a test into a running dashboard, to break it on purpose. Each
// returns what is to be used in place of what it is given. joltui has none.
type Hooks struct {
	Model   func(tea.Model) tea.Model
	Handler func(func([]jolt.Event)) func([]jolt.Event) // runs on the client's goroutines
	Send    func(func(tea.Msg)) func(tea.Msg)           // runs on the pump's goroutine
}

func (h Hooks) model(m tea.Model) tea.Model                           { return hooked(h.Model, m) }
func (h Hooks) handler(f func([]jolt.Event)) func(batch []jolt.Event) { return hooked(h.Handler, f) }
func (h Hooks) send(f func(tea.Msg)) func(tea.Msg)                    { return hooked(h.Send, f) }

func hooked[T any](hook func(T) T, v T) T {
	if hook == nil {
		return v
	}
	return hook(v)
}
