package wire

import (
	"sort"

	"joltui/internal/feed"
	"joltui/internal/trace"
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

// wireRows has the lines of a wire that match the filter and the direction, those before them
// included that the wire has given up and that are kept because the filter has found them.
// Each line is tested once.
type wireRows struct {
	lines     trace.Lines
	filter    feed.Filter
	direction wireDirection

	kept keptLines
	hits []uint64 // the positions of the lines that are shown, after those that are kept
	gone uint64   // how many hits before all these were evicted
	seen uint64   // lines before this position have been tested
}

// show updates the lines, and tests those that are new.
func (r *wireRows) show(lines trace.Lines) {
	evicted := sort.Search(len(r.hits), func(i int) bool { return r.hits[i] >= lines.First() })
	for _, pos := range r.hits[:evicted] {
		if line := r.lines.At(pos); r.keeps(line) {
			r.gone += uint64(r.kept.add(pos, line))
		} else {
			r.gone++
		}
	}
	r.lines = lines
	r.hits = r.hits[evicted:]
	for pos := max(r.seen, lines.First()); pos < lines.Next(); pos++ {
		if r.match(lines.At(pos)) {
			r.hits = append(r.hits, pos)
		}
	}
	r.seen = lines.Next()
}

// keeps reports whether a line that is shown is to be kept when the wire gives it up: if the
// filter has found it. A line that stands for others has been found by none.
func (r *wireRows) keeps(line *trace.Line) bool {
	return !r.filter.Empty() && line.LeftOut == 0
}

// search tests all lines again, after the filter or the direction has changed. Without a
// filter nothing is kept any more.
func (r *wireRows) search() {
	r.kept.narrow(func(l *trace.Line) bool { return r.keeps(l) && r.match(l) })
	r.hits, r.gone, r.seen = nil, 0, 0
	r.show(r.lines)
}

// match reports whether a line is shown. One that stands for messages that were left out is
// shown whatever the filter: they might have matched.
func (r *wireRows) match(l *trace.Line) bool {
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
func (r *wireRows) next() uint64  { return r.border() + uint64(len(r.hits)) }

// border returns the first row that is not only kept.
func (r *wireRows) border() uint64 { return r.gone + uint64(len(r.kept.all)) }

// at returns the line of a row, or nil.
func (r *wireRows) at(row uint64) *trace.Line {
	switch {
	case row < r.first() || row >= r.next():
		return nil
	case row < r.border():
		return &r.kept.all[row-r.first()].line
	default:
		return r.lines.At(r.hits[row-r.border()])
	}
}

// line returns the position of the line of a row, or the one after all lines if there is no
// such row.
func (r *wireRows) line(row uint64) uint64 {
	switch {
	case r.at(row) == nil:
		return r.lines.Next()
	case row < r.border():
		return r.kept.all[row-r.first()].pos
	default:
		return r.hits[row-r.border()]
	}
}

// find returns the first row whose line is at pos or after it.
func (r *wireRows) find(pos uint64) uint64 {
	if i := r.kept.find(pos); i < len(r.kept.all) {
		return r.first() + uint64(i)
	}
	return r.border() + uint64(sort.Search(len(r.hits), func(i int) bool { return r.hits[i] >= pos }))
}
