package publish

import (
	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
)

// Message returns the draft.
func (p *Box) Message() intent.Publish {
	return intent.Publish{Topic: p.topic.String(), Data: p.payload.String(), Template: p.template}
}

// complete reports whether the draft can be published, and else sets the refusal. An empty
// payload can be published, too.
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

// send asks to publish the draft. From the topic it goes to the payload, if that has yet to
// be written. What may not be meant, such as an empty payload, takes the key twice.
func (p *Box) send() kit.Intent {
	if !p.complete() {
		return nil
	}
	if p.onTopic && p.payload.Bytes == 0 {
		p.onTopic = false
		return nil
	}
	if doubt := p.doubt(); doubt != "" && doubt != p.asked {
		p.asked, p.refusal = doubt, doubt
		return nil
	}
	p.asked = ""
	return p.Message()
}

// doubt is what speaks against sending the draft; empty for nothing.
func (p *Box) doubt() string {
	again := "; " + p.actions.Key("publish.send").Help().Key + " again sends it as it is"
	topic := p.topic.String()
	switch words := p.check().notJSON; {
	case isPayload([]rune(topic)):
		return "the topic looks like a payload" + again
	case p.payload.Bytes == 0 && !p.template:
		return "the payload is empty" + again
	case len(words) > 0 && words[0] == unfinished:
		return "the JSON is not complete" + again
	default:
		return ""
	}
}

// enterWords says what the key that sends does now.
func (p *Box) enterWords() string {
	switch {
	case p.topic.Bytes == 0:
		return "send"
	case p.onTopic && p.payload.Bytes == 0:
		return "go to the payload"
	default:
		return "send to " + kit.CutMiddle(p.topic.String(), 24)
	}
}

// askRepeat asks to publish the draft again and again, or to stop the repetition that is
// under way, which is possible whatever the draft.
func (p *Box) askRepeat() kit.Intent {
	if running := p.repeat != nil; !running && !p.complete() { // Update has removed one that has ended
		return nil
	}
	return AskRepeat{p.Message()}
}

// Number returns how many times m will have been sent in a row once it is sent again: the
// count of a template.
func (p *Box) Number(m intent.Publish) uint64 {
	if m == p.latest {
		return p.times + 1
	}
	return 1
}

// Sent tells the box that its message m was sent. It goes into the history, and the draft
// is emptied, or is again what it was before m was recalled.
func (p *Box) Sent(m intent.Publish) {
	p.times = p.Number(m)
	p.latest = m
	p.sends++
	draft := p.history.sent(m)
	p.payload.Set(draft.Data)
	p.template = draft.Template
	p.onTopic = false
	p.outcome = nil
	p.followSelection()
}

// Refuse shows, until the next key, why something was not done.
func (p *Box) Refuse(why string) { p.refusal = why }

// Replace puts another message into the box. The draft that was there goes into the history.
func (p *Box) Replace(m intent.Publish) {
	if now := p.Message(); now.Data != "" && now != m {
		p.history.keep(now)
	}
	p.history.walk = nil
	p.show(m)
	p.onTopic = false
}

// SetPayload puts an edited payload into the box. One longer than [MaxPayload] is refused.
func (p *Box) SetPayload(text string) {
	if len(text) > MaxPayload {
		p.refusal = "not taken: " + human.Bytes(uint64(len(text))) + ", and a payload has at most 1 MiB"
		return
	}
	p.payload.Set(text)
	p.onTopic = false
}

// SetPast puts messages of earlier runs in front of the history, the oldest first.
func (p *Box) SetPast(earlier []intent.Publish) { p.history.before(earlier) }

// Repeats shows how far the repetition r of the message m is. Once it has ended, its result
// stays until the next key. The draft stays, too.
func (p *Box) Repeats(m intent.Publish, r *feed.Repeat) {
	p.history.keep(m)
	p.repeat = r
}
