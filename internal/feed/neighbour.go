package feed

import "sort"

// Near is a message beside another one of the same topic.
type Near struct {
	Entry *Entry // nil: none is held
	Gap   *Gap   // between the two, if there is one
	// Apart means that Entry is only the nearest that is still held: others may have
	// been between the two, and have made room.
	Apart bool
}

// Neighbour returns the message before e on its topic if by is negative, else the one after
// it. Where the history has none any more, it looks among what is kept beside it: the finds
// of the filter and the pinned messages.
func (f *Feed) Neighbour(e *Entry, by int) Near {
	var rows Window
	if t := f.topics[e.Topic]; t != nil {
		rows = t.history.Window()
	}
	oldest := rows.At(rows.First())
	inHistory := oldest != nil && oldest.Seq <= e.Seq
	switch near := neighbourIn(rows, e, by); {
	case near.Entry != nil && (inHistory || by < 0):
		return near
	case by < 0:
		return f.keptBefore(e)
	case inHistory:
		return near
	default:
		return f.keptAfter(e, rows)
	}
}

// neighbourIn returns the message beside e in a history.
func neighbourIn(rows Window, e *Entry, by int) (near Near) {
	pos := positionOf(rows, e.Seq)
	if by > 0 {
		pos = positionOf(rows, e.Seq+1) - 1
	}
	for {
		pos += uint64(by)
		other := rows.At(pos)
		if other == nil || other.Gap == nil {
			near.Entry = other
			return near
		}
		near.Gap = other.Gap
	}
}

// positionOf returns the position of the first entry whose arrival number is at least seq.
func positionOf(rows Window, seq uint64) uint64 {
	return rows.First() + uint64(sort.Search(rows.Len(), func(i int) bool {
		return rows.At(rows.First()+uint64(i)).Seq >= seq
	}))
}

// keptBefore returns the newest message of the topic of e before it that is kept beside the
// histories.
func (f *Feed) keptBefore(e *Entry) Near {
	if i, pinned := f.pins.find(e.Seq); pinned && f.pins.all[i].before != nil {
		return Near{Entry: f.pins.all[i].before, Gap: f.pins.all[i].gap}
	}
	near := Near{}
	for _, k := range f.kept(e.Topic) {
		if k.Seq < e.Seq && (near.Entry == nil || k.Seq > near.Entry.Seq) {
			near = Near{Entry: k, Apart: k.Seq+1 < e.Seq}
		}
	}
	return near
}

// keptAfter returns the oldest message of the topic of e after it: e is older than what the
// history holds.
func (f *Feed) keptAfter(e *Entry, rows Window) Near {
	for i := range f.pins.all {
		if p := &f.pins.all[i]; p.before != nil && p.before.Seq == e.Seq {
			return Near{Entry: p.entry, Gap: p.gap}
		}
	}
	near := neighbourIn(rows, e, +1)
	near.Apart = near.Entry != nil && near.Entry.Seq > e.Seq+1
	for _, k := range f.kept(e.Topic) {
		if k.Seq > e.Seq && (near.Entry == nil || k.Seq < near.Entry.Seq) {
			near = Near{Entry: k, Apart: k.Seq > e.Seq+1}
		}
	}
	return near
}

// kept returns what is kept of a topic beside its history, in no order.
func (f *Feed) kept(topic string) []*Entry {
	all := f.pins.Of(Only(topic))
	for i := range f.pins.all {
		if before := f.pins.all[i].before; before != nil && before.Topic == topic {
			all = append(all, before)
		}
	}
	if f.finds != nil {
		all = append(all, f.finds.Before(f.seq+1, Only(topic), nil)...)
	}
	return all
}
