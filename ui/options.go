package ui

import (
	"context"
	"net"
	"time"

	"github.com/charmbracelet/lipgloss"

	"joltui/feed"
	"joltui/jolt"
)

// Client is what the dashboard asks of a [jolt.Client]. What becomes of a
// request comes back as an event, in a [Batch].
type Client interface {
	// Do sends a request and returns when it has its outcome.
	Do(ctx context.Context, r jolt.Request) (*jolt.Reply, error)
	// Forget stops asking for a topic after a reconnect.
	Forget(topic string)
}

// Options say what a dashboard works with. The zero value works: it shows what
// it is sent, and asks for nothing.
type Options struct {
	// Client carries out what the user asks for. Without one, the log says
	// that it could not be done.
	Client Client
	// Addr and User are shown until the connection says more. Addr is the
	// broker's host:port, by default [jolt.DefaultAddr].
	Addr, User string
	// Topics are those that the client subscribes to by itself.
	Topics []string
	// Groups keeps saved lists of topics. Without it none can be saved.
	Groups Groups
	// Now is the clock, by default time.Now. Times are shown in its location.
	Now func() time.Time
	// Width and Height are the size of the window in cells. While they are 0,
	// nothing is drawn before the first [tea.WindowSizeMsg].
	Width, Height int
	// Renderer knows the terminal's colours. Default [lipgloss.DefaultRenderer].
	Renderer *lipgloss.Renderer
	// Limits bound what is remembered.
	Limits feed.Limits
	// StartBroker is the command to suggest where there is no broker. Default
	// "joltui broker --port" with the port of Addr.
	StartBroker string
}

func (o Options) withDefaults() Options {
	if o.Addr == "" {
		o.Addr = jolt.DefaultAddr
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Renderer == nil {
		o.Renderer = lipgloss.DefaultRenderer()
	}
	if o.StartBroker == "" {
		o.StartBroker = "joltui broker"
		if _, port, err := net.SplitHostPort(o.Addr); err == nil {
			o.StartBroker += " --port " + port
		}
	}
	return o
}
