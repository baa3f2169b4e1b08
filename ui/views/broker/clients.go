package broker

import (
	"cmp"
	"time"

	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/internal/system"
	"joltui/ui/views/kit"
)

// clientOrders begin with trouble: who has most waiting to be read.
func clientOrders() []order[system.Client] {
	return []order[system.Client]{
		{byTrouble, func(a, b system.Client) int {
			return cmp.Or(-cmp.Compare(a.Backlog, b.Backlog), -cmp.Compare(traffic(a), traffic(b)))
		}},
		{byIn, func(a, b system.Client) int { return -cmp.Compare(a.MessagesIn, b.MessagesIn) }},
		{byUser, func(a, b system.Client) int { return cmp.Compare(a.User, b.User) }},
		{byName, func(a, b system.Client) int { return cmp.Compare(a.Address, b.Address) }},
	}
}

func traffic(c system.Client) float64 { return c.BytesIn + c.BytesOut }

// clientColumns are those of the table of connections, the most needed first.
func (p *Page) clientColumns(w int, now time.Time) []column[system.Client] {
	s := p.styles
	return fit([]column[system.Client]{
		{title: "address", order: byName, cell: func(c system.Client) kit.Span {
			return s.Strong.Span(printable.Prefix(c.Address, w))
		}},
		{title: "backlog", order: byTrouble, width: 11, right: true, cell: func(c system.Client) kit.Span {
			return p.backlog(c)
		}},
		{title: "user", order: byUser, width: 10, cell: func(c system.Client) kit.Span {
			return s.Text.Span(printable.Name(c.User, 11))
		}},
		{title: "in", order: byIn, width: 9, right: true, cell: func(c system.Client) kit.Span {
			return s.Text.Span(human.Rate(c.MessagesIn))
		}},
		{title: "out", width: 9, right: true, cell: func(c system.Client) kit.Span {
			return s.Text.Span(human.Rate(c.MessagesOut))
		}},
		{title: "topics", width: 6, right: true, cell: func(c system.Client) kit.Span {
			return s.Text.Span(human.Count(uint64(max(c.Subscriptions, 0))))
		}},
		{title: "since", width: 8, right: true, cell: func(c system.Client) kit.Span {
			return s.Dim.Span(p.age(c.Since, now))
		}},
	}, w, p.clients.longest)
}

// backlog is what waits to be read by a client. What waits stands out: a client that
// goes on like that is cut off.
func (p *Page) backlog(c system.Client) kit.Span {
	if c.Backlog <= 0 {
		return p.styles.Dim.Span("–")
	}
	return p.styles.Warn.Span("▲ " + human.Bytes(uint64(c.Backlog)))
}

func (p *Page) clientTable(w, h int, now time.Time) []string {
	columns := p.clientColumns(w-kit.RowEdge-1, now)
	title := titles(p.styles, kit.NewLine(w, kit.Paint{}).Space(kit.RowEdge+1), columns, p.clients.order().name)
	return append([]string{title}, p.clients.list.Draw(h-1, func(i uint64, selected bool) string {
		return cells(kit.StartRow(p.styles, w, selected).Space(1), columns, p.clients.all[i])
	})...)
}
