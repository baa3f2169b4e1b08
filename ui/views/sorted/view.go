package sorted

import (
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/ui/views/kit"
)

func (p *Page) draw() []string {
	inner := kit.Rect{W: p.w, H: p.h}.Inner()
	p.cursor.SetRows(0, uint64(p.len()))
	panel := kit.Panel{Title: p.title(), Focused: true}
	var rows []string
	switch {
	case len(p.table.Shown()) == 0:
		rows = p.words(inner.W, "There are no objects of JSON in the stream, so there is nothing to sort.")
	case p.order == nil:
		rows = p.words(inner.W, "sorting"+kit.Ellipsis)
	case p.showsGroups():
		rows = p.groups(inner)
	default:
		rows = p.list(inner)
	}
	return panel.View(*p.styles, p.w, p.h, rows)
}

func (p *Page) words(w int, text string) []string {
	return []string{kit.NewLine(w, kit.Paint{}).String(), kit.NewLine(w, kit.Paint{}).Space(2).Put(p.styles.Text, text).String()}
}

// title says what is shown, and that it stands still.
func (p *Page) title() []kit.Span {
	s, dash := p.styles, p.styles.Border.Span(" ─ ")
	n := uint64(len(p.messages))
	spans := []kit.Span{s.Strong.Span(printable.Name(p.name, max(p.w/3, 0))), dash,
		s.Text.Span(human.Count(n) + " " + human.Plural(n, "message") + ", frozen")}
	by := p.by(p.table.Shown())
	if by == "" {
		return spans
	}
	words := "sorted by "
	if p.grouped {
		words = "grouped by "
	}
	spans = append(spans, dash, s.Accent.Span(words+printable.Prefix(by, max(p.w/3, 0))+p.sign()))
	if p.inside != nil {
		spans = append(spans, dash, s.Match.Span(p.inside.value.Text(max(p.w/3, 0))))
	}
	return spans
}

func (p *Page) sign() string {
	switch {
	case p.grouped && p.down:
		return ", the smallest first"
	case p.grouped:
		return ""
	case p.down:
		return " ▼"
	default:
		return " ▲"
	}
}

// groups draws the values of the column: how many messages have each, and which share of all.
func (p *Page) groups(inner kit.Rect) []string {
	const valueWidth, countWidth, shareWidth, most = 32, 9, 7, 40
	width := min(valueWidth, max(inner.W/3, 1))
	head := kit.NewLine(inner.W, kit.Paint{}).Space(kit.RowEdge).Left(p.styles.Dim, "value", width)
	head.Space(kit.ColumnGap).Right(p.styles.Dim, "messages", countWidth).Space(kit.ColumnGap).Right(p.styles.Dim, "share", shareWidth)
	return append([]string{head.String()}, p.cursor.Draw(max(inner.H-1, 0), func(i uint64, selected bool) string {
		g := &p.order.groups[i]
		share := float64(len(g.messages)) / float64(max(len(p.messages), 1))
		l := kit.StartRow(p.styles, inner.W, selected).Left(p.styles.Text, g.value.Text(width), width)
		l.Space(kit.ColumnGap).Right(p.styles.Text, human.Count(uint64(len(g.messages))), countWidth)
		l.Space(kit.ColumnGap).Right(p.styles.Dim, human.Percent(share), shareWidth).Space(kit.ColumnGap)
		room := min(most, l.Rest()-kit.RowEdge)
		for range int(share*float64(max(room, 0)) + 0.5) {
			l.Put(p.styles.Accent, "█")
		}
		return l.String()
	})...)
}

// list draws messages as a table.
func (p *Page) list(inner kit.Rect) []string {
	timeWidth := len(human.ClockLayout)
	cells := max(inner.W-2*kit.RowEdge-timeWidth-kit.ColumnGap, 0)
	all := p.rows()
	height := max(inner.H-1, 0)
	p.cursor.Settle(height, kit.OneLine)
	from := min(int(p.cursor.Top()), len(all))
	p.view.Begin(p.table, cells, func(measure func(uint64, string)) {
		for _, e := range all[from:min(from+height, len(all))] {
			measure(e.Seq, e.Data)
		}
	})
	head := kit.NewLine(inner.W, kit.Paint{}).Space(kit.RowEdge).Left(p.styles.Dim, "time", timeWidth).Space(kit.ColumnGap)
	p.view.PutTitles(head, p.styles, p.column, "")
	return append([]string{head.String()}, p.cursor.Draw(height, func(i uint64, selected bool) string {
		e := all[i]
		l := kit.StartRow(p.styles, inner.W, selected).Left(p.styles.Dim, human.Clock(e.At), timeWidth).Space(kit.ColumnGap)
		if !p.view.Put(l, p.styles, e.Seq, e.Data, false) {
			l.Put(p.styles.Dim, printable.Prefix(e.Data, max(l.Rest(), 0)))
		}
		return l.String()
	})...)
}
