package topics

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"joltui/internal/feed"
	"joltui/jolt"
	"joltui/ui/views/kit/kittest"
)

// busy returns a feed with topics of these names, each with traffic of its own.
func busy(t *rapid.T, names []string) *feed.Feed {
	f := feed.New(feed.Limits{})
	f.Tick(kittest.Start())
	for _, name := range names {
		f.Want(name, kittest.Start())
		var batch []jolt.Event
		for range rapid.IntRange(0, 3).Draw(t, "messages") {
			at := kittest.Start().Add(time.Duration(rapid.IntRange(0, 3).Draw(t, "ms")) * time.Millisecond)
			batch = append(batch, kittest.Message(at, name, "x"))
		}
		f.Apply(batch)
	}
	f.Tick(kittest.Start().Add(time.Second))
	return f
}

// figure returns the figure by which an order sorts, larger first.
func figure(o Order, t *feed.Topic) float64 {
	switch {
	case o == OrderRate:
		return t.Rate()
	case o == OrderCount:
		return float64(t.Received)
	case o == OrderHeard && !t.LastAt.IsZero():
		return float64(1 + t.LastAt.Sub(kittest.Start()))
	default:
		return 0
	}
}

var topicNames = rapid.SliceOfNDistinct(rapid.StringMatching(`[a-c\-][.a-c\-]{0,6}`), 0, 30, rapid.ID[string])

// TestTopicOrderModel: the list is sorted as by a naive sort.
func TestTopicOrderModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := busy(t, topicNames.Draw(t, "names"))
		for o := OrderName; o <= OrderCount; o++ {
			want := slices.Clone(f.Topics())
			slices.SortStableFunc(want, func(a, b *feed.Topic) int { return cmp.Compare(figure(o, b), figure(o, a)) })
			l := topicList{order: o}
			l.update(f)
			for i, topic := range want {
				if got := l.rows[i+1].node.topic; got != topic {
					t.Fatalf("%s: row %d is %s, want %s", o, i, got.Name, topic.Name)
				}
			}
		}
	})
}

// naiveTree lists the rows of a tree: topics sorted by their parts, with the group before the
// topics that share their first parts.
func naiveTree(f *feed.Feed, o Order, topics []*feed.Topic, parts int) []string {
	type child struct {
		name   string
		topics []*feed.Topic
	}
	var children []child
	for _, topic := range topics {
		split := strings.Split(topic.Name, ".")
		key := strings.Join(split[:min(parts+1, len(split))], ".")
		if len(split) == parts {
			key = "" // the group's own name; first of all
		}
		i := slices.IndexFunc(children, func(c child) bool { return c.name == key })
		if i < 0 {
			children = append(children, child{name: key})
			i = len(children) - 1
		}
		children[i].topics = append(children[i].topics, topic)
	}
	slices.SortFunc(children, func(a, b child) int {
		var sums [2]float64
		for i, c := range []child{b, a} {
			for _, topic := range c.topics {
				if o == OrderHeard {
					sums[i] = max(sums[i], figure(o, topic))
				} else {
					sums[i] += figure(o, topic)
				}
			}
		}
		return cmp.Or(cmp.Compare(sums[0], sums[1]), cmp.Compare(a.name, b.name))
	})
	if parts > 0 && len(children) == 1 { // the group has more parts in common
		return naiveTree(f, o, topics, parts+1)
	}
	var rows []string
	for _, c := range children {
		if len(c.topics) == 1 {
			rows = append(rows, c.topics[0].Name)
			continue
		}
		below := naiveTree(f, o, c.topics, parts+1)
		rows = append(append(rows, groupName(c.topics)+" *"), below...)
	}
	return rows
}

// groupName is all parts that topics have in common.
func groupName(topics []*feed.Topic) string {
	parts := strings.Split(topics[0].Name, ".")
	for _, topic := range topics {
		other := strings.Split(topic.Name, ".")
		n := 0
		for n < min(len(parts), len(other)) && parts[n] == other[n] {
			n++
		}
		parts = parts[:n]
	}
	return strings.Join(parts, ".")
}

// TestTopicTreeModel: the tree has the rows of a naive one, in every order, and
// its groups sum up what is in them.
func TestTopicTreeModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := busy(t, topicNames.Draw(t, "names"))
		for o := OrderName; o <= OrderCount; o++ {
			l := topicList{order: o, tree: true}
			l.update(f)
			var got []string
			for _, r := range l.rows[1:] {
				if r.node.topic != nil {
					got = append(got, r.node.name)
					continue
				}
				got = append(got, r.node.name+" *")
				var sum topicSum
				r.node.each(func(topic *feed.Topic) { sum.add(sumOf(topic)) })
				if sum != r.node.sum || sum.topics < 2 {
					t.Fatalf("%s sums up to %+v, want %+v", r.node.name, r.node.sum, sum)
				}
			}
			if want := naiveTree(f, o, f.Topics(), 0); !slices.Equal(got, want) {
				t.Fatalf("%s: rows are\n%s\nwant\n%s", o, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		}
	})
}

// TestTopicsDoNotJiggle: within a second no row moves, whatever messages come, except to make
// room for new topics.
func TestTopicsDoNotJiggle(t *testing.T) {
	f := feed.New(feed.Limits{})
	f.Tick(kittest.Start())
	send := func(topic string, n int) { kittest.Orders(f, topic, 0, n) }
	names := func(l *topicList) string {
		l.update(f)
		var all []string
		for _, r := range l.rows[1:] {
			all = append(all, r.node.name)
		}
		return strings.Join(all, " ")
	}
	send("a", 1)
	send("b", 2)
	l := topicList{order: OrderCount}
	if got := names(&l); got != "b a" {
		t.Fatalf("rows are %s, want b a", got)
	}
	send("a", 10)
	if got := names(&l); got != "b a" {
		t.Fatalf("within the second the rows became %s", got)
	}
	send("c", 1)
	if got := names(&l); got != "b a c" {
		t.Fatalf("with a third topic the rows became %s, want b a c", got)
	}
	f.Tick(kittest.Start().Add(time.Second))
	if got := names(&l); got != "a b c" {
		t.Fatalf("in the next second the rows are %s, want a b c", got)
	}
}

// TestTopicsSortOnceASecond fails if a list of 10,000 topics does more than draw the rows on
// screen while nothing has to be sorted.
func TestTopicsSortOnceASecond(t *testing.T) {
	for _, tree := range []bool{false, true} {
		for o := OrderName; o <= OrderCount; o++ {
			cost := func(n int) float64 {
				f, v := feed.New(feed.Limits{}), newTopics(40, 20)
				f.Tick(kittest.Start())
				for i := range n {
					f.Want(fmt.Sprintf("topic.%d.%05d", i%10, i), kittest.Start())
				}
				v.list.setOrder(o)
				v.list.setTree(tree)
				v.View(f, kittest.Start())
				rows := &v.list.rows[0]
				kittest.Orders(f, "topic.0.00000", 0, 5)
				defer func() {
					if rows != &v.list.rows[0] {
						t.Errorf("%s, tree %v: the rows were made anew within the second", o, tree)
					}
				}()
				return testing.AllocsPerRun(5, func() { v.View(f, kittest.Start()) })
			}
			if few, many := cost(1_000), cost(9_000); few != many {
				t.Errorf("%s, tree %v: %v allocations with 1,000 topics, %v with 9,000", o, tree, few, many)
			}
		}
	}
}

// TestTopicsRestInSilence: rows are not sorted again while no message comes, and are sorted
// once one does, even if the list was not drawn meanwhile.
func TestTopicsRestInSilence(t *testing.T) {
	f := feed.New(feed.Limits{})
	f.Tick(kittest.Start())
	kittest.Orders(f, "a", 0, 1)
	kittest.Orders(f, "b", 0, 2)
	tick := func(after time.Duration) { f.Tick(kittest.Start().Add(after)) }
	tick(2 * time.Minute)
	l := topicList{order: OrderCount}
	l.update(f)
	rows := &l.rows[0]
	tick(3 * time.Minute)
	if l.update(f); &l.rows[0] != rows {
		t.Error("the rows were made anew though nothing came")
	}
	kittest.Orders(f, "a", 1, 5)
	tick(4 * time.Minute)
	tick(6 * time.Minute)
	if l.update(f); l.rows[1].node.name != "a" {
		t.Errorf("%s leads, with fewer messages than a", l.rows[1].node.name)
	}
}

// TestDeepTree: a chain of as many groups as there are topics neither exhausts the stack nor
// fills the screen.
func TestDeepTree(t *testing.T) {
	f, v := feed.New(feed.Limits{}), newTopics(40, 12)
	for i := range 1000 {
		f.Want("a"+strings.Repeat(".a", i), kittest.Start())
	}
	v.Update(kittest.Press("z"), f)
	v.Update(kittest.Press("G"), f)
	for _, row := range v.View(f, kittest.Start()) {
		kittest.RequireWidth(t, row, 40)
	}
}
