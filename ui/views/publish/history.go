package publish

import (
	"slices"

	"joltui/ui/views/intent"
)

// The bounds of a history.
const (
	maxHistory      = 1000    // messages
	maxHistoryBytes = 8 << 20 // of their topics and payloads
)

// history is what was published, oldest first. While the user goes through it, edits of
// recalled messages, and the draft at its end, are kept in walk; the messages themselves
// never change.
type history struct {
	messages []intent.Publish
	walk     []intent.Publish // messages and the draft, as edited; nil outside a walk
	at       int              // index in walk
}

// older goes to the message before, and returns it; false if there is none. now is the
// message in the box, with the user's edits.
func (h *history) older(now intent.Publish) (intent.Publish, bool) {
	h.start(now)
	return h.goTo(now, h.at-1)
}

// newer goes to the message after, or to the draft, and returns it; false if there is none.
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

// place returns the index of the message that is shown, and how many there are. At the draft
// both are the same.
func (h *history) place() (at, of int) {
	if h.walk == nil {
		return 0, 0
	}
	return h.at, len(h.walk) - 1
}

// sent adds a message, and ends the walk. It returns the draft to go on with: the one from
// before the walk, or an empty one if the draft itself was sent.
func (h *history) sent(m intent.Publish) (draft intent.Publish) {
	draft.Template = m.Template
	if at, of := h.place(); at < of {
		draft = h.walk[of]
	}
	h.keep(m)
	return draft
}

// keep adds a message, unless it is the same as the latest, and ends the walk.
func (h *history) keep(m intent.Publish) {
	h.walk = nil
	if n := len(h.messages); n > 0 && h.messages[n-1] == m {
		return
	}
	h.messages = append(h.messages, m)
	h.shorten()
}

// before puts earlier messages in front, and ends the walk.
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
