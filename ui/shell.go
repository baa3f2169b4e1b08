package ui

import (
	"context"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/jolt"
	"joltui/ui/keys"
	"joltui/ui/loop"
	"joltui/ui/views/kit"
)

// shell is what every feature may use: the feed, the clock, the styles, prompt and
// question, pages, notices and requests. Features change it in Update only.
type shell struct {
	options Options
	styles  kit.Styles // one value, replaced in place when the theme changes
	feed    *feed.Feed
	now     time.Time // of the latest Update, for which View draws

	table       keys.Table // every action
	moves       *kit.MoveKeys
	moveSet     keys.Set[keys.Mover]
	promptKeys  keys.Set[*kit.Prompt]
	confirmKeys keys.Set[*kit.Confirm]

	prompt  *kit.Prompt
	confirm *kit.Confirm
	pages
	notices
	requests

	keepWindow bool // View returns the latest window: a message that changes it again is on its way

	// Methods of the model, which sets them: they involve all features.
	do      func(kit.Intent) tea.Cmd // carries out an intent
	apply   func(loop.Batch)         // applies a batch to the feed
	restart func()                   // releases what belongs to a feed that is gone
	kept    func(all bool) []string  // names what would be lost
}

func newShell(o Options) *shell {
	s := &shell{
		options: o, feed: feed.New(o.Limits), requests: requests{client: o.Client},
		promptKeys: keys.Prompt(), confirmKeys: keys.Confirm(),
	}
	s.moveSet, s.moves = keys.Moves()
	s.now = s.clock()
	s.prompt = kit.NewPrompt(&s.styles, keys.PromptKeys(s.promptKeys))
	s.confirm = kit.NewConfirm(&s.styles, keys.ConfirmKeys(s.confirmKeys))
	return s
}

// clock returns the current time; while a recording is played, the time in the recording,
// so that rates and ages are what they were.
func (s *shell) clock() time.Time {
	if s.options.Player != nil {
		return s.options.Player.Now()
	}
	return s.options.Now()
}

// key returns the keys of an action, by its name.
func (s *shell) key(action string) key.Binding { return s.table.Key(action) }

// send adds requests to the log and sends them, after those that are queued.
func (s *shell) send(all ...jolt.Request) tea.Cmd {
	if !s.record(all) {
		return nil
	}
	return s.enqueue(all)
}

// record gives requests their numbers and adds them to the log. It returns false if there is
// nobody to send them, and says so.
func (s *shell) record(all []jolt.Request) bool {
	if s.client == nil {
		for _, r := range all {
			s.note(r.String() + " not sent: this dashboard only watches")
		}
		return false
	}
	for i := range all {
		s.lastRef++
		all[i].Ref = s.lastRef
	}
	s.feed.Log().BeginAll(all, s.now)
	return true
}

// enqueue sends requests, which the log has, after those that are queued.
func (s *shell) enqueue(all []jolt.Request) tea.Cmd {
	s.queue = append(s.queue, all)
	return s.sendNext()
}

// answered sends the next requests of the queue once the client has none.
func (s *shell) answered() tea.Cmd {
	s.pending--
	return s.sendNext()
}

// requestTimeout is how long a command waits for the outcome of its request. The client's
// own time-out for replies is as long; this one is only for a request that the client does
// not end.
const requestTimeout = 10 * time.Second

// requests is the queue of requests for the client. Bubble Tea runs each command on a
// goroutine of its own, in no order. So that two messages are published in the order in
// which they were typed, the requests of one intent are only sent when those of the one
// before have their outcomes.
type requests struct {
	client  Client
	lastRef uint64
	queue   [][]jolt.Request
	pending int // how many requests the client has
}

// answeredMsg says that a request has its outcome. The outcome itself comes only as an
// event.
type answeredMsg struct{}

func (r *requests) sendNext() tea.Cmd {
	if r.pending > 0 || len(r.queue) == 0 {
		return nil
	}
	next := r.queue[0]
	r.queue = r.queue[1:]
	r.pending = len(next)
	cmds := make([]tea.Cmd, len(next))
	for i, request := range next {
		cmds[i] = doRequest(r.client, request)
	}
	return tea.Batch(cmds...)
}

func doRequest(client Client, r jolt.Request) tea.Cmd {
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), requestTimeout)
		defer cancel()
		client.Do(ctx, r)
		return answeredMsg{}
	}
}

// forget returns the command that has the client forget a topic. The client may be busy for
// a moment, so Update must not call it.
func (r *requests) forget(topic string) tea.Cmd {
	client := r.client
	if client == nil {
		return nil
	}
	return func() tea.Msg {
		client.Forget(topic)
		return nil
	}
}

// notices is the notice in the footer, which disappears after a while.
type notices struct {
	said   string
	saidAt time.Time
}

// sayTime is how long the footer shows a notice.
const sayTime = 4 * time.Second

// note adds a row to the log.
func (s *shell) note(text string) { s.feed.Log().Note(s.now, text) }

// fail adds a failure to the log: what the dashboard could not do for the user.
func (s *shell) fail(text string) { s.feed.Log().Fail(s.now, text) }

// mention shows a notice in the footer: what a key did, where the screen alone might not
// show it. What the user may want to find again goes into the log.
func (s *shell) mention(text string) { s.said, s.saidAt = text, s.now }

// say adds a row to the log, and shows it in the footer, too, since a page may cover the
// log.
func (s *shell) say(text string) {
	s.note(text)
	s.mention(text)
}

// sayFailed is say for a failure.
func (s *shell) sayFailed(text string) {
	s.fail(text)
	s.mention(text)
}

// saying returns the notice that the footer shows now, or "".
func (s *shell) saying() string {
	if s.now.Sub(s.saidAt) >= sayTime {
		return ""
	}
	return s.said
}

// Told is a message that tells the [Model] what its user has to know now: it is shown in the
// footer and kept in the log.
type Told struct{ Text string }

// Stopped is a message that tells the [Model] that the whole process was stopped, as by
// ctrl+z or SIGSTOP, from From to To.
type Stopped struct{ From, To time.Time }

// stopped tells the user: messages that came meanwhile get the time at which they are read
// now, and those that the broker has dropped are only seen as a gap.
func (m *Model) stopped(s Stopped) {
	words := "stopped for " + human.Duration(s.To.Sub(s.From))
	m.note(words + ", until " + s.To.Format(time.TimeOnly) +
		": what waited for it is received now, with the time of now; where the broker gave up waiting, a gap says so")
	m.mention(words)
}
