package topics

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"joltui/internal/feed"
	"joltui/ui/views/kit"
)

// topicNode is a topic, or a group of topics whose names begin with the same
// parts between dots. A group has at least two topics.
type topicNode struct {
	topic *feed.Topic // nil: a group
	// name is that of the topic; of a group, the parts that its topics share, without the
	// dot after them.
	name     string
	label    string // name without that of the group around it
	rank     int    // position among its siblings in the order of names
	children []*topicNode
	names    kit.Names // of the children
	sum      topicSum  // as of the second of the latest update
	spark    []float64 // of a group, as of that second; nil until it is needed
}

// groupTopics groups topics by the parts of their names.
func groupTopics(leaves []*topicNode) []*topicNode {
	leaves = slices.Clone(leaves)
	slices.SortFunc(leaves, func(a, b *topicNode) int { return compareParts(a.name, b.name) })
	return groupLevel(leaves, 0)
}

// compareParts compares names part by part: the dot, which ends a part, comes before every
// other character, so that the topics of a group follow one another.
func compareParts(a, b string) int {
	for i := range min(len(a), len(b)) {
		switch {
		case a[i] == b[i]:
		case a[i] == '.':
			return -1
		case b[i] == '.':
			return +1
		default:
			return cmp.Compare(a[i], b[i])
		}
	}
	return cmp.Compare(len(a), len(b))
}

// groupLevel returns the nodes of topics whose names have the same first from bytes.
func groupLevel(leaves []*topicNode, from int) []*topicNode {
	var level []*topicNode
	for len(leaves) > 0 {
		part, _, _ := strings.Cut(leaves[0].name[from:], ".")
		end := from + len(part)
		n := sort.Search(len(leaves), func(i int) bool { return !inGroup(leaves[i].name, leaves[0].name[:end]) })
		node := leaves[0]
		if n > 1 {
			node = makeGroup(leaves[:n], end)
		}
		node.label, node.rank = node.name[from:], len(level)
		level = append(level, node)
		leaves = leaves[n:]
	}
	return level
}

// makeGroup makes a group of topics whose names have the same first end bytes. Its name is
// as long as all of them share whole parts.
func makeGroup(leaves []*topicNode, end int) *topicNode {
	first, last := leaves[0].name, leaves[len(leaves)-1].name
	for end < len(first) {
		part, _, _ := strings.Cut(first[end+1:], ".")
		longer := end + 1 + len(part)
		if !inGroup(last, first[:longer]) {
			break
		}
		end = longer
	}
	group := &topicNode{name: first[:end]}
	if len(first) == end { // a topic with the name of the group
		self := leaves[0]
		self.label, self.rank = first[strings.LastIndexByte(first, '.')+1:], -1
		group.children = append(group.children, self)
		leaves = leaves[1:]
	}
	group.children = append(group.children, groupLevel(leaves, end+1)...)
	group.names.Set(labels(group.children))
	return group
}

// inGroup reports whether a topic belongs to the group of that name.
func inGroup(topic, group string) bool {
	return strings.HasPrefix(topic, group) && (len(topic) == len(group) || topic[len(group)] == '.')
}

// total updates the sums of a group and those in it, and returns the sum of a node.
func (n *topicNode) total() topicSum {
	if n.topic != nil {
		return n.sum
	}
	n.sum, n.spark = topicSum{}, nil
	for _, c := range n.children {
		n.sum.add(c.total())
	}
	return n.sum
}

// sortNodes sorts siblings, and the nodes below them.
func sortNodes(nodes []*topicNode, o Order) {
	slices.SortFunc(nodes, func(a, b *topicNode) int {
		if c := o.compare(&a.sum, &b.sum); c != 0 {
			return c
		}
		return cmp.Compare(a.rank, b.rank)
	})
	for _, n := range nodes {
		sortNodes(n.children, o)
	}
}

// each calls do for every topic of the group.
func (n *topicNode) each(do func(*feed.Topic)) {
	if n.topic != nil {
		do(n.topic)
	}
	for _, c := range n.children {
		c.each(do)
	}
}

// topicNames returns the names of all topics of the group.
func (n *topicNode) topicNames() (names []string) {
	n.each(func(t *feed.Topic) { names = append(names, t.Name) })
	return names
}

// sparks returns how many messages came in each of the last seconds, on all topics of the
// group together.
func (n *topicNode) sparks() []float64 {
	if n.topic != nil {
		return n.topic.Spark()
	}
	if n.spark == nil {
		n.each(func(t *feed.Topic) {
			if n.spark == nil {
				n.spark = make([]float64, len(t.Spark()))
			}
			for i, v := range t.Spark() {
				n.spark[i] += v
			}
		})
	}
	return n.spark
}
