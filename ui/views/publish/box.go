package publish

import (
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/ui/keys"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
)

// MaxPayload bounds the payload that can be written in the box, in bytes: it is the line
// limit of joltui's broker.
const MaxPayload = 1 << 20

// Box is the publish box, where messages are written: a row for the topic, and the payload
// below. Without the focus the topic is in the title. It keeps its draft while it has no
// focus, and until [Box.Sent] is called.
type Box struct {
	styles   *kit.Styles
	actions  keys.Set[*Box]
	prompt   kit.PromptKeys // while the history is searched
	clock    func() time.Time
	w, h     int
	focused  bool
	onTopic  bool   // the cursor is in the topic, not the payload
	typed    bool   // the topic belongs to the draft; it is not a proposal
	proposed string // the topic of the selection; empty for none
	known    []string
	template bool     // the payload is a template
	refusal  string   // why the latest key press had no effect
	asked    string   // what the user was asked about the draft; the same key again is a yes
	outcome  *outcome // nil for none
	topic    kit.Editor
	payload  kit.Editor
	history  history
	search   *historySearch // nil while there is none
	checked  check
	latest   intent.Publish // the latest message that was sent
	times    uint64         // how many times in a row it was sent
	sends    int            // how many messages were sent
	repeat   *feed.Repeat
}

// New returns an empty box. ask has the keys for the search of the history, clock the time
// for previews of templates.
func New(s *kit.Styles, a keys.Set[*Box], ask kit.PromptKeys, clock func() time.Time) *Box {
	return &Box{styles: s, actions: a, prompt: ask, clock: clock, payload: kit.Editor{Limit: MaxPayload}}
}

// SetSize sets the outer size in cells.
func (p *Box) SetSize(w, h int) { p.w, p.h = w, h }

// Focus gives the box the focus. The cursor goes to the payload, or to the topic if that is
// empty: then known are the topics that it completes to, the best first.
func (p *Box) Focus(known []string) {
	p.focused, p.known = true, known
	p.onTopic = p.topic.Bytes == 0
}

// Blur takes the focus away. The draft stays, and with it its topic.
func (p *Box) Blur() {
	p.focused, p.refusal, p.asked, p.search = false, "", "", nil
	p.followSelection()
}

// ShortHelp lists the keys that matter most here.
func (p *Box) ShortHelp() []key.Binding {
	if p.search != nil {
		return []key.Binding{p.actions.Key("publish.search"), *p.prompt.Accept, *p.prompt.Cancel}
	}
	send := p.actions.Key("publish.send")
	send.SetHelp(send.Help().Key, p.enterWords())
	return append([]key.Binding{send}, p.actions.Keys("publish.switch", "publish.leave", "publish.newline", "publish.search",
		"publish.repeat", "publish.editor", "publish.load", "publish.template", "publish.format")...)
}

// Update edits the draft, or runs the action of a key, while the box has the focus.
func (p *Box) Update(press tea.KeyMsg) kit.Intent {
	if !p.focused {
		return nil
	}
	p.refusal = ""
	if asked := p.asked; asked != "" {
		defer func() {
			if p.asked == asked { // another key is no yes
				p.asked = ""
			}
		}()
	}
	if p.repeat != nil && p.repeat.Ended {
		p.repeat = nil
	}
	if p.search != nil {
		p.searchKey(press)
		return nil
	}
	if in, done := p.actions.Press(p, press, nil); done {
		return in
	}
	if p.onTopic {
		p.editTopic(press)
	} else if !p.payload.Edit(press) && kit.IsText(press) {
		p.insert(&p.payload, kit.LineFeeds(press.Runes))
	}
	return nil
}

func (p *Box) insert(e *kit.Editor, text []rune) {
	if !e.Insert(text) {
		p.refusal = "not inserted: a payload has at most 1 MiB"
	}
}

// searchKey accepts the message that was found, cancels the search, or goes on with it.
func (p *Box) searchKey(press tea.KeyMsg) {
	switch {
	case key.Matches(press, *p.prompt.Accept):
		if at, found := p.search.current(); found {
			p.recall(func(now intent.Publish) (intent.Publish, bool) {
				p.history.start(now)
				return p.history.goTo(now, at)
			})
			p.onTopic = false
		}
		p.search = nil
	case key.Matches(press, *p.prompt.Cancel):
		p.search = nil
	default:
		p.searchOn(press)
	}
}

// searchOn goes to another hit, or edits the text that is searched for.
func (p *Box) searchOn(press tea.KeyMsg) {
	switch a := p.actions; {
	case key.Matches(press, a.Key("publish.search"), a.Key("publish.older")):
		p.search.step(+1)
	case key.Matches(press, a.Key("publish.newer")):
		p.search.step(-1)
	default:
		p.search.edit(press)
	}
}

// recall shows the message of the history that step goes to.
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
