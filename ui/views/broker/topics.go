package broker

import (
	"cmp"
	"time"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/internal/system"
	"joltui/ui/views/kit"
)

// The orders of topics and of connections, by the titles of the columns.
const (
	byName    = "name"
	byRate    = "rate"
	byLeast   = "subscribers"
	byHeard   = "heard"
	byTrouble = "backlog"
	byUser    = "user"
	byIn      = "in"
)

func topicOrders() []order[system.Topic] {
	return []order[system.Topic]{
		{byRate, func(a, b system.Topic) int {
			return cmp.Or(-cmp.Compare(a.MessageRate, b.MessageRate), -cmp.Compare(a.Subscribers, b.Subscribers))
		}},
		{byName, func(a, b system.Topic) int { return cmp.Compare(a.Topic, b.Topic) }},
		{byLeast, func(a, b system.Topic) int { return -cmp.Compare(a.Subscribers, b.Subscribers) }},
		{byHeard, func(a, b system.Topic) int { return -cmp.Compare(a.LastHeard, b.LastHeard) }},
	}
}

// topicColumns are those of the table of topics, the most needed first.
func (p *Page) topicColumns(w int, now time.Time) []column[system.Topic] {
	s := p.styles
	return fit([]column[system.Topic]{
		{title: "topic", order: byName, cell: func(t system.Topic) kit.Span {
			return s.Strong.Span(printable.Name(t.Topic, w))
		}},
		{title: "messages", order: byRate, width: 10, right: true, cell: func(t system.Topic) kit.Span {
			return s.Text.Span(human.Rate(t.MessageRate))
		}},
		{title: "subscribers", order: byLeast, width: 14, right: true, cell: func(t system.Topic) kit.Span {
			return p.subscribers(t)
		}},
		{title: "heard", order: byHeard, width: 9, right: true, cell: func(t system.Topic) kit.Span {
			return s.Dim.Span(p.age(t.LastHeard, now))
		}},
		{title: "bytes", width: 10, right: true, cell: func(t system.Topic) kit.Span {
			return s.Dim.Span(human.ByteRate(t.ByteRate))
		}},
	}, w, p.topics.longest)
}

// subscribers tells how many there are. What is published for nobody stands out.
func (p *Page) subscribers(t system.Topic) kit.Span {
	if t.Subscribers > 0 {
		return p.styles.Text.Span(human.Count(uint64(t.Subscribers)))
	}
	if t.MessageRate > 0 {
		return p.styles.Warn.Span("nobody listens")
	}
	return p.styles.Dim.Span("nobody listens")
}

// age is how long ago something was, by the broker's clock; empty for never.
func (p *Page) age(of system.Stamp, now time.Time) string {
	at := of.Time()
	if at.IsZero() {
		return ""
	}
	if ago := p.brokerTime(now).Sub(at); ago >= 2*time.Second {
		return human.Duration(ago.Truncate(time.Second))
	}
	return "now"
}

func (p *Page) topicTable(w, h int, f *feed.Feed, now time.Time) []string {
	columns := p.topicColumns(w-kit.RowEdge-marksWidth, now)
	title := titles(p.styles, kit.NewLine(w, kit.Paint{}).Space(kit.RowEdge+marksWidth), columns, p.topics.order().name)
	return append([]string{title}, p.topics.list.Draw(h-1, func(i uint64, selected bool) string {
		t := p.topics.all[i]
		l := kit.StartRow(p.styles, w, selected)
		p.putMarks(l, t.Topic, f)
		return cells(l, columns, t)
	})...)
}

// marksWidth is the room for the two signs in front of a topic, and a blank.
const marksWidth = 3

// putMarks tells whether a topic is marked, and whether it is subscribed to here.
func (p *Page) putMarks(l *kit.Line, topic string, f *feed.Feed) {
	if p.marked[topic] {
		l.Put(p.styles.Accent, "✓")
	} else {
		l.Space(1)
	}
	if t := f.Topic(topic); t != nil && t.State == feed.TopicSubscribed {
		l.Put(p.styles.OK, "●")
	} else {
		l.Space(1)
	}
	l.Space(1)
}
