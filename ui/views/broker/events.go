package broker

import (
	"maps"
	"slices"
	"time"

	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/internal/system"
	"joltui/ui/views/kit"
)

// eventClock is the time of day of an event, without fractions: the broker tells of no more
// than it does in a second.
const eventClock = "15:04:05"

// The columns of an event that is about a connection, in cells.
const (
	whatWidth = 19
	whoWidth  = 24
)

func (p *Page) eventTable(w, h int, now time.Time) []string {
	return p.at.Draw(h, func(i uint64, selected bool) string {
		return p.eventRow(p.events[i], w, selected, now)
	})
}

func (p *Page) eventRow(e system.Event, w int, selected bool, now time.Time) string {
	l := kit.StartRow(p.styles, w, selected).Space(1)
	l.Left(p.styles.Dim, e.Time.Time().In(now.Location()).Format(eventClock), len(eventClock)).Space(kit.ColumnGap)
	sign, paint := p.eventSign(e)
	l.Put(paint, sign).Space(1)
	texts := p.eventTexts(e)
	if who := who(e); who != "" {
		l.Left(paint, printable.Prefix(texts[0], whatWidth+1), whatWidth).Space(kit.ColumnGap)
		l.Left(p.styles.Strong, printable.Prefix(who, whoWidth+1), whoWidth)
		texts[0] = ""
	}
	for _, text := range texts {
		if text != "" && l.Rest() > kit.ColumnGap {
			l.Put(p.styles.Text, printable.Prefix(text, l.Rest())).Space(kit.ColumnGap)
		}
	}
	return l.String()
}

func who(e system.Event) string {
	if e.User == "" {
		return e.Address
	}
	return e.User + " " + e.Address
}

// eventSign tells at a glance, without colours too, what is trouble.
func (p *Page) eventSign(e system.Event) (string, kit.Paint) {
	switch {
	case e.Event == system.SlowConsumer, e.Event == system.Logged && e.Level == "ERROR":
		return "✗", p.styles.Error
	case e.Event == system.Refused, e.Event == system.Logged, e.Event == system.Omitted,
		e.Event == system.Disconnected && e.Reason != "":
		return "▲", p.styles.Warn
	default:
		return "·", p.styles.Dim
	}
}

// eventTexts are what happened, and what else is known of it. They are untrusted.
func (p *Page) eventTexts(e system.Event) []string {
	switch e.Event {
	case system.SlowConsumer:
		lost := "lost " + human.Counted(count(e.LostMessages), "line") + ", " + human.Bytes(count(e.LostBytes))
		return about("cut off as too slow", lost, e.Reason)
	case system.LoggedIn:
		return about("logged in", e.Reason)
	case system.Logged:
		texts := []string{e.Message}
		for _, name := range slices.Sorted(maps.Keys(e.Attributes)) {
			texts = append(texts, name+" "+e.Attributes[name])
		}
		return texts
	case system.Omitted:
		return about(human.Counted(count(e.Count), "event") + " more than can be told in a second")
	case system.Reloaded:
		return about("read its configuration again", e.Reason)
	default:
		return about(e.Event, e.Reason)
	}
}

// count is a number of the broker's, which may be anything.
func count(n int) uint64 { return uint64(max(n, 0)) }

// about leaves out what is empty, except what happened.
func about(what string, more ...string) []string {
	texts := []string{what}
	for _, text := range more {
		if text != "" {
			texts = append(texts, text)
		}
	}
	return texts
}
