package feed

import "joltui/jolt"

// Gap is an outage in a stream, or several with no message between them.
type Gap struct {
	jolt.Gap     // from the first to the end of the last, with the cause of the last
	Count    int // outages
}

// gap separates what came before an outage from what comes after it.
func (f *Feed) gap(g *jolt.Gap) {
	e := f.nextEntry(g.To)
	e.Gap = &Gap{*g, 1}
	for _, t := range f.Topics() {
		if t.wanted() && !t.history.joinGap(&e) {
			f.remember(t, &e)
		}
	}
	if !f.all.joinGap(&e) {
		f.rememberAll(&e)
	}
	f.log.add(Row{At: g.To, Kind: RowGap, Event: g, Err: boundedError(g.Cause)})
}

// joinGap makes one gap of e and of the newest entry, if that is a gap as well: a
// connection that is lost as soon as it is made must not push the messages out. It
// reports whether it did. Windows keep the entry that they have.
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
