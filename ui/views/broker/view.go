package broker

import (
	"time"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/monitor"
	"joltui/internal/printable"
	"joltui/ui/views/kit"
)

// View draws the page as of now.
func (p *Page) View(f *feed.Feed, now time.Time) []string {
	inner := kit.Rect{W: p.w, H: p.h}.Inner()
	panel := kit.Panel{Title: p.title(now), Note: p.note(now), Focused: true}
	if panel.TitleRoom(p.w) < kit.SpansWidth(panel.Title) {
		panel.Note = nil
	}
	if p.known.Broker == nil && p.known.State != monitor.Offered {
		return panel.View(*p.styles, p.w, p.h, p.nothing(inner.W))
	}
	rows := append(p.summary(inner.W), kit.NewLine(inner.W, kit.Paint{}).String(), p.tabs(inner.W))
	latest := p.latest(inner, now)
	table := p.table(inner.W, inner.H-len(rows)-len(latest), f, now)
	rows = append(rows, table...)
	rows = append(rows, kit.Blank(inner.W, max(inner.H-len(rows)-len(latest), 0))...)
	return panel.View(*p.styles, p.w, p.h, append(rows, latest...))
}

// latest are the latest events below another list, where there is room for both.
func (p *Page) latest(inner kit.Rect, now time.Time) []string {
	const roomForBoth, share = 24, 4
	if p.on == eventList || inner.H < roomForBoth {
		return nil
	}
	events := p.known.Events
	events = events[max(len(events)-inner.H/share, 0):]
	rows := []string{kit.NewLine(inner.W, kit.Paint{}).Space(kit.RowEdge+1).Put(p.styles.Dim, "latest events").String()}
	for _, e := range events {
		rows = append(rows, p.eventRow(e, inner.W, false, now))
	}
	return rows
}

func (p *Page) title(now time.Time) []kit.Span {
	title := []kit.Span{p.styles.Strong.Span("Broker")}
	b := p.known.Broker
	if b == nil {
		return title
	}
	words := ""
	if b.Name != "" {
		title = append(title, p.styles.Text.Span(" "+printable.Prefix(b.Name, 24)))
	}
	if b.Version != "" {
		words = " · " + printable.Prefix(b.Version, 24)
	}
	words += " · up " + human.Duration(seconds(b.UptimeS)+p.brokerTime(now).Sub(b.Time))
	if !b.Security {
		words += " · open to everybody"
	}
	return append(title, p.styles.Dim.Span(words))
}

// seconds is a duration that a broker told, which may be any number.
func seconds(s float64) time.Duration {
	if !(s > 0) {
		return 0
	}
	return time.Duration(min(s, 1e9) * float64(time.Second))
}

// staleAfter is when what is known is too old to be taken for what is.
const staleAfter = 4 * time.Second

// note says when nothing has been heard for a while.
func (p *Page) note(now time.Time) []kit.Span {
	switch ago := now.Sub(p.known.At); {
	case p.known.State == monitor.Down:
		return []kit.Span{p.styles.Error.Span("✗ no connection")}
	case p.known.Broker != nil && ago > staleAfter:
		return []kit.Span{p.styles.Warn.Span("▲ as of " + human.Duration(ago.Truncate(time.Second)) + " ago")}
	default:
		return nil
	}
}

// tabs names the lists, and how much there is in each.
func (p *Page) tabs(w int) string {
	l := kit.NewLine(w, kit.Paint{}).Space(kit.RowEdge)
	for each, name := range [lists]string{"Topics", "Clients", "Events"} {
		paint, sign := p.styles.Dim, " "
		if list(each) == p.on {
			paint, sign = p.styles.Accent, "▾"
		}
		l.Put(paint, sign+name).Space(1).Put(p.styles.Dim, p.size(list(each))).Space(3)
	}
	if p.text != "" {
		l.Put(p.styles.Match, "/ "+printable.Prefix(p.text, l.Rest()))
	}
	if n := len(p.marked); n > 0 && p.on == topicList {
		l.Space(kit.ColumnGap).Put(p.styles.Accent, "✓ "+human.Count(uint64(n))+" marked")
	}
	return l.String()
}

// size is how many rows a list has, and of how many where it has not all.
func (p *Page) size(of list) string {
	shown, all := len(p.events), len(p.known.Events)
	switch of {
	case topicList:
		shown, all = len(p.topics.All), max(p.known.TopicsTotal, len(p.known.Topics))
	case clientList:
		shown, all = len(p.clients.All), max(p.known.ClientsTotal, len(p.known.Clients))
	}
	if shown == all {
		return human.Count(uint64(shown))
	}
	return human.Count(uint64(shown)) + " of " + human.Count(uint64(all))
}

func (p *Page) table(w, h int, f *feed.Feed, now time.Time) []string {
	if h < 2 {
		return nil
	}
	if words := p.empty(); words != "" {
		return sentence(w, p.styles.Dim, words)
	}
	switch p.on {
	case topicList:
		return p.topicTable(w, h, f, now)
	case clientList:
		return p.clientTable(w, h, now)
	default:
		return p.eventTable(w, h, now)
	}
}
