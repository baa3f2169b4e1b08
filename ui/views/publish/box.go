package publish

import (
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
)

// MaxPayload is the longest payload that can be written here, in bytes: the line
// limit of joltui's broker.
const MaxPayload = 1 << 20

// PublishBox is where messages are written: the topic in its title, the
// payload below. It keeps its draft while it has no focus, and until it is told
// that the message was sent.
type Box struct {
	styles   *kit.Styles
	keys     Keys
	clock    func() time.Time
	w, h     int
	focused  bool
	onTopic  bool   // the cursor is in the topic, not the payload
	typed    bool   // the topic is the user's own, not a proposal
	template bool   // the payload is one
	refusal  string // why the last key did not do what it should
	topic    kit.Editor
	payload  kit.Editor
	history  history
	search   *historySearch // nil while there is none
	checked  check
	latest   intent.Publish // that was sent
	times    uint64         // that the latest was sent, one after the other
	sends    int            // messages sent
	repeat   *feed.Repeat
}

// NewPublishBox returns an empty box. The clock is for examples of what a
// template makes.
func New(s *kit.Styles, k Keys, clock func() time.Time) *Box {
	return &Box{styles: s, keys: k, clock: clock, payload: kit.Editor{Limit: MaxPayload}}
}

// SetSize sets the outer size in cells.
func (p *Box) SetSize(w, h int) { p.w, p.h = w, h }

// SetTopic proposes a topic. It is used unless the user has typed one.
func (p *Box) SetTopic(topic string) {
	if !p.typed && topic != p.topic.String() {
		p.topic.Set(topic)
	}
}

// Focus gives the box the keys. The cursor goes to the payload, or to the topic
// if there is none. Nothing has to be run for it: the cursor does not blink.
func (p *Box) Focus() tea.Cmd {
	p.focused = true
	p.onTopic = p.topic.Bytes == 0
	return nil
}

// Blur takes the keys away. The draft stays.
func (p *Box) Blur() {
	p.focused, p.refusal, p.search = false, "", nil
	p.typed = p.typed && p.topic.Bytes > 0
}

// ShortHelp lists the keys that matter most here.
func (p *Box) ShortHelp() []key.Binding {
	k := &p.keys
	if p.search != nil {
		return []key.Binding{k.Search, k.Ask.Accept, k.Ask.Cancel}
	}
	return []key.Binding{k.Send, k.NewLine, k.Switch, k.Search, k.Editor, k.Load, k.Repeat, k.Template, k.Format, k.Leave}
}

// Update takes a key while the box has the focus.
func (p *Box) Update(msg tea.Msg) (kit.Intent, tea.Cmd) {
	press, ok := msg.(tea.KeyMsg)
	if !ok || !p.focused {
		return nil, nil
	}
	p.refusal = ""
	if p.repeat != nil && p.repeat.Ended {
		p.repeat = nil
	}
	if p.search != nil {
		p.searchKey(press)
		return nil, nil
	}
	if intent, done := p.command(press); done {
		return intent, nil
	}
	if p.onTopic {
		p.editTopic(press)
	} else {
		p.editPayload(press)
	}
	return nil, nil
}

// command does what works wherever the cursor is, and reports whether press was
// that.
func (p *Box) command(press tea.KeyMsg) (asked kit.Intent, done bool) {
	k := &p.keys
	switch {
	case key.Matches(press, k.Leave):
		return kit.Leave{}, true
	case key.Matches(press, k.Send):
		return p.send(), true
	case key.Matches(press, k.Repeat):
		return p.askRepeat(), true
	case key.Matches(press, k.Editor):
		return EditDraft{}, true
	case key.Matches(press, k.Load):
		return AskFile{}, true
	case key.Matches(press, k.Switch):
		p.onTopic = !p.onTopic
	case key.Matches(press, k.Search):
		p.search = newHistorySearch(p.history.messages)
	case key.Matches(press, k.Template):
		p.template = !p.template
	case key.Matches(press, k.Format):
		p.format()
	default:
		return nil, false
	}
	return nil, true
}

func (p *Box) editPayload(press tea.KeyMsg) {
	switch {
	case key.Matches(press, p.keys.NewLine):
		p.insert(&p.payload, []rune{'\n'})
	case key.Matches(press, p.keys.Older) && p.payload.OnFirstLine():
		p.recall(p.history.older)
	case key.Matches(press, p.keys.Newer) && p.payload.OnLastLine():
		p.recall(p.history.newer)
	case !p.payload.Edit(press) && kit.IsText(press):
		p.insert(&p.payload, kit.LineFeeds(press.Runes))
	}
}

func (p *Box) editTopic(press tea.KeyMsg) {
	if !p.topic.Edit(press) {
		if !kit.IsText(press) {
			return
		}
		text := kit.LineFeeds(press.Runes)
		for len(text) > 0 && text[len(text)-1] == '\n' { // copied along with a whole line
			text = text[:len(text)-1]
		}
		p.insert(&p.topic, text)
	}
	p.typed = true
}

func (p *Box) insert(e *kit.Editor, text []rune) {
	if !e.Insert(text) {
		p.refusal = "not inserted: a payload has at most 1 MiB"
	}
}

// searchKey takes what was found, gives the search up, or goes on with it.
func (p *Box) searchKey(press tea.KeyMsg) {
	switch {
	case key.Matches(press, p.keys.Ask.Accept):
		if at, found := p.search.current(); found {
			p.recall(func(now intent.Publish) (intent.Publish, bool) {
				p.history.start(now)
				return p.history.goTo(now, at)
			})
			p.onTopic = false
		}
		p.search = nil
	case key.Matches(press, p.keys.Ask.Cancel):
		p.search = nil
	default:
		p.search.update(press, p.keys)
	}
}

// recall shows another message of the history.
func (p *Box) recall(step func(now intent.Publish) (intent.Publish, bool)) {
	if then, ok := step(p.Message()); ok {
		p.show(then)
	}
}

func (p *Box) show(m intent.Publish) {
	p.typed = p.typed || m.Topic != p.topic.String()
	p.topic.Set(m.Topic)
	p.payload.Set(m.Data)
	p.template = m.Template
}
