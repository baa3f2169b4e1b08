package feed

import "joltui/jolt"

// Gap is an outage in a stream, or several with no message between them.
type Gap struct {
	jolt.Gap     // from the beginning of the first to the end of the last, with its cause
	Count    int // how many outages
}

// gap adds a gap to all histories: messages may be missing there.
func (f *Feed) gap(g *jolt.Gap) {
	e := f.nextEntry(g.To)
	e.Gap = &Gap{*g, 1}
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

// joinGap joins e to the newest entry if that is a gap, too, and reports whether it did: a
// connection that is lost again and again must not push the messages out. Windows keep the
// entry that they have.
func (h *History) joinGap(e *Entry) bool {
	newest := h.Window().At(h.next - 1)
	if newest == nil || newest.Gap == nil {
		return false
	}
	joined := *e
	joined.Gap = &Gap{jolt.Gap{From: newest.Gap.From, To: e.Gap.To, Cause: e.Gap.Cause}, newest.Gap.Count + e.Gap.Count}
	h.replaceNewest(&joined)
	return true
}
