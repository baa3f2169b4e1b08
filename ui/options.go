package ui

import (
	"context"
	"errors"
	"math/rand/v2"
	"net"
	"os/exec"
	"time"

	"github.com/charmbracelet/lipgloss"

	"joltui/internal/clipboard"
	"joltui/internal/feed"
	"joltui/internal/monitor"
	"joltui/internal/trace"
	"joltui/jolt"
	"joltui/ui/loop"
	"joltui/ui/paths"
	"joltui/ui/theme"
)

// Client is what the dashboard uses of a [jolt.Client]. The outcome of a request comes back
// as an event, in a [loop.Batch]. The methods are called from commands, on several
// goroutines at once.
type Client interface {
	// Do sends a request and returns when it has its outcome.
	Do(ctx context.Context, r jolt.Request) (*jolt.Reply, error)
	// Start sends a request and does not wait for its outcome; done is called with it, as
	// well. See [jolt.Client.Start].
	Start(ctx context.Context, r jolt.Request, done func(*jolt.Reply)) error
	// Forget stops asking for a topic after a reconnect.
	Forget(topic string)
}

// Clipboard is the clipboard of the user.
type Clipboard interface {
	// Copy copies text, byte for byte, and says how. It is called from commands, on
	// several goroutines at once.
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

// ErrEnding says that a program in the terminal was ended before it was done, because the
// dashboard has to end.
var ErrEnding = errors.New("the dashboard ended meanwhile")

// Options is what a dashboard works with. The zero value works: it shows what it is sent,
// and sends no requests.
type Options struct {
	// Client carries out what the user asks for. Without one, the log says that it could
	// not be done.
	Client Client
	// Addr and User are shown until those of the connection are known. Addr is the
	// broker's host:port, by default [jolt.DefaultAddr].
	Addr, User string
	// Topics are the topics that the client subscribes to by itself.
	Topics []string
	// Groups keeps saved lists of topics. Without it none can be saved.
	Groups Groups
	// Now is the clock, by default time.Now. Times are shown in its location.
	Now func() time.Time
	// Width and Height are the size of the window in cells. While they are 0,
	// nothing is drawn before the first [tea.WindowSizeMsg].
	Width, Height int
	// Renderer knows the terminal's colours; by default [lipgloss.DefaultRenderer].
	Renderer *lipgloss.Renderer
	// AskBackground asks the terminal for its background, at most once and for
	// [theme.Auto] alone. The answer, if there is one, is sent as [Background]. nil
	// leaves it at what Renderer takes it for.
	AskBackground func()
	// Terminal tells when the window can be drawn again. Without one, it is drawn after
	// each message.
	Terminal loop.Terminal
	// Wire keeps the lines on the connection, which [jolt.Config.Trace] passes to it. By
	// default it is one that gets none.
	Wire *trace.Trace
	// Theme is the theme to begin with; by default that of Prefs, else [theme.Auto].
	Theme theme.Theme
	// Keys are the keys of actions in place of their default ones, by the names of the
	// actions; see [CheckKeys].
	Keys map[string][]string
	// Prefs keeps how the user left the screen. Without it the dashboard begins with the
	// defaults.
	Prefs PrefStore
	// Clipboard is the clipboard of the user. Without one, the log says that nothing was
	// copied.
	Clipboard Clipboard
	// Bell is called, in a command, when an alert begins; nil is silence.
	Bell func()
	// Limits bounds what the feed keeps in memory.
	Limits feed.Limits
	// Recorder records what arrives. Without one there is no key for it.
	Recorder Recorder
	// RecordIn are the folders that are proposed for recordings, the best first; by
	// default the current one.
	RecordIn []string
	// Profiles reads the profiles in ProfilesFile, to which the user can switch. Without
	// it there is no page of them. Profile is the name of the one in use, or "".
	Profiles     Profiles
	ProfilesFile string
	Profile      string
	// ProfileColour is the colour of the profile's name in the header, one of
	// [config.Colours]; empty for none.
	ProfileColour string
	// TLS means that the connection is encrypted; the header then says so.
	TLS bool
	// Retry means that whoever runs the dashboard begins anew if [Model.Retry] says so.
	Retry bool
	// NotVerified means that the broker's certificate is not verified; the header and the
	// log then say so.
	NotVerified bool
	// PasswordInClear reports whether the password has crossed a network in clear; nil
	// means never. It is called whenever the window is drawn.
	PasswordInClear func() bool
	// Notes are the first rows of the log.
	Notes []string
	// Monitor asks the broker about itself for the page of the broker. Without one there
	// is no key for it.
	Monitor Monitor
	// BrokerFirst opens that page at the start.
	BrokerFirst bool
	// Player plays a recording, in place of a connection.
	Player Player
	// Replay returns the command that plays the recording at a path, on the terminal; nil
	// where there is none. Recordings are looked for in the first folder of RecordIn.
	Replay func(path string) *exec.Cmd
	// StartBroker is the command to suggest where there is no broker; by default "joltui
	// broker --port" with the port of Addr.
	StartBroker string
	// OwnBroker is a broker that this program can run itself, at the address of Client.
	// Without one there are no keys for it.
	OwnBroker OwnBroker
	// Tour begins with a short tour of the keys to begin with, which the user can leave.
	Tour bool

	// Away keeps the dashboard away from the machine that it runs on, because its user is not
	// at home there: it reads and writes no file, starts no program, and cannot be suspended.
	// Of these options it takes none that would lead there.
	Away bool
	// Files are the files that the user may name. Without them none can be read.
	Files paths.Files
	// Context ends when the program has ended, and repetitions with it; by default never.
	Context context.Context
	// Filter is the filter to begin with, as the user would type it.
	Filter string
	// ReadOnly refuses to publish.
	ReadOnly bool
	// ConfirmPublish asks the user before anything is published.
	ConfirmPublish bool
	// History keeps what was published for the next run. Without one it is kept only
	// until the dashboard ends.
	History History
	// Editor is the command that edits a payload, with its arguments.
	Editor string
	// Foreground runs a program in the terminal, and returns when it has ended: by itself,
	// or because the dashboard has to end; the error is then [ErrEnding]. By default it is
	// (*exec.Cmd).Run.
	Foreground func(*exec.Cmd) error
	// Farewell is called with a line that the user should see after the dashboard has
	// ended, on the goroutine that runs the program. Without it the line is lost.
	Farewell func(text string)
	// Random is the source of the random values of templates; by default one with a random
	// seed.
	Random *rand.ChaCha8
}

// Why something is not there.
const (
	away    = "this dashboard runs on another machine than yours"
	noFiles = "there are no files here"
)

// stayAway leaves out all that leads to the machine.
func (o *Options) stayAway() {
	o.Files, o.Groups, o.Prefs, o.History, o.Recorder, o.RecordIn = nil, nil, nil, nil, nil, nil
	o.Profiles, o.ProfilesFile, o.Replay, o.Editor, o.OwnBroker = nil, "", nil, "", nil
	o.Foreground = func(*exec.Cmd) error { return errors.New(away) }
}

// noMachine words why something of the machine is not there; otherwise is the reason of a
// dashboard that is not [Options.Away].
func (s *shell) noMachine(otherwise string) string {
	if s.options.Away {
		return away
	}
	return otherwise
}

// noDoors says why there is no editor, and no file, or "" where there are.
func (o *Options) noDoors() (noEditor, noFile string) {
	switch {
	case o.Away:
		return away, away
	case o.Files == nil:
		return "", noFiles
	default:
		return "", ""
	}
}

func (o Options) withDefaults() Options {
	if o.Away {
		o.stayAway()
	}
	if o.Context == nil {
		o.Context = context.Background()
	}
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
		o.Wire = trace.New()
	}
	if o.StartBroker == "" {
		o.StartBroker = "joltui broker"
		if _, port, err := net.SplitHostPort(o.Addr); err == nil {
			o.StartBroker += " --port " + port
		}
	}
	return o
}
