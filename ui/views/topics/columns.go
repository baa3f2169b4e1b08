package topics

import "joltui/ui/views/kit"

// topicColumns is the widths of the columns after the two marks, in cells. A column of
// width 0 is not shown.
type topicColumns struct {
	name, tile, state, rate, bytes, peak, total, heard, spark int

	gap   int  // before each figure
	table bool // all columns, under a header
}

// The widths of the columns of the topic list, in cells.
const (
	topicMarks   = 3 // the cursor, the state and a blank
	topicState   = 10
	topicRate    = 7 // 12.3k/s
	topicWords   = 9 // quiet 12m, forbidden
	topicBytes   = 8 // 1.2 MB/s
	topicName    = 4 // the least of a name that is of use
	topicSpark   = 6
	maxSpark     = 16
	roomForSpark = 20 // for the name and the sparkline together
	roomForBytes = 40 // for the name, the sparkline and the bytes together
	roomForWords = 10 // for the name, before the words get more room than a rate needs

	tableWidth     = 72 // the least width of a row with all columns
	wideTableWidth = 110
	maxTableName   = 48
	maxTableSpark  = 60 // a cell for each second of a minute
)

// topicColumnsFor divides a row of w cells. As it gets narrower, it first loses the columns
// of the table, then the bytes, then the sparkline; then the name is cut, and the rate goes
// last.
func topicColumnsFor(w int, tiles bool) topicColumns {
	c := topicColumns{gap: 1}
	if tiles {
		c.tile = 2
	}
	rest := max(w-topicMarks-kit.RowEdge, 0)
	switch {
	case rest < topicName+1+topicRate:
		return topicColumns{name: rest}
	case w >= tableWidth:
		c.shareTable(rest, w >= wideTableWidth)
		return c
	}
	c.rate = topicRate
	rest = max(rest-c.tile-c.gap-c.rate, 0)
	if rest >= roomForBytes {
		c.bytes = topicBytes
		rest -= c.gap + c.bytes
	}
	switch {
	case rest >= roomForSpark:
		c.spark = min(max(rest/3, topicSpark), maxSpark)
		rest -= c.gap + c.spark
	case rest >= roomForWords+topicWords-topicRate:
		c.rate = topicWords
		rest -= topicWords - topicRate
	}
	c.name = rest
	return c
}

// shareTable gives every column of the table its width, and the name and the sparkline the
// rest.
func (c *topicColumns) shareTable(rest int, wide bool) {
	c.table = true
	c.state, c.rate, c.bytes, c.peak, c.total, c.heard = topicState, 6, 8, 6, 6, 6
	if wide {
		c.gap = 2
		c.rate, c.bytes, c.peak, c.total, c.heard = 8, 10, 8, 14, 10
	}
	rest -= c.tile + c.figures() + 2*c.gap
	c.spark = min(max(rest/3, topicSpark), maxTableSpark)
	c.name = rest - c.spark
	if over := c.name - maxTableName; over > 0 {
		c.spark = min(c.spark+over, maxTableSpark)
		c.name = rest - c.spark
	}
}

// figures returns the width of everything right of the name, without the gap before it.
func (c topicColumns) figures() int {
	n := -c.gap
	for _, w := range []int{c.state, c.rate, c.bytes, c.peak, c.total, c.heard, c.spark} {
		if w > 0 {
			n += c.gap + w
		}
	}
	return max(n, 0)
}
