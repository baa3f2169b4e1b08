package ui

import (
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/jolt"
	"joltui/ui/keys"
	"joltui/ui/loop"
	"joltui/ui/views/kit"
)

// shell is what every feature may use: what the dashboard knows, how it looks, and how
// it speaks to its user and to the client. Features change it in Update only.
type shell struct {
	options Options
	styles  kit.Styles // one value, replaced in place with the theme
	feed    *feed.Feed
	now     time.Time // of the latest Update; what is drawn is as of then

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

	keep bool // what was drawn is good enough: what changes it for certain is on its way

	// What only all features together can do; the model sets it.
	do      func(kit.Intent) tea.Cmd // what a pane asked for
	apply   func(loop.Batch)         // books what happened
	restart func()                   // forgets what is of a feed that is gone
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

// clock is the time that counts: that of the recording where one is played, so
// that rates and ages are what they were.
func (s *shell) clock() time.Time {
	if s.options.Player != nil {
		return s.options.Player.Now()
	}
	return s.options.Now()
}

// key returns the keys of an action, by its name.
func (s *shell) key(action string) key.Binding { return s.table.Key(action) }

// send enters requests in the log and has them sent.
func (s *shell) send(all ...jolt.Request) tea.Cmd {
	if s.client == nil {
		for _, r := range all {
			s.note(r.String() + " not sent: this dashboard only watches")
		}
		return nil
	}
	for i := range all {
		s.lastRef++
		all[i].Ref = s.lastRef
		s.feed.Log().Begin(all[i], s.now)
	}
	s.queue = append(s.queue, all)
	return s.sendNext()
}

// answered goes on with the queue when nothing is with the client any more.
func (s *shell) answered() tea.Cmd {
	s.pending--
	return s.sendNext()
}
