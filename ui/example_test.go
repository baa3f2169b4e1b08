package ui_test

import (
	"fmt"
	"io"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"joltui/jolt"
	"joltui/ui"
	"joltui/ui/loop"
)

// A dashboard needs no network and no terminal: batches say what happens on
// the connection, and keys are messages too. A teatest sends the same.
func Example() {
	plain := lipgloss.NewRenderer(io.Discard)
	plain.SetColorProfile(termenv.Ascii)
	now := time.Date(2026, 1, 2, 12, 1, 2, 0, time.UTC)

	var m tea.Model = ui.New(ui.Options{
		Addr:     "127.0.0.1:8080",
		Topics:   []string{"orders.eu"},
		Now:      func() time.Time { return now },
		Width:    60,
		Height:   12,
		Renderer: plain,
	})
	subscribe := jolt.Request{Op: jolt.OpSubscribe, Topic: "orders.eu", Auto: true}
	m, _ = m.Update(loop.Batch{Events: []jolt.Event{
		&jolt.StateChange{At: now, State: jolt.Up, Addr: "127.0.0.1:8080", Topics: 1},
		&jolt.Reply{At: now, Sent: now, Request: subscribe, Outcome: jolt.Acknowledged},
		&jolt.Message{At: now, Topic: "orders.eu", Data: `{"id":4711,"status":"failed"}`},
	}})
	m, _ = m.Update(tea.KeyMsg{Type: tea.KeyEnter}) // go to the stream of the selected topic

	for _, row := range strings.Split(m.View(), "\n") {
		fmt.Println(strings.TrimRight(row, " "))
	}
	// Output:
	//  joltui  127.0.0.1:8080  ● connected 0 s                UTC
	// ┏ orders.eu ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┓
	// ┃▸12:01:02.000  {"id":4711,"status":"failed"}              ┃
	// ┃                                                          ┃
	// ┃                                                          ┃
	// ┃                                                          ┃
	// ┃                                                          ┃
	// ┃                                                          ┃
	// ┃                                                          ┃
	// ┃                                                          ┃
	// ┗━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┛
	//  received 1            enter inspect  tab next pane  ? help
}
