package export

import (
	"cmp"
	"slices"

	"joltui/internal/feed"
	"joltui/internal/record"
)

// Merged returns the entries of both, each once, in the order of their arrival, as a recording
// has them.
func Merged(a, b []*feed.Entry) []record.Entry {
	all := slices.Concat(a, b)
	slices.SortStableFunc(all, func(x, y *feed.Entry) int { return cmp.Compare(x.Seq, y.Seq) })
	all = slices.CompactFunc(all, func(x, y *feed.Entry) bool { return x.Seq == y.Seq })
	entries := make([]record.Entry, len(all))
	for i, e := range all {
		entries[i] = RecordEntry(e)
	}
	return entries
}
