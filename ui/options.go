package ui

import (
	"context"
	"math/rand/v2"
	"net"
	"os/exec"
	"time"

	"github.com/charmbracelet/lipgloss"

	"joltui/internal/clipboard"
	"joltui/internal/feed"
	"joltui/internal/monitor"
	"joltui/jolt"
	"joltui/ui/loop"
	"joltui/ui/theme"
)

// Client is what the dashboard asks of a [jolt.Client]. What becomes of a
// request comes back as an event, in a [Batch].
type Client interface {
	// Do sends a request and returns when it has its outcome.
	Do(ctx context.Context, r jolt.Request) (*jolt.Reply, error)
	// Start sends a request and does not wait for its outcome, which it also tells
	// to done; see [jolt.Client.Start].
	Start(ctx context.Context, r jolt.Request, done func(*jolt.Reply)) error
	// Forget stops asking for a topic after a reconnect.
	Forget(topic string)
}

// Clipboard copies text, byte for byte, and says how. It is called from commands,
// several at a time.
type Clipboard interface {
	Copy(text string) (clipboard.Copied, error)
}

// Monitor asks the broker about itself.
type Monitor interface {
	// Watch begins to ask, or ends it. What is known then comes to the [Model] as
	// [Monitored] messages. It does not wait.
	Watch(on bool)
}

// Monitored is what a [Monitor] knows.
type Monitored struct{ *monitor.Snapshot }

// Quiet says that the message may well change nothing.
func (Monitored) Quiet() {}

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
	// AskBackground asks the terminal for its background, at most once and for
	// [theme.Auto] alone. The answer, if there is one, is sent as [Background]. nil
	// leaves it at what Renderer takes it for.
	AskBackground func()
	// Terminal is asked before the window is drawn again. Without one, it is drawn
	// after each message.
	Terminal loop.Terminal
	// Wire remembers the lines on the connection, if it is told of them: see
	// [jolt.Config.Trace]. Default one that is not.
	Wire *feed.Wire
	// Theme is the theme to begin with. Default is that of Prefs, else [ThemeAuto].
	Theme theme.Theme
	// Keys are the keys that some actions have in place of their usual ones, by the names
	// of the actions; see [CheckKeys].
	Keys map[string][]string
	// Prefs keep how the screen was left. Without them it begins as usual.
	Prefs PrefStore
	// Clipboard copies for the user. Without one, the log says that it could not.
	Clipboard Clipboard
	// Bell is rung when an alert begins. nil is silence.
	Bell func()
	// Limits bound what is remembered.
	Limits feed.Limits
	// Recorder records what arrives. Without one there is no key for it.
	Recorder Recorder
	// RecordIn are the folders that are proposed for recordings, the best first.
	// Default the current one.
	RecordIn []string
	// Profiles are those that the user can switch to, in ProfilesFile. Without them
	// there is no page for it. Profile is the one in use; it may be none.
	Profiles     Profiles
	ProfilesFile string
	Profile      string
	// NotVerified says that the broker's certificate is not checked; so does the
	// header then, and the log.
	NotVerified bool
	// PasswordInClear reports whether the password has crossed a network in clear.
	// nil is never. It is called whenever the window is drawn.
	PasswordInClear func() bool
	// Notes are the first rows of the log.
	Notes []string
	// Monitor asks the broker about itself for the page of the broker. Without one there
	// is no key for it.
	Monitor Monitor
	// Player plays a recording, in place of a connection.
	Player Player
	// StartBroker is the command to suggest where there is no broker. Default
	// "joltui broker --port" with the port of Addr.
	StartBroker string

	// ReadOnly refuses to publish.
	ReadOnly bool
	// ConfirmPublish asks before anything is published.
	ConfirmPublish bool
	// History keeps what was published for the next time. Without one it is only
	// known until the dashboard ends.
	History History
	// Editor is the command that edits a payload, with its arguments.
	Editor string
	// Foreground runs a program that has the terminal, and returns when it has ended:
	// by itself, or because the dashboard has to end. Then the error is [ErrEnding].
	// Default (*exec.Cmd).Run.
	Foreground func(*exec.Cmd) error
	// Farewell takes a line to tell the user when the dashboard has ended, on the
	// goroutine that runs it. Without it nobody is told.
	Farewell func(text string)
	// Random is what templates take their random values from; by default one with a
	// seed of its own.
	Random *rand.ChaCha8
}

func (o Options) withDefaults() Options {
	if o.Addr == "" {
		o.Addr = jolt.DefaultAddr
	}
	if len(o.RecordIn) == 0 {
		o.RecordIn = []string{"."}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Foreground == nil {
		o.Foreground = (*exec.Cmd).Run
	}
	if o.Farewell == nil {
		o.Farewell = func(string) {}
	}
	if o.Renderer == nil {
		o.Renderer = lipgloss.DefaultRenderer()
	}
	if o.Wire == nil {
		o.Wire = feed.NewWire()
	}
	if o.StartBroker == "" {
		o.StartBroker = "joltui broker"
		if _, port, err := net.SplitHostPort(o.Addr); err == nil {
			o.StartBroker += " --port " + port
		}
	}
	return o
}
