package feed

import (
	"slices"
	"sort"
	"time"
)

// Finds are the messages that a filter has found since it was set, over all topics. They
// stay when the histories give them up, so that no traffic which does not match pushes out
// what does. They have bounds of their own ([Limits.Finds], [Limits.FindBytes]), beyond
// which the oldest go. A feed without a filter spends nothing on them.
//
// They are searched in steps, as a [Filtered] is, which also adds what it finds itself.
type Finds struct {
	filter        Filter
	max, maxBytes int

	past  *Filtered // of what the filter before had kept; nil once it is searched
	live  *Filtered // of the history of all topics
	since time.Time // when the oldest message came that live has searched

	found    []*Entry // by arrival, without gaps
	bytes    int
	gone     uint64 // how many had to go
	floor    uint64 // the arrival number of the newest one that had to go
	from     uint64 // see verdict
	through  uint64
	revision uint64
}

// Find keeps what f finds from now on, beside the histories, beginning with what they hold
// and with what was kept for the filter before. An empty filter ends it. If f is the filter
// already, nothing changes.
func (f *Feed) Find(filter Filter) {
	switch {
	case filter.Empty():
		if f.finds != nil {
			f.former, f.finds = f.finds, nil
		}
		return
	case f.finds != nil && f.finds.filter.String() == filter.String():
		return
	}
	before := f.former
	if f.finds != nil {
		before = f.finds
	}
	f.former = nil
	f.finds = newFinds(filter, f, before)
}

// Finds returns what the filter has found; nil without a filter.
func (f *Feed) Finds() *Finds { return f.finds }

func newFinds(filter Filter, f *Feed, before *Finds) *Finds {
	k := &Finds{
		filter: filter, max: f.limits.Finds, maxBytes: f.limits.FindBytes,
		live: NewFiltered(&f.all, filter), since: f.now,
	}
	w := f.all.Window()
	k.from, k.through, k.live.seen = f.seq, f.seq, w.First()
	if e := w.At(w.First()); e != nil {
		k.since, k.from, k.through = e.At, e.Seq-1, e.Seq-1
	}
	k.live.KeepIn(k)
	if before != nil && len(before.found) > 0 {
		var old History
		for _, e := range before.found {
			old.push(e)
		}
		k.past = NewFiltered(&old, filter)
		k.past.KeepIn(k)
	}
	return k
}

// Advance searches what has come, as [Filtered.Advance] does.
func (k *Finds) Advance(goOn func() bool) (more bool) {
	if k.past != nil {
		if k.past.Advance(goOn) {
			return true
		}
		k.past = nil
	}
	missed := k.live.missed
	more = k.live.Advance(goOn)
	if k.live.missed > missed {
		k.from = k.seqBefore(k.live.window.first)
	}
	k.through = k.seqBefore(k.live.seen)
	return more
}

// seqBefore returns the arrival number before which live has nothing at pos or later.
func (k *Finds) seqBefore(pos uint64) uint64 {
	w := k.live.window
	if e := w.At(pos); e != nil {
		return e.Seq - 1
	}
	if e := w.At(pos - 1); e != nil {
		return e.Seq
	}
	return k.through
}

// verdict returns whether the filter selects a message, if it has been evaluated on it.
func (k *Finds) verdict(seq uint64) (matches, known bool) {
	if seq <= max(k.from, k.floor) || seq > k.through {
		return false, false
	}
	return k.Has(seq), true
}

// evaluates reports whether another goroutine evaluates a message for live: one that is too
// long for Advance.
func (k *Finds) evaluates(seq uint64) bool {
	if k.live.verdict == nil {
		return false
	}
	e := k.live.window.At(k.live.seen)
	return e != nil && e.Seq == seq
}

// add keeps a copy of e.
func (k *Finds) add(e *Entry) {
	i := k.index(e.Seq)
	switch {
	case i < len(k.found) && k.found[i].Seq == e.Seq:
		return
	case i == 0 && len(k.found) > 0 && e.Seq <= k.floor: // older than what had to go
		return
	}
	kept := *e
	k.found = slices.Insert(k.found, i, &kept)
	k.bytes += kept.cost()
	k.revision++
	for len(k.found) > k.max || k.bytes > k.maxBytes && len(k.found) > 1 {
		oldest := k.found[0]
		k.found[0] = nil
		k.found = k.found[1:]
		k.bytes -= oldest.cost()
		k.gone++
		k.floor = max(k.floor, oldest.Seq)
	}
}

// index returns the index of the first find whose arrival number is at least seq.
func (k *Finds) index(seq uint64) int {
	n := len(k.found)
	if n == 0 || k.found[n-1].Seq < seq { // as nearly always
		return n
	}
	return sort.Search(n, func(i int) bool { return k.found[i].Seq >= seq })
}

// Filter returns the filter that found these.
func (k *Finds) Filter() Filter { return k.filter }

// Has reports whether the message with an arrival number is kept here.
func (k *Finds) Has(seq uint64) bool {
	i := k.index(seq)
	return i < len(k.found) && k.found[i].Seq == seq
}

// Len returns how many are kept.
func (k *Finds) Len() int { return len(k.found) }

// Bytes returns what they take of [Limits.FindBytes].
func (k *Finds) Bytes() int { return k.bytes }

// Since returns when the search began: when the oldest message came that was searched. Older
// ones may have been found, too.
func (k *Finds) Since() time.Time { return k.since }

// Gone returns how many had to go because there was no room for more.
func (k *Finds) Gone() uint64 { return k.gone }

// Missed returns how many messages made room in the history of all topics before they could
// be searched.
func (k *Finds) Missed() uint64 { return k.live.missed }

// Revision changes whenever something is added.
func (k *Finds) Revision() uint64 { return k.revision }

// Before appends to dst the finds on some topics that came before the one with an arrival
// number, oldest first. The caller must not change them.
func (k *Finds) Before(seq uint64, of Topics, dst []*Entry) []*Entry {
	return of.appendTo(dst, k.found[:k.index(seq)])
}

// After returns how many finds on some topics came after the one with an arrival number.
func (k *Finds) After(seq uint64, of Topics) (n int) {
	for _, e := range k.found[k.index(seq+1):] {
		if of.have(e) {
			n++
		}
	}
	return n
}

// Topics says which topics are meant; nil are all.
type Topics func(topic string) bool

// Only returns the topics that are only the one of that name, or all if it is empty.
func Only(topic string) Topics {
	if topic == "" {
		return nil
	}
	return func(name string) bool { return name == topic }
}

func (t Topics) have(e *Entry) bool { return t == nil || t(e.Topic) }

// appendTo appends those entries to dst that are on these topics.
func (t Topics) appendTo(dst, all []*Entry) []*Entry {
	if t == nil {
		return append(dst, all...)
	}
	for _, e := range all {
		if t(e.Topic) {
			dst = append(dst, e)
		}
	}
	return dst
}

// Through returns the arrival number up to which all messages have been searched.
func (k *Finds) Through() uint64 { return k.through }
