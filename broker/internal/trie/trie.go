package trie

import (
	"slices"
	"strings"

	"joltui/broker/internal/shrink"
)

const (
	one  = "*" // stands for one level
	rest = ">" // stands for all further ones
)

// Trie is patterns with those who want what they match. The zero value has none.
type Trie[S comparable] struct {
	root node[S]
	size int // patterns that somebody wants
}

// node is a level of patterns that begin alike.
type node[S comparable] struct {
	levels shrink.Map[string, *node[S]]
	one    *node[S] // behind *
	rest   []S      // of those who have > here
	here   []S      // of those whose pattern ends
}

func (n *node[S]) empty() bool {
	return len(n.levels.All) == 0 && n.one == nil && len(n.rest) == 0 && len(n.here) == 0
}

// Len returns how many patterns somebody wants.
func (t *Trie[S]) Len() int { return t.size }

// Add adds somebody who wants a pattern, and does not yet.
func (t *Trie[S]) Add(pattern string, s S) {
	list := t.root.list(pattern)
	if len(*list) == 0 {
		t.size++
	}
	*list = append(*list, s)
}

// list returns those who want a pattern, and makes the nodes that lead there.
func (n *node[S]) list(pattern string) *[]S {
	for {
		level, others, more := strings.Cut(pattern, ".")
		if level == rest && !more {
			return &n.rest
		}
		n = n.child(level)
		if !more {
			return &n.here
		}
		pattern = others
	}
}

func (n *node[S]) child(level string) *node[S] {
	if level == one {
		if n.one == nil {
			n.one = new(node[S])
		}
		return n.one
	}
	next := n.levels.All[level]
	if next == nil {
		next = new(node[S])
		n.levels.Set(strings.Clone(level), next)
	}
	return next
}

// Remove removes somebody who wants a pattern.
func (t *Trie[S]) Remove(pattern string, s S) {
	if t.root.remove(pattern, s) {
		t.size--
	}
}

// remove reports whether nobody wants the pattern any more, and somebody did.
func (n *node[S]) remove(pattern string, s S) bool {
	level, others, more := strings.Cut(pattern, ".")
	if level == rest && !more {
		return drop(&n.rest, s)
	}
	next := n.one
	if level != one {
		next = n.levels.All[level]
	}
	if next == nil {
		return false
	}
	last := false
	if more {
		last = next.remove(others, s)
	} else {
		last = drop(&next.here, s)
	}
	if next.empty() {
		if level == one {
			n.one = nil
		} else {
			n.levels.Remove(level)
		}
	}
	return last
}

func drop[S comparable](list *[]S, s S) bool {
	i := slices.Index(*list, s)
	if i < 0 {
		return false
	}
	*list = slices.Delete(*list, i, i+1)
	if len(*list) == 0 {
		*list = nil
	}
	return len(*list) == 0
}

// Match adds to those who want a topic all whose patterns match it, each once.
func (t *Trie[S]) Match(topic string, to []S) []S { return t.root.match(topic, to) }

func (n *node[S]) match(topic string, to []S) []S {
	to = union(to, n.rest)
	level, others, more := strings.Cut(topic, ".")
	for _, next := range [...]*node[S]{n.levels.All[level], n.one} {
		switch {
		case next == nil:
		case more:
			to = next.match(others, to)
		default:
			to = union(to, next.here)
		}
	}
	return to
}

// Each calls f for all who want something, once for each pattern.
func (t *Trie[S]) Each(f func(S)) { t.root.each(f) }

func (n *node[S]) each(f func(S)) {
	if n == nil {
		return
	}
	for _, wanted := range [...][]S{n.rest, n.here} {
		for _, s := range wanted {
			f(s)
		}
	}
	n.one.each(f)
	for _, next := range n.levels.All {
		next.each(f)
	}
}

// union adds those who are not there yet. Where there are many, to look at each for each
// would take long.
func union[S comparable](to, more []S) []S {
	const few = 32
	if len(to) == 0 {
		return append(to, more...)
	}
	if len(to)*len(more) <= few*few {
		for _, s := range more {
			if !slices.Contains(to, s) {
				to = append(to, s)
			}
		}
		return to
	}
	known := make(map[S]struct{}, len(to))
	for _, s := range to {
		known[s] = struct{}{}
	}
	for _, s := range more {
		if _, ok := known[s]; !ok {
			to = append(to, s)
		}
	}
	return to
}
