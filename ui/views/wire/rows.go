package wire

import (
	"sort"

	"joltui/internal/feed"
)

// wireDirection is which way the lines go that are shown.
type wireDirection uint8

const (
	wireBoth wireDirection = iota
	wireSent
	wireReceived
)

func (d wireDirection) String() string {
	return [...]string{"sent and received", "sent", "received"}[d]
}

// wireRows are the lines of a wire that are shown. Each line is looked at once.
type wireRows struct {
	lines     feed.WireLines
	filter    feed.Filter
	direction wireDirection

	hits []uint64 // the positions of what is shown
	gone uint64   // how many were before those in hits, and were evicted
	seen uint64   // lines before this position have been looked at
}

// show takes lines that came after those it has.
func (r *wireRows) show(lines feed.WireLines) {
	r.lines = lines
	evicted := sort.Search(len(r.hits), func(i int) bool { return r.hits[i] >= lines.First() })
	r.hits = r.hits[evicted:]
	r.gone += uint64(evicted)
	for pos := max(r.seen, lines.First()); pos < lines.Next(); pos++ {
		if r.match(lines.At(pos)) {
			r.hits = append(r.hits, pos)
		}
	}
	r.seen = lines.Next()
}

// search begins anew, after another filter or direction was set.
func (r *wireRows) search() {
	r.hits, r.gone, r.seen = nil, 0, 0
	r.show(r.lines)
}

// match reports whether a line is shown. What was left out might have matched.
func (r *wireRows) match(l *feed.WireLine) bool {
	switch {
	case r.direction == wireSent && !l.Sent, r.direction == wireReceived && l.Sent:
		return false
	case l.LeftOut > 0:
		return true
	default:
		return r.filter.Match(l.Text)
	}
}

// first and next bound the rows, as in a feed.Window.
func (r *wireRows) first() uint64 { return r.gone }
func (r *wireRows) next() uint64  { return r.gone + uint64(len(r.hits)) }

// at returns the line of a row, or nil.
func (r *wireRows) at(row uint64) *feed.WireLine {
	if row < r.first() || row >= r.next() {
		return nil
	}
	return r.lines.At(r.hits[row-r.gone])
}

// line returns the position of the line of a row; that after all lines, if there
// is no such row.
func (r *wireRows) line(row uint64) uint64 {
	if r.at(row) == nil {
		return r.lines.Next()
	}
	return r.hits[row-r.gone]
}

// find returns the first row whose line is at pos or after it.
func (r *wireRows) find(pos uint64) uint64 {
	return r.gone + uint64(sort.Search(len(r.hits), func(i int) bool { return r.hits[i] >= pos }))
}
