package wire

import (
	"sort"

	"joltui/internal/feed"
)

// wireDirection is the direction of the lines that are shown.
type wireDirection uint8

const (
	wireBoth wireDirection = iota
	wireSent
	wireReceived
)

// String returns the direction in words.
func (d wireDirection) String() string {
	return [...]string{"sent and received", "sent", "received"}[d]
}

// wireRows has the lines of a wire that match the filter and the direction. Each line is
// tested once.
type wireRows struct {
	lines     feed.WireLines
	filter    feed.Filter
	direction wireDirection

	hits []uint64 // the positions of the lines that are shown
	gone uint64   // how many hits before these were evicted
	seen uint64   // lines before this position have been tested
}

// show updates the lines, and tests those that are new.
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

// search tests all lines again, after the filter or the direction has changed.
func (r *wireRows) search() {
	r.hits, r.gone, r.seen = nil, 0, 0
	r.show(r.lines)
}

// match reports whether a line is shown. One that stands for messages that were left out is
// shown whatever the filter: they might have matched.
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

// first returns the first row, and next the one after the last, as in a feed.Window.
func (r *wireRows) first() uint64 { return r.gone }
func (r *wireRows) next() uint64  { return r.gone + uint64(len(r.hits)) }

// at returns the line of a row, or nil.
func (r *wireRows) at(row uint64) *feed.WireLine {
	if row < r.first() || row >= r.next() {
		return nil
	}
	return r.lines.At(r.hits[row-r.gone])
}

// line returns the position of the line of a row, or the one after all lines if there is no
// such row.
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
