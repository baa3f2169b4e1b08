package ui

import (
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"

	"joltui/ui/layout"
	"joltui/ui/views/frame"
	"joltui/ui/views/kit"
)

// View draws the window as of the latest Update: as many rows as the window is high, each as
// wide as it. Before its size is known, it is empty. While the terminal is busy, and after a
// partial batch, the window stays as it was: under a flood two thirds of the batches are
// partial, and drawing them as well would take 5 % of a core.
func (m *Model) View() string {
	if !m.keepWindow {
		m.drawn = m.draw()
	}
	return m.drawn
}

func (m *Model) draw() string {
	if m.w <= 0 || m.h <= 0 {
		return ""
	}
	c := canvas{screen: m.styles.Screen}
	if m.layout.TooSmall {
		c.put(kit.Rect{W: m.w, H: m.h}, m.tiny.View(m.w, m.h, layout.SmallWidth, layout.SmallHeight))
		return c.String(m.h)
	}
	info := m.info()
	c.put(m.layout.Header, []string{m.header.Header(m.feed, m.now, m.w, info)})
	m.putBody(&c)
	if m.strip.H > 0 {
		c.put(m.strip, m.touring.view(m.w))
	}
	if m.confirm.Active() {
		c.put(m.layout.Footer, []string{m.confirm.View(m.w)})
	} else if m.prompt.Active() {
		c.put(m.layout.Footer, []string{m.prompt.View(m.w)})
	} else {
		c.put(m.layout.Footer, []string{m.header.Footer(m.feed, m.w, info)})
	}
	return c.String(m.h)
}

func (m *Model) putBody(c *canvas) {
	l := &m.layout
	if p := m.top(); p != nil {
		c.put(l.Body, p.View(m.feed, m.now))
		return
	}
	if l.Topics.W > 0 {
		c.put(l.Topics, m.topics.View(m.feed, m.now))
	}
	m.putStreams(c)
	if m.detailShown() {
		c.put(l.Detail, m.detail.View(m.feed, m.now))
	}
	if l.Timeline.W > 0 {
		c.put(l.Timeline, m.timeline())
	}
	if l.Publish.W > 0 {
		c.put(l.Publish, m.publish.View())
	}
	if l.Log.W > 0 {
		c.put(l.Log, m.log.View(m.feed, m.now))
	}
}

func (m *Model) putStreams(c *canvas) {
	rects := m.layout.Streams
	switch {
	case len(rects) == 0:
	case m.neverConnected():
		c.put(bounds(rects), m.welcome.NoBroker(m.feed.Connection(), m.options.Addr, m.options.StartBroker, m.now))
	case m.noTopics():
		c.put(bounds(rects), m.welcome.NoTopics(m.key("subscribe"), m.key("publish"), m.key("help")))
	default:
		for i, r := range rects {
			c.put(r, m.streams[m.layout.FirstTile+i].View(m.feed, m.now))
		}
	}
}

// info returns what header and footer show.
func (m *Model) info() frame.Info {
	info := frame.Info{
		Addr:    m.options.Addr,
		User:    m.options.User,
		Profile: m.options.Profile,
		TLS:     m.options.TLS,
		Paused:  m.paused,
		Keys:    m.shortHelp(),
		Said:    m.saying(),

		ReadOnly:    m.options.ReadOnly,
		NotVerified: m.options.NotVerified,
	}
	if m.helping.canOpenOver() {
		info.Kept = 2
	}
	info.PasswordInClear = m.options.PasswordInClear != nil && m.options.PasswordInClear()
	if shown := len(m.layout.Streams); m.kind != layout.Focused && (m.focus == layout.RegionStream || !m.full) {
		info.Hidden = max(len(m.streams), m.tileCount()) - max(shown, 1)
	}
	each(m.features, func(f teller) { f.tell(&info) })
	return info
}

// shortHelp returns the keys that the footer shows: those that do something here and now, the
// most important first and the help last.
func (m *Model) shortHelp() []key.Binding {
	var bindings []key.Binding
	switch {
	case m.top() != nil:
		bindings = m.top().ShortHelp()
	case m.focus == layout.RegionPublish:
		return m.publish.ShortHelp()
	case m.focus == layout.RegionDetail:
		bindings = m.detail.ShortHelp()
	default:
		bindings = m.deskHelp()
	}
	if m.top() == nil || m.helping.canOpenOver() {
		bindings = append(bindings, m.key("help"))
	}
	return m.table.Usable(m.place(), bindings, m.feed)
}

// deskHelp returns the keys of the dashboard, with those of the focused region first.
func (m *Model) deskHelp() []key.Binding {
	bindings := m.regionHelp()
	first := min(len(bindings), 1)
	switch {
	case m.paused:
		bindings = append(m.resumeKeys(), bindings...)
	case m.focus == layout.RegionStream && m.detailShown():
		return m.detailKeys()
	case m.focus == layout.RegionStream && !m.welcoming():
		bindings = slices.Insert(bindings, first, m.key("filter"), m.key("pause"))
	}
	next := m.key("pane.next")
	if m.layout.OneRegion() { // the other regions are behind this key alone
		return append(slices.Insert(bindings, first, next), m.key("subscribe"), m.key("publish"))
	}
	return append(bindings, m.key("subscribe"), m.key("publish"), next)
}

// detailKeys returns the keys of a stream that has a message beside it.
func (m *Model) detailKeys() []key.Binding {
	into, whole, closes := m.key("pane.next"), m.key("stream.inspect"), m.key("back")
	into.SetHelp(into.Help().Key, "into the message")
	whole.SetHelp(whole.Help().Key, "whole page")
	closes.SetHelp(closes.Help().Key, "close it")
	return []key.Binding{whole, into, closes, m.key("move.bottom"), m.key("filter")}
}

func (m *Model) regionHelp() []key.Binding {
	switch {
	case m.welcoming():
		return []key.Binding{m.key("start.broker"), m.key("start.demo"), m.key("retry"), m.key("profile")}
	case m.focus == layout.RegionTopics && m.topics.Long():
		find := m.key("filter")
		find.SetHelp(find.Help().Key, "find a topic")
		return append([]key.Binding{find}, m.topics.ShortHelp()...)
	case m.focus == layout.RegionTopics:
		return m.topics.ShortHelp()
	case m.focus == layout.RegionLog:
		return m.log.ShortHelp()
	default:
		return m.stream().ShortHelp()
	}
}

// canvas joins rectangles of finished rows, side by side and below one another.
type canvas struct {
	screen kit.Paint
	parts  []part
	size   int // of the rows, in bytes
}

type part struct {
	at   kit.Rect
	rows []string
}

// put adds a rectangle. Of those in the same row of the screen, the ones further left must
// be added first.
func (c *canvas) put(at kit.Rect, rows []string) {
	c.parts = append(c.parts, part{at, rows})
	for _, row := range rows {
		c.size += len(row)
	}
}

// String joins the parts, which must cover h rows, into lines.
func (c *canvas) String(h int) string {
	before, after := c.screen.Ends()
	var b strings.Builder
	b.Grow(c.size + h*(1+len(before)+len(after)))
	for y := range h {
		if y > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(before)
		for _, p := range c.parts {
			if i := y - p.at.Y; i >= 0 && i < p.at.H {
				b.WriteString(p.rows[i])
			}
		}
		b.WriteString(after)
	}
	return b.String()
}
