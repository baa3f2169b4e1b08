package diff

import (
	"strings"
	"time"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/jsondiff"
	"joltui/internal/printable"
	"joltui/ui/views/kit"
)

// View draws the comparison.
func (p *Page) View(*feed.Feed, time.Time) []string {
	inner := kit.Rect{W: p.w, H: p.h}.Inner()
	rows := p.summary(inner.W)
	detail := p.detailRows(inner.H)
	if height := inner.H - len(rows) - detail; height > 0 && p.len() > 0 {
		rows = append(rows, p.list(inner.W, height)...)
		rows = append(rows, p.detail(inner.W, detail)...)
	}
	panel := kit.Panel{Title: p.title(), Note: p.note(), Focused: true}
	return panel.View(*p.styles, p.w, p.h, rows)
}

// title names the topic, the numbers and the times of the two messages.
func (p *Page) title() []kit.Span {
	s, e := p.styles, &p.pair.after
	dash := s.Border.Span(" ─ ")
	spans := []kit.Span{s.Strong.Span(printable.Name(e.Topic, max(p.w/2, 0))), dash}
	if !p.pair.found {
		return append(spans, s.Text.Span("message "+human.Count(e.Seq)))
	}
	before := &p.pair.before
	return append(spans, s.Text.Span("message "+human.Count(before.Seq)+" → "+human.Count(e.Seq)), dash,
		s.Text.Span(human.Clock(before.At)+" → "+human.Clock(e.At)), dash,
		s.Dim.Span(human.Duration(e.At.Sub(before.At))+" later"))
}

func (p *Page) note() []kit.Span {
	if p.diff == nil {
		return nil
	}
	words := "changes"
	if p.all {
		words = "all"
	}
	return []kit.Span{p.styles.Dim.Span(words)}
}

// summary draws the rows above the list: how many values changed, how the payloads were
// compared, and what of them is missing.
func (p *Page) summary(width int) []string {
	var rows []string
	say := func(paint kit.Paint, words string) {
		l := kit.NewLine(width, kit.Paint{}).Space(kit.RowEdge)
		words, _ = kit.Cut(words, max(l.Rest()-kit.RowEdge, 0))
		rows = append(rows, l.Put(paint, words).String())
	}
	s := p.styles
	switch {
	case !p.pair.found:
		say(s.Text, "There is nothing to compare with.")
		say(s.Dim, "It is the first message of its topic that is held.")
		say(s.Dim, "Older ones, if there were any, have made room.")
		return rows
	case p.diff == nil:
		say(s.Dim, "comparing "+human.Bytes(uint64(len(p.pair.before.Data)+len(p.pair.after.Data)))+kit.Ellipsis)
		return rows
	}
	rows = append(rows, p.countRow(width))
	if words := p.keyWords(); words != "" {
		say(s.Accent, words)
	}
	if p.diff.how != "" {
		say(s.Dim, printable.Line(p.diff.how))
	}
	if m := kit.NotKept(p.pair.before.Size, len(p.pair.before.Data)); m != "" {
		say(s.Warn, "the one before was cut: "+strings.TrimPrefix(m, kit.Ellipsis+" "))
	}
	if m := kit.NotKept(p.pair.after.Size, len(p.pair.after.Data)); m != "" {
		say(s.Warn, "the one after was cut: "+strings.TrimPrefix(m, kit.Ellipsis+" "))
	}
	if g := p.pair.gap; g != nil {
		say(s.Warn, "messages may be missing between them: "+g.Words())
	}
	if p.pair.apart {
		say(s.Warn, "others may have been between them, which are no longer held")
	}
	return rows
}

// countRow says how many fields, or lines, were changed, added, removed and left as they
// were.
func (p *Page) countRow(width int) string {
	s, n := p.styles, &p.diff.count
	l := kit.NewLine(width, kit.Paint{}).Space(kit.RowEdge)
	if len(p.diff.differ) == 0 {
		words := "= the same text"
		if p.pair.before.Data != p.pair.after.Data {
			words = "= the same values, written differently"
		}
		l.Put(s.OK, words).Space(kit.ColumnGap)
	}
	for _, op := range []jsondiff.Op{jsondiff.Changed, jsondiff.Added, jsondiff.Removed} {
		if n[op] > 0 {
			l.Put(diffPaint(s, op), diffMark(op)+" "+human.Count(uint64(n[op]))+" "+diffWord(op)).Space(kit.ColumnGap)
		}
	}
	if same := n[jsondiff.Same]; same > 0 {
		words := "= " + human.Count(uint64(same)) + " unchanged"
		if !p.all {
			words += ", hidden (" + p.actions.Key("diff.all").Help().Key + " shows)"
		}
		l.Put(s.Dim, words)
	}
	return l.String()
}

func diffMark(op jsondiff.Op) string { return "=~+-"[op : op+1] }

func diffWord(op jsondiff.Op) string {
	return [...]string{jsondiff.Same: "unchanged", jsondiff.Changed: "changed", jsondiff.Added: "added", jsondiff.Removed: "removed"}[op]
}

func diffPaint(s *kit.Styles, op jsondiff.Op) kit.Paint {
	return [...]kit.Paint{jsondiff.Same: s.Dim, jsondiff.Changed: s.Warn, jsondiff.Added: s.OK, jsondiff.Removed: s.Error}[op]
}

// list draws the rows around the cursor.
func (p *Page) list(width, height int) []string {
	n := uint64(p.len())
	p.cursor.SetRows(0, n)
	p.cursor.Settle(height, kit.OneLine)
	var shown []diffRow
	places, top := 0, p.cursor.Top()
	for i := top; i < n && len(shown) < height; i++ {
		row := p.diff.row(int(i), p.all)
		row.place = kit.PathEnd(row.place, true, width/3)
		places = max(places, kit.Width(row.place))
		shown = append(shown, row)
	}
	rows := p.cursor.Draw(height, func(i uint64, selected bool) string {
		return p.row(width, places, &shown[i-top], selected)
	})
	return append(rows, kit.Blank(width, height-len(rows))...)
}

// row draws one value: mark, path or line, the value before and the one after.
func (p *Page) row(width, places int, row *diffRow, current bool) string {
	s := p.styles
	l := kit.StartRow(s, width, current)
	paint := diffPaint(s, row.op)
	l.Put(paint, diffMark(row.op)).Space(1).Left(s.Text, row.place, places).Space(kit.ColumnGap)
	const arrow = " → "
	room := l.Rest() - kit.RowEdge
	switch {
	case row.op == jsondiff.Added:
		putValue(l, paint, row.after, room)
	case row.op == jsondiff.Removed, row.before == row.after:
		putValue(l, paint, row.before, room)
	default:
		before, after := s.Error, s.OK
		if row.op == jsondiff.Same { // written differently
			before, after = paint, paint
		}
		half := max((room-len(arrow)+2)/2, 0)
		if need := valueWidth(row.after, room); need < half {
			half = room - kit.Width(arrow) - need
		}
		putValue(l, before, row.before, half)
		l.Put(s.Dim, arrow)
		putValue(l, after, row.after, l.Rest()-kit.RowEdge)
	}
	return l.String()
}

// valueWidth returns how many cells a value takes, or room+1 if it takes more than room.
func valueWidth(value string, room int) int {
	return min(kit.Width(printable.Prefix(value, max(room, 0))), max(room, 0)+1)
}

// putValue appends a value, or as much of it as fits in room cells, with its size.
func putValue(l *kit.Line, p kit.Paint, value string, room int) *kit.Line {
	value = strings.TrimRight(value, "\r\n")
	if room <= 0 {
		return l
	}
	text := printable.Prefix(value, room)
	if kit.Width(text) <= room {
		return l.Put(p, text)
	}
	note := kit.Ellipsis + " " + human.Bytes(uint64(len(value)))
	if cells := kit.Width(note); cells < room/2 {
		return l.Put(p, kit.Head(text, room-cells)).Put(p, note)
	}
	text, _ = kit.Cut(text, room)
	return l.Put(p, text)
}

// detailRows returns how many of height rows are for the value under the cursor.
func (p *Page) detailRows(height int) int {
	const small, enough = 10, 11
	if height < small {
		return 0
	}
	return min(height/3, enough)
}

// detail shows the value under the cursor, before and after, as far as there is
// room.
func (p *Page) detail(width, height int) []string {
	if height == 0 {
		return nil
	}
	s := p.styles
	row := p.diff.row(int(p.cursor.At()), p.all)
	title := kit.NewLine(width, kit.Paint{}).Put(s.Border, "── ")
	title.Put(s.Accent, kit.PathEnd(row.place, true, max(title.Rest()-8, 0))).Put(s.Border, " ")
	if row.note != "" {
		title.Put(s.Warn, row.note).Put(s.Border, " ")
	}
	rows := []string{title.Fill(s.Border, "─", 0).String()}
	height--
	before, after := height/2, height-height/2
	switch {
	case row.op == jsondiff.Added:
		before, after = 0, height
	case row.op == jsondiff.Removed, row.before == row.after:
		before, after = height, 0
	}
	old, changed := s.Error.Span("- "), s.OK.Span("+ ")
	if row.op == jsondiff.Same {
		old, changed = s.Dim.Span("= "), s.Dim.Span("= ")
	}
	rows = append(rows, p.textRows(width, before, old, row.before)...)
	rows = append(rows, p.textRows(width, after, changed, row.after)...)
	return append(rows, kit.Blank(width, height+1-len(rows))...)
}

// textRows shows a text in up to so many rows, and says how much does not fit.
func (p *Page) textRows(width, height int, mark kit.Span, text string) []string {
	var rows []string
	long := kit.LongText{Text: strings.TrimRight(text, "\r\n"), Width: max(width-2*kit.RowEdge-len(mark.Text), 1)}
	for at := 0; len(rows) < height; {
		row := long.Row(at)
		l := kit.NewLine(width, kit.Paint{}).Space(kit.RowEdge)
		if at == 0 {
			l.Put(mark.Paint, mark.Text)
		} else {
			l.Space(len(mark.Text))
		}
		rest := len(long.Text) - row.End
		if rest > 0 && len(rows) == height-1 {
			rest = len(long.Text) - row.Start
			l.Put(p.styles.Dim, kit.Ellipsis+" another "+human.Bytes(uint64(rest))+"; the inspector shows all")
		} else {
			l.Put(mark.Paint, row.Shown)
		}
		rows = append(rows, l.String())
		if at = row.End; at >= len(long.Text) {
			break
		}
	}
	return rows
}
