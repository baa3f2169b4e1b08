package kit

import "github.com/charmbracelet/x/ansi"

// Fold breaks printable text into lines of width cells and returns where each
// ends, at most maxLines of them and at least one. The last line leaves reserve
// cells free if a further line can make room for them. If the last end is
// before the end of the text, the rest did not fit.
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

// cluster returns the bytes and the cells of the first grapheme cluster of
// printable text.
func cluster(text string) (size, cells int) {
	if text[0] < 0x80 && (len(text) == 1 || text[1] < 0x80) {
		return 1, 1
	}
	first, cells := ansi.FirstGraphemeCluster(text, ansi.GraphemeWidth)
	return len(first), cells
}

// WholeClusters widens spans of text to grapheme clusters: a paint within one
// would tear it apart on the screen.
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

// PutHits puts text, which begins at offset of what hits are spans of, with the
// hits in another paint than the rest.
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
