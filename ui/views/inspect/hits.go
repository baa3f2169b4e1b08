package inspect

import (
	"sort"

	"joltui/ui/views/kit"
)

// maxHits bounds how many hits of a search are kept: 1.6 MB. The hits beyond are not
// counted, and the page says so.
const maxHits = 100_000

// hits are the places in a payload that a search has found, in order and without overlap.
type hits struct {
	at       []hit
	selected int  // index of the current hit, which the cursor was put on; -1 is none
	more     bool // there are more than maxHits
}

type hit struct{ start, end int }

// within returns the hits that have bytes in [from, to).
func (h *hits) within(from, to int) []hit {
	first := sort.Search(len(h.at), func(i int) bool { return h.at[i].end > from })
	last := first + sort.Search(len(h.at)-first, func(i int) bool { return h.at[first+i].start >= to })
	return h.at[first:last]
}

// current returns the current hit, as a list of one, if it has bytes in [from, to).
func (h *hits) current(from, to int) []hit {
	if h.selected < 0 || h.at[h.selected].end <= from || h.at[h.selected].start >= to {
		return nil
	}
	return h.at[h.selected : h.selected+1]
}

// after returns the index of the first hit that begins at an offset or after it, or 0 if
// there is none.
func (h *hits) after(offset int) int {
	i := sort.Search(len(h.at), func(i int) bool { return h.at[i].start >= offset })
	return i % max(len(h.at), 1)
}

// putRow appends a row of a text that begins at offset base of the payload, with the paint p
// and the hits in theirs.
func (h *hits) putRow(l *kit.Line, s *kit.Styles, p kit.Paint, row *kit.TextRow, base int) {
	found := h.spans(h.within(base+row.Start, base+row.End), row, base)
	if len(found) == 0 {
		l.Put(p, row.Shown)
		return
	}
	on := h.spans(h.current(base+row.Start, base+row.End), row, base)
	at := 0
	put := func(p kit.Paint, to int) {
		if to > at {
			l.Put(p, row.Shown[at:to])
			at = to
		}
	}
	for _, span := range found {
		put(p, span[0])
		if len(on) > 0 && on[0][0] < span[1] && on[0][1] > span[0] {
			put(s.Match, on[0][0])
			put(s.Hit, min(on[0][1], span[1]))
		}
		put(s.Match, span[1])
	}
	put(p, len(row.Shown))
}

// spans returns where hits are in the printable text of a row.
func (h *hits) spans(found []hit, row *kit.TextRow, base int) [][]int {
	var spans [][]int
	for _, f := range found {
		if from, to := row.Find(f.start-base), row.Find(f.end-base); from < to {
			spans = append(spans, []int{from, to})
		}
	}
	return kit.WholeClusters(row.Shown, spans)
}
