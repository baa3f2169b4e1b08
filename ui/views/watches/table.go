package watches

import (
	"time"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/ui/views/kit"
)

// watchColumns is the widths of the columns after the marks, in cells. A column of width 0
// is left out.
type watchColumns struct{ field, where, last, number, count, seen, missing, spark int }

// watchColumnsFor divides a row of w cells, in which numbers take so many. What is left over
// goes to the field, the last value, the topic and the sparkline.
func watchColumnsFor(w, numbers int) watchColumns {
	const marks, edge = 3, 1
	c := watchColumns{}
	rest := w - marks - edge
	// take gives so many columns their width, if there is room for them and their gaps.
	take := func(width, times int) int {
		if need := (width + 1) * times; need <= rest {
			rest -= need
			return width
		}
		return 0
	}
	c.field = min(13, max(rest, 0))
	rest -= c.field
	c.last = take(9, 1)
	c.where = take(10, 1)
	c.number = take(numbers, 3)
	c.count = take(7, 1)
	c.seen = take(8, 1)
	c.missing = take(7, 1)
	c.spark = take(12, 1)
	if c.spark > 0 {
		quarter := rest / 4
		spark := c.spark
		c.spark = wholeCells(spark + quarter)
		c.last += quarter
		c.where += min(quarter, 10)
		rest -= c.spark - spark + quarter + min(quarter, 10)
	}
	c.field += max(rest, 0)
	return c
}

// wholeCells returns the largest number of cells, at most most, among which the seconds of
// a minute can be divided equally.
func wholeCells(most int) int {
	cells := max(min(most, 60), 1)
	for 60%cells != 0 {
		cells--
	}
	return cells
}

// numbers returns the width of the columns of numbers together.
func (c watchColumns) numbers() int { return 3*c.number + 2 }

func (p *Page) table(f *feed.Feed, h int, now time.Time) []string {
	inner := kit.Rect{W: p.w, H: h}.Inner()
	all := f.Watches().All()
	panel := kit.Panel{
		Title:   []kit.Span{p.styles.Strong.Span("Watched fields"), p.styles.Dim.Span(" " + human.Count(uint64(len(all))))},
		Note:    p.sampledNote(all),
		Focused: true,
	}
	if len(all) == 0 {
		return panel.View(*p.styles, p.w, h, p.emptyRows(inner.W))
	}
	c := watchColumnsFor(inner.W, numberCells(all))
	rows := []string{p.titles(inner.W, c)}
	rows = append(rows, p.cursor.Draw(max(inner.H-1, 0), func(i uint64, selected bool) string {
		return p.row(all[i], inner.W, c, selected, now)
	})...)
	return panel.View(*p.styles, p.w, h, rows)
}

// emptyRows says how to begin, while no field is watched.
func (p *Page) emptyRows(w int) []string {
	var rows []string
	for _, text := range []string{
		"",
		"No field is watched.",
		"",
		kit.Press(p.actions.Key("watch.add"), "to add one of the selected topic, as .order.amount,"),
		"or of others: .order.amount in orders.eu, audit.*",
		"Any jq expression will do: .items[].price, .items | length",
	} {
		rows = append(rows, kit.NewLine(w, kit.Paint{}).Space(2).Put(p.styles.Text, text).String())
	}
	return rows
}

// sampledNote says which share of its messages the watch that skips most evaluates.
func (p *Page) sampledNote(all []*feed.Watch) []kit.Span {
	least := 1.0
	for _, w := range all {
		least = min(least, w.Stats().Sampled())
	}
	if least == 1 {
		return nil
	}
	return []kit.Span{p.styles.Warn.Span("sampled " + human.Percent(least))}
}

func (p *Page) titles(w int, c watchColumns) string {
	dim := p.styles.Dim
	l := kit.NewLine(w, kit.Paint{}).Space(3).Left(dim, "field", c.field)
	left := func(text string, width int) {
		if width > 0 {
			l.Space(1).Left(dim, text, width)
		}
	}
	right := func(text string, width int) {
		if width > 0 {
			l.Space(1).Right(dim, text, width)
		}
	}
	left("topic", c.where)
	right("last", c.last)
	right("min", c.number)
	right("max", c.number)
	right("mean", c.number)
	right("count", c.count)
	right("missing", c.missing)
	right("seen", c.seen)
	left("last minute", c.spark)
	return l.String()
}

func (p *Page) row(w *feed.Watch, width int, c watchColumns, selected bool, now time.Time) string {
	l := kit.StartRow(p.styles, width, selected)
	p.putField(l, w, c.field)
	if c.where > 0 {
		l.Space(1).Left(p.styles.Text, printable.Prefix(w.Field().Where(), c.where+1), c.where)
	}
	if c.last > 0 {
		l.Space(1).Right(p.styles.Strong, printable.Prefix(w.Last(), c.last+1), c.last)
	}
	s := w.Stats()
	p.putSpread(l, w, s, c)
	if c.count > 0 {
		l.Space(1).Right(p.styles.Text, human.Short(s.Values()), c.count)
	}
	if c.missing > 0 {
		l.Space(1).Right(p.missing(s), human.Short(s.Missing+s.Unreadable), c.missing)
	}
	if c.seen > 0 {
		l.Space(1).Right(p.styles.Dim, seen(s.LastAt, now), c.seen)
	}
	if c.spark > 0 {
		l.Space(1).Put(p.styles.Accent, kit.Sparkline(lastMinute(w, now, c.spark), c.spark))
	}
	return l.String()
}

// putField writes the marks, the path and the threshold.
func (p *Page) putField(l *kit.Line, w *feed.Watch, width int) {
	mark, paint := " ", p.styles.Dim
	switch _, alerting := w.Alerting(); {
	case alerting:
		mark, paint = "▲", p.styles.Error
	case w.Threshold().String() != "":
		mark = "△"
	}
	l.Put(paint, mark).Space(1)
	path, cells := kit.Cut(printable.Prefix(w.Field().Path, width+1), width)
	l.Put(p.styles.Text, path)
	if t := w.Threshold().String(); t != "" && width-cells > 4 {
		l.Space(1).Left(paint, printable.Prefix(t, width), width-cells-1)
		return
	}
	l.Space(width - cells)
}

func (p *Page) missing(s feed.WatchStats) kit.Paint {
	if s.Missing+s.Unreadable > 0 {
		return p.styles.Warn
	}
	return p.styles.Dim
}

// putSpread writes minimum, maximum and mean of numbers, or the most frequent words.
func (p *Page) putSpread(l *kit.Line, w *feed.Watch, s feed.WatchStats, c watchColumns) {
	switch {
	case c.number == 0:
	case s.Numbers > 0:
		for _, text := range spread(s) {
			l.Space(1).Right(p.styles.Text, text, c.number)
		}
	case s.Words > 0:
		l.Space(1).Right(p.styles.Text, shares(w.Words(), s.Words, c.numbers()), c.numbers())
	default:
		l.Space(1 + c.numbers())
	}
}

// spread writes smallest, largest and mean so that they can be told apart.
func spread(s feed.WatchStats) []string { return human.Numbers(s.Min, s.Max, s.Mean) }

// numberCells is how wide a column of numbers has to be for all watches.
func numberCells(all []*feed.Watch) int {
	const least = 9
	cells := least
	for _, w := range all {
		if s := w.Stats(); s.Numbers > 0 {
			for _, text := range spread(s) {
				cells = max(cells, len(text))
			}
		}
	}
	return cells
}

// shares lists as many of the most frequent words, each with its share, as fit whole in
// width cells.
func shares(words []feed.WordCount, total uint64, width int) string {
	text := ""
	for _, word := range words {
		next := printable.Prefix(word.Text, width) + " " + human.Percent(float64(word.Count)/float64(total))
		if text != "" {
			next = text + "  " + next
		}
		if kit.Width(next) > width && text != "" {
			return text
		}
		text = next
	}
	return text
}

// seen says how long ago a value came.
func seen(at, now time.Time) string {
	switch {
	case at.IsZero():
		return "never"
	case now.Sub(at) < time.Second:
		return "now"
	default:
		return human.Whole(now.Sub(at))
	}
}
