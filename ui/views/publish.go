package views

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/printable"
)

const (
	// maxPayload is the longest payload that can be written here, in bytes: the
	// line limit of joltui's broker.
	maxPayload = 1 << 20
	// maxPayloadRows is how many lines of a payload the box grows to.
	maxPayloadRows = 6
)

// PublishBox is where messages are written: the topic in its title, the
// payload below. It keeps its draft while it has no focus.
type PublishBox struct {
	styles  *Styles
	keys    PublishKeys
	w, h    int
	focused bool
	onTopic bool   // the cursor is in the topic, not the payload
	typed   bool   // the topic is the user's own, not a proposal
	refusal string // why the last key did not do what it should
	topic   editor
	payload editor
	history history
}

// NewPublishBox returns an empty box.
func NewPublishBox(s *Styles, k PublishKeys) *PublishBox {
	return &PublishBox{styles: s, keys: k, payload: editor{limit: maxPayload}}
}

// SetSize sets the outer size in cells.
func (p *PublishBox) SetSize(w, h int) { p.w, p.h = w, h }

// SetTopic proposes a topic. It is used unless the user has typed one.
func (p *PublishBox) SetTopic(topic string) {
	if !p.typed && topic != p.topic.String() {
		p.topic.set(topic)
	}
}

// Focus gives the box the keys. The cursor goes to the payload, or to the topic
// if there is none. Nothing has to be run for it: the cursor does not blink.
func (p *PublishBox) Focus() tea.Cmd {
	p.focused = true
	p.onTopic = p.topic.bytes == 0
	return nil
}

// Blur takes the keys away. The draft stays.
func (p *PublishBox) Blur() {
	p.focused, p.refusal = false, ""
	p.typed = p.typed && p.topic.bytes > 0
}

// Height is how many rows the box would like to have, border included, at most
// maxRows: it grows with the lines of the payload.
func (p *PublishBox) Height(maxRows int) int {
	return min(min(p.payload.lines(), maxPayloadRows)+2, maxRows)
}

// ShortHelp lists the keys that matter most here.
func (p *PublishBox) ShortHelp() []key.Binding {
	return []key.Binding{p.keys.Send, p.keys.NewLine, p.keys.Switch, p.keys.Leave}
}

// Update takes a key while the box has the focus.
func (p *PublishBox) Update(msg tea.Msg) (Intent, tea.Cmd) {
	press, ok := msg.(tea.KeyMsg)
	if !ok || !p.focused {
		return nil, nil
	}
	p.refusal = ""
	switch {
	case key.Matches(press, p.keys.Leave):
		return Leave{}, nil
	case key.Matches(press, p.keys.Send):
		return p.send(), nil
	case key.Matches(press, p.keys.Switch):
		p.onTopic = !p.onTopic
	case p.onTopic:
		p.editTopic(press)
	case key.Matches(press, p.keys.NewLine):
		p.insert(&p.payload, []rune{'\n'})
	case key.Matches(press, p.keys.Older) && p.payload.onFirstLine():
		p.recall(p.history.older)
	case key.Matches(press, p.keys.Newer) && p.payload.onLastLine():
		p.recall(p.history.newer)
	case !p.payload.edit(press) && isText(press):
		p.insert(&p.payload, lineFeeds(press.Runes))
	}
	return nil, nil
}

func (p *PublishBox) editTopic(press tea.KeyMsg) {
	if !p.topic.edit(press) {
		if !isText(press) {
			return
		}
		text := lineFeeds(press.Runes)
		for len(text) > 0 && text[len(text)-1] == '\n' { // copied along with a whole line
			text = text[:len(text)-1]
		}
		p.insert(&p.topic, text)
	}
	p.typed = true
}

func (p *PublishBox) insert(e *editor, text []rune) {
	if !e.insert(text) {
		p.refusal = "not inserted: a payload has at most 1 MiB"
	}
}

// send asks to publish what is written. An empty payload is a message too.
func (p *PublishBox) send() Intent {
	if p.topic.bytes == 0 {
		p.onTopic, p.refusal = true, "type a topic first"
		return nil
	}
	message := Publish{Topic: p.topic.String(), Data: p.payload.String()}
	p.payload.set(p.history.sent(message))
	p.onTopic = false
	return message
}

// recall shows another message of the history.
func (p *PublishBox) recall(step func(now Publish) (Publish, bool)) {
	now := Publish{p.topic.String(), p.payload.String()}
	then, ok := step(now)
	if !ok {
		return
	}
	p.typed = p.typed || then.Topic != now.Topic
	p.topic.set(then.Topic)
	p.payload.set(then.Data)
}

// View draws the box.
func (p *PublishBox) View() []string {
	inner := Rect{W: p.w, H: p.h}.Inner()
	rows := p.payload.view(p.styles, inner.W, inner.H, p.focused && !p.onTopic)
	return p.panel().View(*p.styles, p.w, p.h, rows)
}

// panel has the topic in its title, where it is edited in place. A note that
// would not leave room for it is left out; a refusal takes its place.
func (p *PublishBox) panel() Panel {
	const least = 8
	s, panel := p.styles, Panel{Note: p.note(), Focused: p.focused}
	panel.Title = []Span{{s.Strong, "Publish"}, {s.Border, " ─ "}}
	prefix := spansWidth(panel.Title)
	if panel.titleRoom(p.w) < prefix+least {
		if p.refusal != "" {
			panel.Title, panel.Note = panel.Note, nil
			return panel
		}
		panel.Note = nil
	}
	panel.Title = append(panel.Title, p.topicSpans(panel.titleRoom(p.w)-prefix)...)
	return panel
}

func (p *PublishBox) topicSpans(width int) []Span {
	switch {
	case p.focused && p.onTopic:
		return p.topic.spans(p.styles, 0, len(p.topic.text), width, true)
	case p.topic.bytes == 0:
		return fitted(Span{p.styles.Dim, "no topic"}, width)
	default:
		return fitted(Span{p.styles.Accent, printable.Prefix(p.topic.String(), max(width, 0)+1)}, width)
	}
}

func (p *PublishBox) note() []Span {
	switch at, of := p.history.place(); {
	case p.refusal != "":
		return []Span{{p.styles.Error, p.refusal}}
	case at < of:
		return []Span{{p.styles.Dim, "history " + Count(uint64(at+1)) + " of " + Count(uint64(of))}}
	case p.payload.bytes >= 10_000:
		return []Span{{p.styles.Dim, Bytes(uint64(p.payload.bytes))}}
	default:
		return nil
	}
}

// isText reports whether a key is text and no command.
func isText(press tea.KeyMsg) bool {
	return (press.Type == tea.KeyRunes || press.Type == tea.KeySpace) && !press.Alt
}

// lineFeeds makes every line end one line feed: terminals send a carriage
// return for each line end of a paste.
func lineFeeds(text []rune) []rune {
	if !slices.Contains(text, '\r') {
		return text
	}
	out := make([]rune, 0, len(text))
	for i, r := range text {
		switch {
		case r != '\r':
			out = append(out, r)
		case i+1 == len(text) || text[i+1] != '\n':
			out = append(out, '\n')
		}
	}
	return out
}
