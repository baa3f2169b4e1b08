package kit

import (
	"slices"
	"strings"

	"joltui/internal/printable"
)

// longestName is how many bytes of a name are looked at, half of them at each end.
const longestName = 512

// longName is a name that is too wide, on its way to a text that no other name has.
type longName struct {
	name   string
	inner  string // the part of the name that is shown
	whole  string // that printable, without the middle of a very long one
	ends   []int  // offsets in whole at which its grapheme clusters end
	widths []int  // of the clusters, in cells
	pieces []stretch
	text   string
}

// stretch is the clusters from from, before to.
type stretch struct{ from, to int }

// split finds the clusters, once.
func (n *longName) split() {
	if n.ends != nil {
		return
	}
	n.whole = n.inner
	if len(n.inner) > longestName {
		n.whole = n.inner[:longestName/2] + n.inner[len(n.inner)-longestName/2:]
	}
	n.whole = printable.Line(n.whole)
	n.ends, n.widths = make([]int, 0, len(n.whole)), make([]int, 0, len(n.whole))
	for at := 0; at < len(n.whole); {
		size, cells := cluster(n.whole[at:])
		at += size
		n.ends, n.widths = append(n.ends, at), append(n.widths, cells)
	}
}

// len returns how many clusters there are.
func (n *longName) len() int { return len(n.ends) }

// clusters returns the text of a stretch.
func (n *longName) clusters(s stretch) string {
	from := 0
	if s.from > 0 {
		from = n.ends[s.from-1]
	}
	if s.to == 0 {
		return ""
	}
	return n.whole[from:n.ends[s.to-1]]
}

// showDifference has each name of a group, all of which have the same text, show where it
// differs from the others.
func showDifference(group []*longName, room int) {
	for _, n := range group {
		n.split()
	}
	begin, end := commonEnds(group)
	for _, n := range group {
		s := stretch{begin, max(n.len()-end, begin)}
		s.to = min(s.to, s.from+max(room/3, 1))
		if s.from == s.to { // the others go on where this one ends
			s.from = max(s.from-1, 0)
			s.to = min(s.from+2, n.len())
		}
		n.pieces = append(n.pieces, s)
		n.text = n.draw(room)
	}
}

// commonEnds returns how many clusters all names share at their beginnings, and at their
// ends behind that.
func commonEnds(group []*longName) (begin, end int) {
	first := group[0]
	begin, end = first.len(), first.len()
	for _, n := range group[1:] {
		same := 0
		for same < min(begin, n.len()) && n.clusters(stretch{same, same + 1}) == first.clusters(stretch{same, same + 1}) {
			same++
		}
		begin = same
	}
	for _, n := range group {
		same, most := 0, min(end, n.len()-begin, first.len()-begin)
		for same < most && n.clusters(stretch{n.len() - same - 1, n.len() - same}) ==
			first.clusters(stretch{first.len() - same - 1, first.len() - same}) {
			same++
		}
		end = same
	}
	return begin, end
}

// draw returns the pieces with ellipses for what is left out. What room they leave makes their
// parts between dots whole, the last one's first; the rest goes to what follows the last piece,
// then to what is before the first.
func (n *longName) draw(room int) string {
	shown := n.fitting(room)
	for i := len(shown) - 1; i >= 0; i-- {
		s := shown[i]
		for s.from > 0 && n.clusters(stretch{s.from - 1, s.from}) != "." {
			s.from--
		}
		shown = n.grown(shown, i, s, room)
		i = min(i, len(shown)-1)
	}
	for i := len(shown) - 1; i >= 0; i-- {
		s := shown[i]
		for s.to < n.len() && n.clusters(stretch{s.to, s.to + 1}) != "." {
			s.to++
		}
		shown = n.grown(shown, i, s, room)
		i = min(i, len(shown)-1)
	}
	return n.join(n.filled(shown, room))
}

// grown returns the pieces with a larger one in place of piece i, as far as there is room.
func (n *longName) grown(shown []stretch, i int, s stretch, room int) []stretch {
	larger := merged(append(slices.Clone(shown), s))
	if n.width(larger) > room {
		return shown
	}
	return larger
}

// filled lets the last piece go on to the right, then the first to the left, as far as there is
// room.
func (n *longName) filled(shown []stretch, room int) []stretch {
	left := room - n.width(shown)
	first, last := &shown[0], &shown[len(shown)-1]
	for ; last.to < n.len(); last.to++ {
		cells := n.widths[last.to]
		if last.to == n.len()-1 {
			cells-- // in place of the ellipsis
		}
		if left -= cells; left < 0 {
			left += cells
			break
		}
	}
	for ; first.from > 0; first.from-- {
		cells := n.widths[first.from-1]
		if first.from == 1 {
			cells--
		}
		if left -= cells; left < 0 {
			break
		}
	}
	return shown
}

// fitting returns as much of the pieces as fits, and of each at least its first cluster where
// it can be, the first pieces before the others.
func (n *longName) fitting(room int) []stretch {
	shown := merged(n.pieces)
	for n.width(shown) > room {
		longest := 0
		for i, s := range shown {
			if s.to-s.from > shown[longest].to-shown[longest].from {
				longest = i
			}
		}
		switch s := &shown[longest]; {
		case s.to-s.from > 1:
			s.to--
		case len(shown) > 1:
			shown = shown[:len(shown)-1]
		default:
			return shown
		}
	}
	return shown
}

// merged returns stretches in order, with those that touch as one, and also those with a
// single cluster between them, which is no longer than an ellipsis.
func merged(all []stretch) []stretch {
	sorted := slices.SortedFunc(slices.Values(all), func(a, b stretch) int { return a.from - b.from })
	out := sorted[:1]
	for _, s := range sorted[1:] {
		if last := &out[len(out)-1]; s.from <= last.to+1 {
			last.to = max(last.to, s.to)
		} else {
			out = append(out, s)
		}
	}
	return out
}

// join returns the text of stretches.
func (n *longName) join(shown []stretch) string {
	var b strings.Builder
	at := 0
	for _, s := range shown {
		if s.from > at {
			b.WriteString(Ellipsis)
		}
		b.WriteString(n.clusters(s))
		at = s.to
	}
	if at < n.len() {
		b.WriteString(Ellipsis)
	}
	return b.String()
}

// width returns how many cells the text of stretches takes.
func (n *longName) width(shown []stretch) int {
	cells, at := 0, 0
	for _, s := range shown {
		if s.from > at {
			cells++
		}
		for _, w := range n.widths[s.from:s.to] {
			cells += w
		}
		at = s.to
	}
	if at < n.len() {
		cells++
	}
	return cells
}
