package overview

import (
	"time"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/ui/views/kit"
	"joltui/ui/views/kit/table"
)

// signWidth is the room for the sign in front of a topic, and a blank.
const signWidth = 2

// View draws the page as of now.
func (p *Page) View(f *feed.Feed, now time.Time) []string {
	p.judge(f, now)
	inner := kit.Rect{W: p.w, H: p.h}.Inner()
	panel := kit.Panel{Title: p.title(f), Focused: true}
	rows := append(p.summary(f, inner.W, now), kit.NewLine(inner.W, kit.Paint{}).String())
	if len(p.rows.All) == 0 {
		l := kit.NewLine(inner.W, kit.Paint{}).Space(kit.RowEdge + signWidth)
		rows = append(rows, l.Put(p.styles.Dim, "no topics yet").String())
	} else {
		rows = append(rows, p.table(inner.W, inner.H-len(rows), now)...)
	}
	rows = rows[:min(len(rows), inner.H)]
	rows = append(rows, kit.Blank(inner.W, inner.H-len(rows))...)
	return panel.View(*p.styles, p.w, p.h, rows)
}

func (p *Page) title(f *feed.Feed) []kit.Span {
	words := " ─ " + human.Counted(uint64(len(p.rows.All)), "topic")
	if n := p.troubled(); n > 0 {
		words += ", " + human.Count(uint64(n)) + " to look at"
	}
	return []kit.Span{p.styles.Strong.Span("At a glance"), p.styles.Dim.Span(words)}
}

// troubled is how many topics something is the matter with.
func (p *Page) troubled() (n int) {
	for _, v := range p.rows.All {
		if v.level >= changed {
			n++
		}
	}
	return n
}

func (p *Page) table(w, h int, now time.Time) []string {
	if h < 2 {
		return nil
	}
	columns := p.columns(w-2*kit.RowEdge-signWidth, now)
	title := table.Titles(p.styles, kit.NewLine(w, kit.Paint{}).Space(kit.RowEdge+signWidth), columns, p.rows.Order().Name)
	return append([]string{title}, p.rows.List.Draw(h-1, func(i uint64, selected bool) string {
		v := p.rows.All[i]
		l := kit.StartRow(p.styles, w, selected).Put(p.paint(v.level), v.sign()).Space(1)
		return table.Cells(l, columns, v)
	})...)
}

// columns are those of the table, the most needed first.
func (p *Page) columns(w int, now time.Time) []table.Column[verdict] {
	const stateWidth = 24
	s := p.styles
	minute, trend := 13, "trend"
	if w >= 130 {
		minute, trend = 60, "last minute"
	}
	nameWidth := 0
	all := table.Fit([]table.Column[verdict]{
		{Title: "topic", Order: byName, Cell: func(v verdict) kit.Span {
			return s.Strong.Span(kit.CutMiddle(v.topic.Name, nameWidth))
		}},
		{Title: "state", Order: byTrouble, Width: stateWidth, Cell: func(v verdict) kit.Span {
			return p.paint(v.level).Span(v.text(stateWidth))
		}},
		{Title: "rate", Order: byRate, Width: 8, Right: true, Cell: func(v verdict) kit.Span {
			return s.Text.Span(human.Rate(v.topic.Rate()))
		}},
		{Title: trend, Width: minute, Cell: func(v verdict) kit.Span {
			return s.Accent.Span(kit.Sparkline(v.topic.Spark(), minute))
		}},
		{Title: "heard", Order: byHeard, Width: 7, Right: true, Cell: func(v verdict) kit.Span {
			return s.Dim.Span(heard(v.topic.LastAt, now))
		}},
		{Title: "bytes", Width: 10, Right: true, Cell: func(v verdict) kit.Span {
			return s.Dim.Span(human.ByteRate(v.topic.ByteRate()))
		}},
		{Title: "in all", Width: 14, Right: true, Cell: func(v verdict) kit.Span {
			return s.Dim.Span(human.Count(v.topic.Received))
		}},
	}, w, p.rows.Longest)
	nameWidth = all[0].Width
	return all
}

// heard is how long ago a message came; empty for never.
func heard(at, now time.Time) string {
	switch ago := now.Sub(at); {
	case at.IsZero():
		return ""
	case ago < 2*time.Second:
		return "now"
	default:
		return human.Whole(ago)
	}
}

func (p *Page) paint(l level) kit.Paint {
	switch l {
	case calm:
		return p.styles.Dim
	case refused, losing:
		return p.styles.Error
	default:
		return p.styles.Warn
	}
}

// summary is what comes in, what became of what was published, and each alert that is on.
func (p *Page) summary(f *feed.Feed, w int, now time.Time) []string {
	s := p.styles
	flow := kit.Bar{Styles: s, W: w}
	rate, counters := f.Rate(), f.Counters()
	words := "nothing"
	if rate > 0 {
		words = human.Rate(rate) + " " + human.ByteRate(f.ByteRate())
	}
	flow.Left(3, 0, s.Dim.Span("in "), s.Strong.Span(words), s.Accent.Span("  "+kit.Sparkline(f.Spark(), 16)))
	flow.Right(1, s.Dim.Span("received "), s.Text.Span(human.Count(counters.Received)))
	dropped := s.Dim
	if counters.Dropped > 0 {
		dropped = s.Error
	}
	flow.Right(2, dropped.Span("dropped "+human.Count(counters.Dropped)))
	return append([]string{flow.String(), p.published(f, w)}, p.alerts(f, w, now)...)
}

// mostAlerts is how many alerts have a row; the others are counted.
const mostAlerts = 3

func (p *Page) alerts(f *feed.Feed, w int, now time.Time) (rows []string) {
	s, more := p.styles, 0
	for _, watch := range f.Watches().All() {
		since, on := watch.Alerting()
		switch {
		case !on:
			continue
		case len(rows) == mostAlerts:
			more++
			continue
		}
		l := kit.NewLine(w, kit.Paint{}).Space(kit.RowEdge).Put(s.Error, "▲ alert ")
		l.Put(s.Text, printable.Prefix(watch.Field().String(), w)).Put(s.Warn, " "+printable.Prefix(watch.Threshold().String(), w))
		if last := watch.Last(); last != "" {
			l.Put(s.Dim, ": ").Put(s.Text, printable.Prefix(last, w))
		}
		rows = append(rows, l.Put(s.Dim, " for "+human.Whole(now.Sub(since))).String())
	}
	if more > 0 {
		words := "▲ " + human.Counted(uint64(more), "alert") + " more"
		rows = append(rows, kit.NewLine(w, kit.Paint{}).Space(kit.RowEdge).Put(s.Error, words).String())
	}
	return rows
}
