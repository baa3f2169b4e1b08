package wire

import (
	"joltui/internal/trace"
	"slices"
	"sort"
)

// The bounds of the lines that are kept beside the wire: a flood of messages takes half a
// second to push everything else out of the wire itself.
const (
	maxKept      = 1_024
	maxKeptBytes = 1 << 20 // of their text
)

// keptLines are lines that the filter has found and the wire has given up, oldest first. They
// outlive traffic that does not match.
type keptLines struct {
	all   []keptLine
	bytes int
}

// keptLine is a copy of a line, and its position on the wire.
type keptLine struct {
	pos  uint64
	line trace.Line
}

// add keeps a copy of a line, and returns how many older ones had to go for it.
func (k *keptLines) add(pos uint64, line *trace.Line) (gone int) {
	k.all = append(k.all, keptLine{pos, *line})
	k.bytes += len(line.Text)
	for len(k.all) > maxKept || k.bytes > maxKeptBytes && len(k.all) > 1 {
		k.bytes -= len(k.all[0].line.Text)
		k.all[0] = keptLine{}
		k.all = k.all[1:]
		gone++
	}
	return gone
}

// narrow lets those go that another filter does not show.
func (k *keptLines) narrow(shown func(*trace.Line) bool) {
	k.all = slices.DeleteFunc(k.all, func(l keptLine) bool { return !shown(&l.line) })
	k.bytes = 0
	for i := range k.all {
		k.bytes += len(k.all[i].line.Text)
	}
}

// find returns the index of the first one at pos or after it.
func (k *keptLines) find(pos uint64) int {
	return sort.Search(len(k.all), func(i int) bool { return k.all[i].pos >= pos })
}
