package broker

import (
	"cmp"
	"time"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/internal/system"
	"joltui/ui/views/kit"
	"joltui/ui/views/kit/table"
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

func topicOrders() []table.Order[system.Topic] {
	return []table.Order[system.Topic]{
		{Name: byRate, Less: func(a, b system.Topic) int {
			return cmp.Or(-cmp.Compare(a.MessageRate, b.MessageRate), -cmp.Compare(a.Subscribers, b.Subscribers))
		}},
		{Name: byName, Less: func(a, b system.Topic) int { return cmp.Compare(a.Topic, b.Topic) }},
		{Name: byLeast, Less: func(a, b system.Topic) int { return -cmp.Compare(a.Subscribers, b.Subscribers) }},
		{Name: byHeard, Less: func(a, b system.Topic) int { return -cmp.Compare(a.LastHeard, b.LastHeard) }},
	}
}

// topicColumns are those of the table of topics, the most needed first.
func (p *Page) topicColumns(w int, now time.Time) []table.Column[system.Topic] {
	s := p.styles
	return table.Fit([]table.Column[system.Topic]{
		{Title: "topic", Order: byName, Cell: func(t system.Topic) kit.Span {
			return s.Strong.Span(printable.Name(t.Topic, w))
		}},
		{Title: "messages", Order: byRate, Width: 10, Right: true, Cell: func(t system.Topic) kit.Span {
			return s.Text.Span(human.Rate(t.MessageRate))
		}},
		{Title: "subscribers", Order: byLeast, Width: 14, Right: true, Cell: func(t system.Topic) kit.Span {
			return p.subscribers(t)
		}},
		{Title: "heard", Order: byHeard, Width: 9, Right: true, Cell: func(t system.Topic) kit.Span {
			return s.Dim.Span(p.age(t.LastHeard, now))
		}},
		{Title: "bytes", Width: 10, Right: true, Cell: func(t system.Topic) kit.Span {
			return s.Dim.Span(human.ByteRate(t.ByteRate))
		}},
	}, w, p.topics.Longest)
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
	title := table.Titles(p.styles, kit.NewLine(w, kit.Paint{}).Space(kit.RowEdge+marksWidth), columns, p.topics.Order().Name)
	return append([]string{title}, p.topics.List.Draw(h-1, func(i uint64, selected bool) string {
		t := p.topics.All[i]
		l := kit.StartRow(p.styles, w, selected)
		p.putMarks(l, t.Topic, f)
		return table.Cells(l, columns, t)
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
