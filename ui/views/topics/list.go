package topics

import (
	"slices"
	"time"

	"joltui/internal/feed"
	"joltui/ui/views/kit"
)

// topicList has the rows of the list of topics, sorted and grouped. The rows are made anew
// when topics come or go and, if their order depends on counts, once a second while
// messages come. So rows do not jump about, and sorting 10,000 topics takes only 3 ms of
// each second.
type topicList struct {
	order  Order
	filter nameFilter
	tree   bool
	folded map[string]bool // groups, by name

	topics []*feed.Topic // those of the feed that the rows were made of
	rolled time.Time     // the [feed.Feed.Rolled] of the rates that they were sorted by
	leaves map[*feed.Topic]*topicNode
	top    []*topicNode
	shown  topicNode // all that the filter lets through, as one group
	names  kit.Names // of top
	rows   []topicRow
	stale  bool // order, filter or tree has changed
}

// topicRow is a row of the list.
type topicRow struct {
	node  *topicNode // nil: all topics
	in    *kit.Names // the labels of the rows beside it
	depth int
}

// id returns the identity of the row, by which it is found again.
func (r topicRow) id() topicID {
	if r.node == nil {
		return topicID{}
	}
	return topicID{r.node.name, r.node.topic == nil}
}

// topicID identifies a row, whatever the order of the rows. The zero topicID is the row of
// all topics.
type topicID struct {
	name  string
	group bool
}

// update makes the rows anew if they are out of date.
func (l *topicList) update(f *feed.Feed) {
	topics, rolled := f.Topics(), f.Rolled()
	changed := len(l.rows) == 0 || !sameTopics(topics, l.topics)
	aged := !rolled.Equal(l.rolled) && (l.tree || l.order != OrderName || l.filter.on())
	if !changed && !aged && !l.stale {
		return
	}
	if changed || l.stale {
		l.makeNodes(topics)
	}
	if aged || l.stale {
		for t, leaf := range l.leaves {
			leaf.sum = sumOf(t)
		}
	}
	l.shown.total()
	if l.order != OrderName {
		sortNodes(l.top, l.order)
	}
	l.topics, l.rolled, l.stale = topics, rolled, false
	l.layOut()
}

// sameTopics reports whether a and b are the same slice: a feed makes a new one when topics
// come or go.
func sameTopics(a, b []*feed.Topic) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// makeNodes makes the nodes anew. Topics keep the sums that they were sorted by: a topic that
// comes must not move others.
func (l *topicList) makeNodes(topics []*feed.Topic) {
	old := l.leaves
	l.leaves = make(map[*feed.Topic]*topicNode, len(topics))
	l.top = make([]*topicNode, 0, len(topics))
	for i, t := range topics {
		if !l.filter.has(t.Name) {
			continue
		}
		leaf := &topicNode{topic: t, name: t.Name, label: t.Name, rank: i}
		if before := old[t]; before != nil {
			leaf.sum = before.sum
		} else {
			leaf.sum = sumOf(t)
		}
		l.leaves[t], l.top = leaf, append(l.top, leaf)
	}
	if l.tree {
		l.top = groupTopics(l.top)
	}
	l.shown = topicNode{children: l.top}
	l.names = kit.Names{Framed: !l.tree}
	l.names.Set(labels(l.top))
}

// labels returns the labels of nodes.
func labels(nodes []*topicNode) []string {
	all := make([]string, len(nodes))
	for i, n := range nodes {
		all[i] = n.label
	}
	return all
}

// layOut lists the rows that are in no folded group.
func (l *topicList) layOut() {
	l.rows = make([]topicRow, 1, len(l.topics)+1)
	l.addRows(l.top, &l.names, 0)
}

func (l *topicList) addRows(nodes []*topicNode, in *kit.Names, depth int) {
	for _, n := range nodes {
		l.rows = append(l.rows, topicRow{n, in, depth})
		if len(n.children) > 0 && !l.folded[n.name] {
			l.addRows(n.children, &n.names, depth+1)
		}
	}
}

// find returns the number of the row with an id. It tries was first, the number that it had
// before.
func (l *topicList) find(id topicID, was int) (int, bool) {
	if was < len(l.rows) && l.rows[was].id() == id {
		return was, true
	}
	for i, r := range l.rows {
		if r.id() == id {
			return i, true
		}
	}
	return 0, false
}

// parent returns the number of the row of the group around row i, or 0 if there is none.
func (l *topicList) parent(i int) int {
	depth := l.rows[i].depth
	for depth > 0 && l.rows[i].depth >= depth {
		i--
	}
	if depth == 0 {
		return 0
	}
	return i
}

// fold folds or unfolds a group.
func (l *topicList) fold(group string, on bool) {
	if l.folded == nil {
		l.folded = make(map[string]bool)
	}
	if on {
		l.folded[group] = true
	} else {
		delete(l.folded, group)
	}
	l.layOut()
}

// reveal unfolds the groups that hide a topic.
func (l *topicList) reveal(topic string) {
	for group := range l.folded {
		if inGroup(topic, group) {
			delete(l.folded, group)
		}
	}
	l.layOut()
}

// setOrder sets the order, from the next update on.
func (l *topicList) setOrder(o Order) { l.order, l.stale = o, true }

// setFilter shows only some of the topics, from the next update on.
func (l *topicList) setFilter(f nameFilter) { l.filter, l.stale = f, true }

// groups returns the names of all groups, of those below others too.
func (l *topicList) groups() (names []string) {
	var add func([]*topicNode)
	add = func(nodes []*topicNode) {
		for _, n := range nodes {
			if n.topic == nil {
				names = append(names, n.name)
				add(n.children)
			}
		}
	}
	add(l.top)
	return names
}

// foldAll folds all groups, or if all are folded unfolds them, and reports which.
func (l *topicList) foldAll() (folded bool) {
	all := l.groups()
	folded = slices.ContainsFunc(all, func(group string) bool { return !l.folded[group] })
	l.folded = make(map[string]bool)
	for _, group := range all {
		if folded {
			l.folded[group] = true
		}
	}
	l.layOut()
	return folded
}

// setTree sets whether topics are grouped, from the next update on.
func (l *topicList) setTree(on bool) { l.tree, l.stale = on, true }
