package kit

import "github.com/charmbracelet/x/ansi"

// Fold breaks printable text into lines of width cells and returns the offset at which
// each ends: at least one, and at most maxLines. The last line leaves reserve cells free
// if a further line can make room for them. If the last offset is not the end of the
// text, the rest did not fit.
func Fold(text string, width, maxLines, reserve int) []int {
	maxLines = max(maxLines, 1)
	var ends []int
	cells := 0
	for i := 0; i < len(text); {
		n, w := cluster(text[i:])
		if cells > 0 && cells+w > width {
			ends = append(ends, i)
			if len(ends) == maxLines {
				return ends
			}
			cells = 0
		}
		cells += w
		i += n
	}
	ends = append(ends, len(text))
	if reserve > 0 && cells > 0 && cells+reserve > width && len(ends) < maxLines {
		ends = append(ends, len(text))
	}
	return ends
}

// cluster returns how many bytes and cells the first grapheme cluster of printable text
// takes.
func cluster(text string) (size, cells int) {
	if text[0] < 0x80 && (len(text) == 1 || text[1] < 0x80) {
		return 1, 1
	}
	first, cells := ansi.FirstGraphemeCluster(text, ansi.GraphemeWidth)
	return len(first), cells
}

// WholeClusters widens spans, which are pairs of offsets in text, to whole grapheme
// clusters: a change of paint within a cluster would tear it apart on the screen.
func WholeClusters(text string, spans [][]int) [][]int {
	if len(spans) == 0 || isASCII(text) {
		return spans
	}
	out := make([][]int, 0, len(spans))
	for i, at := 0, 0; at < len(text) && i < len(spans); {
		n, _ := cluster(text[at:])
		start, end := at, at+n
		for i < len(spans) && spans[i][0] < end {
			if last := len(out) - 1; last >= 0 && start < out[last][1] {
				out[last][1] = max(out[last][1], end)
			} else {
				out = append(out, []int{start, end})
			}
			if spans[i][1] > end {
				break
			}
			i++
		}
		at = end
	}
	return out
}

func isASCII(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] >= 0x80 {
			return false
		}
	}
	return true
}

// PutHits appends text, with the hits in the paint match. Hits are pairs of offsets in a
// longer text, in which this text begins at offset.
func (l *Line) PutHits(paint, match Paint, text string, offset int, hits [][]int) {
	at := 0
	for _, hit := range hits {
		from, to := max(hit[0]-offset, at), min(hit[1]-offset, len(text))
		if from >= to {
			continue
		}
		l.Put(paint, text[at:from]).Put(match, text[from:to])
		at = to
	}
	l.Put(paint, text[at:])
}
