package watches

import (
	"math"
	"time"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/ui/views/kit"
)

// chart draws a watch in a panel of h rows: numbers as a plot over time, words as bars of
// how often they came.
func (p *Page) chart(w *feed.Watch, h int, now time.Time) []string {
	if h <= 0 {
		return nil
	}
	s := w.Stats()
	inner := kit.Rect{W: p.w, H: h}.Inner()
	rows := []string{p.counts(s, inner.W)}
	switch room := inner.H - len(rows); {
	case s.Words > s.Numbers:
		rows = append(rows, p.bars(w, s, inner.W, room)...)
	case s.Numbers > 0:
		rows = append(rows, p.plot(w, inner.W, room, now)...)
	case s.Others > 0:
		rows = append(rows, p.remark("The path leads to objects or arrays: go on with it to a field of theirs.", inner.W))
	default:
		rows = append(rows, p.remark("No value came yet.", inner.W))
	}
	panel := kit.Panel{Title: p.chartTitle(w, now), Note: p.sampledNote([]*feed.Watch{w}), Focused: p.alone}
	return panel.View(*p.styles, p.w, h, rows)
}

// remark draws a row of words in place of a chart.
func (p *Page) remark(text string, w int) string {
	return kit.NewLine(w, kit.Paint{}).Space(1).Put(p.styles.Dim, text).String()
}

// chartTitle names the field and its threshold, and says for how long there is an alert.
func (p *Page) chartTitle(w *feed.Watch, now time.Time) []kit.Span {
	field := w.Field()
	spans := []kit.Span{
		p.styles.Strong.Span(printable.Prefix(field.Path, max(p.w/3, 0))),
		p.styles.Dim.Span(" in "),
		p.styles.Text.Span(printable.Prefix(field.Where(), max(p.w/3, 0))),
	}
	t := w.Threshold().String()
	if t == "" {
		return spans
	}
	t = printable.Prefix(t, max(p.w/4, 0))
	if since, on := w.Alerting(); on {
		return append(spans, p.styles.Error.Span(" ─ ▲ "+t+" for "+human.Whole(now.Sub(since))))
	}
	return append(spans, p.styles.Dim.Span(" ─ △ "+t))
}

// counts says how many values of each kind there are, how many messages had none, and how
// many messages were evaluated.
func (p *Page) counts(s feed.WatchStats, w int) string {
	b := kit.Bar{Styles: p.styles, W: w}
	count := func(weight int, paint kit.Paint, n uint64, words string) {
		if n > 0 {
			b.Left(weight, 2, p.styles.Text.Span(human.Count(n)), paint.Span(" "+words))
		}
	}
	dim, warn := p.styles.Dim, p.styles.Warn
	count(90, dim, s.Numbers, human.Plural(s.Numbers, "number"))
	count(80, dim, s.Words, human.Plural(s.Words, "word"))
	count(70, dim, s.Others, "objects or arrays")
	count(60, warn, s.Missing, "without the field")
	count(50, warn, s.Unreadable, "not readable")
	if s.Skipped > 0 {
		b.Left(100, 2, warn.Span("evaluated "+human.Count(s.Evaluated)+", skipped "+human.Count(s.Skipped)))
	} else {
		b.Left(40, 1, dim.Span("of "), p.styles.Text.Span(human.Count(s.Evaluated)), dim.Span(" "+human.Plural(s.Evaluated, "message")))
	}
	return b.String()
}

// bars draws how often each word came, the most frequent first, in h rows. Words for which
// there is no room share the last one.
func (p *Page) bars(w *feed.Watch, s feed.WatchStats, width, h int) []string {
	words := w.Words()
	shown := words[:max(min(len(words), h), 0)]
	if len(shown) == h && h > 0 && (len(words) > h || s.UnknownWords > 0) {
		shown = shown[:h-1]
	}
	text, count := 0, 0
	for _, word := range shown {
		text = max(text, kit.Width(printable.Prefix(word.Text, width/3)))
		count = max(count, len(human.Count(word.Count)))
	}
	text = min(text, width/3)
	var rows []string
	at := p.bar(words)
	for i, word := range shown {
		share := float64(word.Count) / float64(s.Words)
		l := kit.StartRow(p.styles, width, p.alone && i == at).Left(p.styles.Text, printable.Prefix(word.Text, text+1), text).Space(kit.ColumnGap)
		l.Right(p.styles.Text, human.Count(word.Count), count).Space(1).Right(p.styles.Dim, human.Percent(share), 7).Space(1)
		l.Put(p.styles.Accent, barOf(share, l.Rest()-1))
		rows = append(rows, l.String())
	}
	if rest := words[len(shown):]; len(rest) > 0 || s.UnknownWords > 0 {
		rows = append(rows, p.otherWords(rest, s.UnknownWords, width))
	}
	return rows
}

// otherWords draws the row for words that have no row of their own.
func (p *Page) otherWords(words []feed.WordCount, unknown uint64, width int) string {
	n := unknown
	for _, word := range words {
		n += word.Count
	}
	text := human.Count(n) + " times other words"
	return kit.NewLine(width, kit.Paint{}).Space(1).Put(p.styles.Dim, text).String()
}

// barOf draws a bar as long as a share of width, to an eighth of a cell. It is never empty.
func barOf(share float64, width int) string {
	const parts = "▏▎▍▌▋▊▉█"
	const size = len("█")
	width = max(width, 0)
	eighths := max(int(math.Round(share*float64(width)*8)), 1)
	out := make([]byte, 0, width*size)
	for ; eighths >= 8; eighths -= 8 {
		out = append(out, parts[7*size:]...)
	}
	if eighths > 0 {
		out = append(out, parts[(eighths-1)*size:eighths*size]...)
	}
	return string(out)
}
