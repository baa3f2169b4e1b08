package feed

import (
	"time"

	"joltui/internal/human"
	"joltui/jolt"
)

// Gap is a hole in a stream, where messages may be missing: an outage, or several with no
// message between them; or the time in which a topic was not subscribed.
type Gap struct {
	jolt.Gap     // from the beginning of the first to the end of the last, with its cause
	Count    int // how many outages, or topics that were not subscribed
	// Unsubscribed means that there was no outage: the user had unsubscribed, or the broker
	// had refused the subscription. Topic is then the topic, or empty if there are several.
	Unsubscribed bool
	Topic        string
}

// gap adds a gap to all histories: messages may be missing there.
func (f *Feed) gap(g *jolt.Gap) {
	e := f.nextEntry(g.To)
	e.Gap = &Gap{Gap: *g, Count: 1}
	for _, t := range f.Topics() {
		if f.expects(t) && !t.history.joinGap(&e) {
			f.addToTopic(t, &e)
		}
	}
	if !f.all.joinGap(&e) {
		f.addToAll(&e)
	}
	f.gatherGap(&e)
	f.log.add(Row{At: g.To, Kind: RowGap, Event: g, Err: boundedError(g.Cause)})
}

// joinGap joins e to the newest entry if that is a gap of the same kind, and reports whether
// it did: a connection that is lost again and again must not push the messages out. Windows
// keep the entry that they have.
func (h *History) joinGap(e *Entry) bool {
	newest := h.Window().At(h.next - 1)
	if newest == nil || !sameKind(newest.Gap, e.Gap) {
		return false
	}
	h.replaceNewest(e.joined(newest.Gap))
	return true
}

// joined returns a gap that is older, too.
func (e *Entry) joined(older *Gap) *Entry {
	joined, gap := *e, *e.Gap
	if older.Topic != gap.Topic {
		gap.Topic = ""
	}
	if older.From.Before(gap.From) {
		gap.From = older.From
	}
	gap.Count += older.Count
	joined.Gap = &gap
	return &joined
}

// leave notes that nothing is heard of t from now on, if something was before.
func (t *Topic) leave(at time.Time) {
	if t.heard && t.left.IsZero() {
		t.left = at
	}
}

// subscribedAgain notes that t is subscribed. If it was before, and something is held of it
// from then, a gap says that it was not in between.
func (f *Feed) subscribedAgain(t *Topic, at time.Time) {
	left := t.left
	t.heard, t.left = true, time.Time{}
	if left.IsZero() || t.history.Len() == 0 || t.LastAt.After(left) { // heard all the same
		return
	}
	e := f.nextEntry(at)
	e.Gap = &Gap{Gap: jolt.Gap{From: left, To: at}, Count: 1, Unsubscribed: true, Topic: t.Name}
	if !t.history.joinGap(&e) {
		f.addToTopic(t, &e)
	}
	if !f.all.joinGap(&e) {
		f.addToAll(&e)
	}
	if t.gathered {
		f.gatherGap(&e)
	}
}

// Words says how long the gap was, and why, in one line; the topic is left out.
func (g *Gap) Words() string {
	switch length := human.Duration(g.To.Sub(g.From)); {
	case !g.Unsubscribed:
		return human.Gap(&g.Gap, uint64(g.Count))
	case g.Count > 1:
		return human.Count(uint64(g.Count)) + " times not subscribed within " + length
	default:
		return length + " not subscribed"
	}
}
