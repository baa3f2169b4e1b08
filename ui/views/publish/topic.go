package publish

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/ui/views/kit"
)

// SetTopic proposes the topic of the selection; empty is none. It becomes that of the box
// unless a draft stands there with a topic of its own. Without a selection the topic of the
// latest message stays.
func (p *Box) SetTopic(topic string) {
	p.proposed = topic
	if !p.typed && topic != "" && topic != p.topic.String() {
		p.topic.Set(topic)
	}
}

// UseTopic sets the topic as if the user had typed it, and puts the cursor in the payload.
func (p *Box) UseTopic(topic string) {
	p.topic.Set(topic)
	p.typed, p.onTopic = true, false
}

// followSelection lets go of a topic that was typed, or came with a message of the history,
// once there is no draft that it could belong to. A draft keeps the topic that it was
// written for.
func (p *Box) followSelection() {
	if p.typed = p.payload.Bytes > 0 && p.topic.Bytes > 0; p.typed {
		return
	}
	p.SetTopic(p.proposed)
}

// editTopic edits the topic. A text that looks like a payload is taken for one.
func (p *Box) editTopic(press tea.KeyMsg) {
	if !p.topic.Edit(press) {
		if !kit.IsText(press) {
			return
		}
		text := kit.LineFeeds(press.Runes)
		if p.topic.Bytes == 0 && isPayload(text) {
			p.onTopic = false
			p.insert(&p.payload, text)
			p.refusal = "taken for the payload: a topic is named in the row above"
			return
		}
		for len(text) > 0 && text[len(text)-1] == '\n' { // copied along with a whole line
			text = text[:len(text)-1]
		}
		if slices.Contains(text, '\n') {
			p.refusal = "not inserted: a topic is one line"
			return
		}
		p.insert(&p.topic, text)
	}
	p.typed = true
}

// isPayload reports whether a text is most likely no topic.
func isPayload(text []rune) bool {
	return len(text) > 0 && strings.ContainsRune("{[\n", text[0])
}

// completions are the known topics that the one being typed could become, the best first.
func (p *Box) completions() (all []string) {
	typed := p.topic.String()
	for _, topic := range p.known {
		if topic != typed && topic != "" && strings.HasPrefix(topic, typed) {
			all = append(all, topic)
		}
	}
	return all
}

// switchField goes to the payload, or back to the topic. A topic that could become one that
// is known does so first; with nothing typed one goes on without.
func (p *Box) switchField() {
	if all := p.completions(); p.onTopic && len(all) > 0 && !slices.Contains(p.known, p.topic.String()) {
		p.topic.Set(all[0])
		p.typed = true
		return
	}
	p.onTopic = !p.onTopic
}
