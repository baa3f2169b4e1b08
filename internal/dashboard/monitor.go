package dashboard

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/monitor"
	"joltui/jolt"
	"joltui/ui"
)

// asker asks the broker about itself, over a connection of its own, while somebody wants
// to know. It is a [ui.Monitor].
type asker struct {
	config jolt.Config
	wanted chan bool // holds the latest wish
}

func newAsker(config jolt.Config) *asker {
	return &asker{config: config, wanted: make(chan bool, 1)}
}

// Watch begins to ask, or ends it. It is called by one goroutine, and does not wait.
func (a *asker) Watch(on bool) {
	select {
	case <-a.wanted: // an older wish
	default:
	}
	a.wanted <- on
}

// run asks until ctx ends. What is known is sent as it comes.
func (a *asker) run(ctx context.Context, send func(tea.Msg)) {
	var asking *monitor.Monitor
	stop := func() {
		if asking != nil {
			asking.Close()
			asking = nil
		}
	}
	defer stop()
	for {
		select {
		case on := <-a.wanted:
			stop()
			if on {
				asking = monitor.Open(monitor.Options{Config: a.config}, func(s *monitor.Snapshot) { send(ui.Monitored{Snapshot: s}) })
			}
		case <-ctx.Done():
			return
		}
	}
}
