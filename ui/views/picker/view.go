package picker

import (
	"fmt"

	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/ui/views/kit"
)

// fields draws the list of fields, in h rows.
func (p *Page) fields(h int) []string {
	inner := kit.Rect{W: p.w, H: h}.Inner()
	shown := 0
	for _, c := range p.draft.Columns {
		if !c.Hidden {
			shown++
		}
	}
	panel := kit.Panel{
		Title:   []kit.Span{p.styles.Strong.Span("Columns"), p.styles.Dim.Span(fmt.Sprintf(" %d of %d fields", shown, len(p.draft.Columns)))},
		Focused: true,
	}
	if len(p.draft.Columns) == 0 {
		words := kit.NewLine(inner.W, kit.Paint{}).Space(2).Put(p.styles.Text, "There are no objects of JSON in the stream, so there is nothing to choose.")
		return panel.View(*p.styles, p.w, h, []string{kit.NewLine(inner.W, kit.Paint{}).String(), words.String()})
	}
	field := 8
	for _, c := range p.draft.Columns {
		field = max(field, min(kit.Width(printable.Prefix(c.Path, 40)), 40))
	}
	rows := []string{kit.NewLine(inner.W, kit.Paint{}).Space(5).Left(p.styles.Dim, "field", field).Space(2).Right(p.styles.Dim, "used", 7).Space(2).Put(p.styles.Dim, "latest value").String()}
	p.cursor.SetRows(0, uint64(len(p.draft.Columns)))
	rows = append(rows, p.cursor.Draw(max(inner.H-1, 0), func(i uint64, selected bool) string { return p.field(int(i), inner.W, field, selected) })...)
	return panel.View(*p.styles, p.w, h, rows)
}

// field draws a field: whether it is shown, how many of the objects have it, and a value.
func (p *Page) field(i, w, width int, selected bool) string {
	c := &p.draft.Columns[i]
	l := kit.StartRow(p.styles, w, selected)
	sign, paint := "✓", p.styles.Text
	if c.Hidden {
		sign, paint = "·", p.styles.Dim
	}
	l.Space(1).Put(p.styles.Accent, sign).Space(2).Left(paint, printable.Prefix(c.Path, width+1), width)
	use, known := p.uses[c.Path]
	if !known {
		return l.Space(2).Right(p.styles.Dim, "none", 7).String()
	}
	share := human.Percent(float64(use.Objects) / float64(max(p.objects, 1)))
	l.Space(2).Right(p.styles.Dim, share, 7).Space(2)
	return l.Put(paint, printable.Prefix(use.Example, max(l.Rest(), 0))).String()
}

// tableView draws the table that the choice makes, of the latest messages, in h rows.
func (p *Page) tableView(h int) []string {
	inner := kit.Rect{W: p.w, H: h}.Inner()
	some := p.sample[len(p.sample)-min(len(p.sample), max(inner.H-1, 0)):]
	p.preview.Begin(&p.draft, max(inner.W-2*kit.RowEdge, 0), func(measure func(uint64, string)) {
		for _, m := range some {
			measure(m.Number, m.Data)
		}
	})
	head := kit.NewLine(inner.W, kit.Paint{}).Space(kit.RowEdge)
	p.preview.PutTitles(head, p.styles, -1, "")
	rows := []string{head.String()}
	for _, m := range some {
		l := kit.NewLine(inner.W, kit.Paint{}).Space(kit.RowEdge)
		if !p.preview.Put(l, p.styles, m.Number, m.Data, false) {
			l.Put(p.styles.Dim, printable.Prefix(m.Data, max(l.Rest(), 0)))
		}
		rows = append(rows, l.String())
	}
	panel := kit.Panel{Title: []kit.Span{p.styles.Strong.Span("As it would be")}}
	return panel.View(*p.styles, p.w, h, rows)
}
