package load

import (
	"slices"
	"sort"
)

// span is the numbers from from on, before to.
type span struct{ from, to int64 }

// spans is a set of numbers as disjoint spans in ascending order. It takes little memory if
// the numbers come in runs, whatever their length.
type spans []span

// extend adds a span that lies above all others.
func (s *spans) extend(from, to int64) {
	if from >= to {
		return
	}
	if n := len(*s); n > 0 && (*s)[n-1].to == from {
		(*s)[n-1].to = to
		return
	}
	*s = append(*s, span{from, to})
}

// remove removes a number and reports whether it was in the set.
func (s *spans) remove(n int64) bool {
	i := sort.Search(len(*s), func(i int) bool { return (*s)[i].to > n })
	if i == len(*s) || (*s)[i].from > n {
		return false
	}
	switch found := &(*s)[i]; {
	case found.from+1 == found.to:
		*s = slices.Delete(*s, i, i+1)
	case found.from == n:
		found.from++
	case found.to-1 == n:
		found.to--
	default:
		after := span{n + 1, found.to}
		found.to = n
		*s = slices.Insert(*s, i+1, after)
	}
	return true
}

// overlap returns how many numbers are in both sets.
func (s spans) overlap(other spans) (n int64) {
	for len(s) > 0 && len(other) > 0 {
		n += max(0, min(s[0].to, other[0].to)-max(s[0].from, other[0].from))
		if s[0].to < other[0].to {
			s = s[1:]
		} else {
			other = other[1:]
		}
	}
	return n
}
