package publish

import (
	"slices"

	"joltui/ui/views/intent"
)

// What a history keeps: so many messages, and so many bytes of them together.
const (
	maxHistory      = 1000
	maxHistoryBytes = 8 << 20
)

// history is what was published, oldest first. Walking it changes nothing that
// was sent: edits of recalled messages, and the draft at its end, are kept as
// long as the walk goes on.
type history struct {
	messages []intent.Publish
	walk     []intent.Publish // messages and the draft, as edited; nil when at the draft
	at       int              // in walk
}

// older goes to the message before, and newer to the one after, or to the
// draft. now is what is on show. They report false where there is none.
func (h *history) older(now intent.Publish) (intent.Publish, bool) {
	h.start(now)
	return h.goTo(now, h.at-1)
}

func (h *history) newer(now intent.Publish) (intent.Publish, bool) { return h.goTo(now, h.at+1) }

// start begins a walk at the draft, unless one is under way.
func (h *history) start(now intent.Publish) {
	if h.walk == nil && len(h.messages) > 0 {
		h.walk = append(slices.Clone(h.messages), now)
		h.at = len(h.messages)
	}
}

func (h *history) goTo(now intent.Publish, to int) (intent.Publish, bool) {
	if to < 0 || to >= len(h.walk) {
		return now, false
	}
	h.walk[h.at] = now
	h.at = to
	return h.walk[to], true
}

// place is which message is on show, from 0, and how many there are; both are
// the same at the draft.
func (h *history) place() (at, of int) {
	if h.walk == nil {
		return 0, 0
	}
	return h.at, len(h.walk) - 1
}

// sent adds a message, and ends the walk. It returns the draft, if that is not
// what was sent; else a new one.
func (h *history) sent(m intent.Publish) (draft intent.Publish) {
	draft.Template = m.Template
	if at, of := h.place(); at < of {
		draft = h.walk[of]
	}
	h.keep(m)
	return draft
}

// keep adds a message, unless it is the latest again, and ends the walk.
func (h *history) keep(m intent.Publish) {
	h.walk = nil
	if n := len(h.messages); n > 0 && h.messages[n-1] == m {
		return
	}
	h.messages = append(h.messages, m)
	h.shorten()
}

// before puts what was published earlier in front, and ends the walk.
func (h *history) before(earlier []intent.Publish) {
	h.walk = nil
	h.messages = append(slices.Clone(earlier), h.messages...)
	h.shorten()
}

func (h *history) shorten() {
	size := 0
	for i := len(h.messages) - 1; i >= 0; i-- {
		size += len(h.messages[i].Topic) + len(h.messages[i].Data)
		if len(h.messages)-i > maxHistory || size > maxHistoryBytes {
			h.messages = slices.Clone(h.messages[i+1:])
			break
		}
	}
}
