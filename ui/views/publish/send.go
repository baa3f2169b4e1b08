package publish

import (
	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
)

// Message is what is in the box.
func (p *Box) Message() intent.Publish {
	return intent.Publish{Topic: p.topic.String(), Data: p.payload.String(), Template: p.template}
}

// complete reports whether there is something that can be published. An empty
// payload is a message too.
func (p *Box) complete() bool {
	switch err := p.check().err; {
	case p.topic.Bytes == 0:
		p.onTopic, p.refusal = true, "type a topic first"
	case err != nil:
		p.refusal = "template, " + err.Error()
	default:
		return true
	}
	return false
}

// send asks to publish what is written. After the topic, nothing written is most
// likely not written yet: the first time goes on to the payload.
func (p *Box) send() kit.Intent {
	if !p.complete() {
		return nil
	}
	if p.onTopic && p.payload.Bytes == 0 {
		p.onTopic = false
		return nil
	}
	return p.Message()
}

// askRepeat asks to publish it many times. What runs already can be stopped
// whatever is written.
func (p *Box) askRepeat() kit.Intent {
	if running := p.repeat != nil; !running && !p.complete() { // one that has ended is gone with this key
		return nil
	}
	return AskRepeat{p.Message()}
}

// Number is how many times a message will have been sent in a row when it is sent
// once more: what a template has for its count.
func (p *Box) Number(m intent.Publish) uint64 {
	if m == p.latest {
		return p.times + 1
	}
	return 1
}

// Sent tells the box that a message of its own is on its way. The history has it
// from now on, and the draft is gone, or comes back where m was recalled.
func (p *Box) Sent(m intent.Publish) {
	p.times = p.Number(m)
	p.latest = m
	p.sends++
	draft := p.history.sent(m)
	p.payload.Set(draft.Data)
	p.template = draft.Template
	p.onTopic = false
}

// Refuse says, until the next key, why something was not done.
func (p *Box) Refuse(why string) { p.refusal = why }

// Replace puts another message into the box. The history keeps what was there.
func (p *Box) Replace(m intent.Publish) {
	if now := p.Message(); now.Data != "" && now != m {
		p.history.keep(now)
	}
	p.history.walk = nil
	p.show(m)
	p.onTopic = false
}

// SetPayload puts an edited payload into the box. One that is too long is refused.
func (p *Box) SetPayload(text string) {
	if len(text) > MaxPayload {
		p.refusal = "not taken: " + human.Bytes(uint64(len(text))) + ", and a payload has at most 1 MiB"
		return
	}
	p.payload.Set(text)
	p.onTopic = false
}

// SetPast puts what was published earlier into the history, the oldest first.
func (p *Box) SetPast(earlier []intent.Publish) { p.history.before(earlier) }

// Repeats shows how far a message of the box is, which is published many times.
// When it has ended, that stays until the next key. The draft stays, too.
func (p *Box) Repeats(m intent.Publish, r *feed.Repeat) {
	p.history.keep(m)
	p.repeat = r
}
