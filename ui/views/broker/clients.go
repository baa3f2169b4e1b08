package broker

import (
	"cmp"
	"time"

	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/internal/system"
	"joltui/ui/views/kit"
	"joltui/ui/views/kit/table"
)

// clientOrders begin with trouble: who has most waiting to be read.
func clientOrders() []table.Order[system.Client] {
	return []table.Order[system.Client]{
		{Name: byTrouble, Less: func(a, b system.Client) int {
			return cmp.Or(-cmp.Compare(a.Backlog, b.Backlog), -cmp.Compare(traffic(a), traffic(b)))
		}},
		{Name: byIn, Less: func(a, b system.Client) int { return -cmp.Compare(a.MessagesIn, b.MessagesIn) }},
		{Name: byUser, Less: func(a, b system.Client) int { return cmp.Compare(a.User, b.User) }},
		{Name: byName, Less: func(a, b system.Client) int { return cmp.Compare(a.Address, b.Address) }},
	}
}

func traffic(c system.Client) float64 { return c.BytesIn + c.BytesOut }

// clientColumns are those of the table of connections, the most needed first.
func (p *Page) clientColumns(w int, now time.Time) []table.Column[system.Client] {
	s := p.styles
	return table.Fit([]table.Column[system.Client]{
		{Title: "address", Order: byName, Cell: func(c system.Client) kit.Span {
			return s.Strong.Span(printable.Prefix(c.Address, w))
		}},
		{Title: "backlog", Order: byTrouble, Width: 11, Right: true, Cell: func(c system.Client) kit.Span {
			return p.backlog(c)
		}},
		{Title: "user", Order: byUser, Width: 10, Cell: func(c system.Client) kit.Span {
			return s.Text.Span(printable.Name(c.User, 11))
		}},
		{Title: "in", Order: byIn, Width: 9, Right: true, Cell: func(c system.Client) kit.Span {
			return s.Text.Span(human.Rate(c.MessagesIn))
		}},
		{Title: "out", Width: 9, Right: true, Cell: func(c system.Client) kit.Span {
			return s.Text.Span(human.Rate(c.MessagesOut))
		}},
		{Title: "topics", Width: 6, Right: true, Cell: func(c system.Client) kit.Span {
			return s.Text.Span(human.Count(uint64(max(c.Subscriptions, 0))))
		}},
		{Title: "since", Width: 8, Right: true, Cell: func(c system.Client) kit.Span {
			return s.Dim.Span(p.age(c.Since, now))
		}},
	}, w, p.clients.Longest)
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
	title := table.Titles(p.styles, kit.NewLine(w, kit.Paint{}).Space(kit.RowEdge+1), columns, p.clients.Order().Name)
	return append([]string{title}, p.clients.List.Draw(h-1, func(i uint64, selected bool) string {
		return table.Cells(kit.StartRow(p.styles, w, selected).Space(1), columns, p.clients.All[i])
	})...)
}
