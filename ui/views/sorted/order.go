package sorted

import (
	"slices"

	"joltui/internal/feed"
	"joltui/ui/views/columns"
)

// order is messages in the order of a column. It is immutable.
type order struct {
	messages []*feed.Entry
	groups   []group // if they were asked for
}

// group is the messages with the same value, in the order in which they came.
type group struct {
	value    columns.Value
	messages []*feed.Entry
}

// sortBy sorts messages by a column; those with equal values stay in the order in which they
// came. Messages without the column come last either way. With grouped, it makes groups: the
// largest first, or if down is set the smallest.
func sortBy(by columns.Column, all []*feed.Entry, down, grouped bool) *order {
	type keyed struct {
		of    *feed.Entry
		value columns.Value
	}
	rows := make([]keyed, len(all))
	for i, e := range all {
		rows[i] = keyed{e, by.ValueOf(e.Data)}
	}
	slices.SortStableFunc(rows, func(a, b keyed) int {
		c := a.value.Compare(b.value)
		if down && !a.value.None && !b.value.None {
			return -c
		}
		return c
	})
	made := &order{messages: make([]*feed.Entry, len(rows))}
	for i, r := range rows {
		made.messages[i] = r.of
		if !grouped {
			continue
		}
		if last := len(made.groups) - 1; last < 0 || made.groups[last].value.Compare(r.value) != 0 {
			made.groups = append(made.groups, group{value: r.value})
		}
		last := &made.groups[len(made.groups)-1]
		last.messages = append(last.messages, r.of)
	}
	slices.SortStableFunc(made.groups, func(a, b group) int {
		if down {
			a, b = b, a
		}
		return len(b.messages) - len(a.messages)
	})
	return made
}
