package ui

import (
	"slices"

	"joltui/ui/views/kit"
	"joltui/ui/views/stream"
)

// arrange gives every view what it depends on: topic, size and focus. It runs
// at the end of each Update, because a key or a batch may change any of them,
// and costs next to nothing.
func (m *Model) arrange() {
	m.placeStreams()
	focus := m.focus
	if m.welcoming() && focus == RegionTopics {
		focus = RegionStream // on a small window, the welcome goes before an empty list
	}
	m.layout = NewLayout(m.w, m.h, LayoutOptions{
		Kind:        m.kind,
		Splits:      m.splits,
		Focus:       focus,
		Full:        m.full,
		Tiles:       len(m.streams),
		Tile:        m.tile,
		PublishRows: m.publish.Height(max(m.h/3, 3)),
	})
	m.resize()
	m.passFocus()
	m.watchWire()
}

// placeStreams decides which streams have a place: the tiles, else that of the
// selected topic.
func (m *Model) placeStreams() {
	m.placeTiles()
	m.solo = m.solo && len(m.tiles) > 0
	m.streams = m.tiles
	if len(m.tiles) == 0 || m.solo {
		m.single.SetTopic(m.topics.Selected())
		m.streams = []*stream.Pane{m.single}
	}
	for _, s := range m.streams {
		s.SetSearchShare(len(m.streams))
	}
	m.tile = clamp(m.tile, 0, len(m.streams)-1)
	m.publish.SetTopic(m.currentTopic())
}

// placeTiles makes a stream for each topic that the user has put side by side
// and the feed still knows. A stream that stays keeps where it was scrolled to.
func (m *Model) placeTiles() {
	var tiles []*stream.Pane
	for _, topic := range m.tiledTopics() {
		if m.feed.Topic(topic) == nil {
			continue
		}
		at := len(tiles) // where it usually was
		if at >= len(m.tiles) || m.tiles[at].Topic() != topic {
			at = slices.IndexFunc(m.tiles, func(s *stream.Pane) bool { return s.Topic() == topic })
		}
		if at >= 0 {
			tiles = append(tiles, m.tiles[at])
		} else {
			tiles = append(tiles, m.newStream(topic))
		}
	}
	m.tiles = tiles
}

func (m *Model) resize() {
	l := &m.layout
	m.topics.SetSize(l.Topics.W, l.Topics.H)
	m.publish.SetSize(l.Publish.W, l.Publish.H)
	m.log.SetSize(l.Log.W, l.Log.H)
	if p := m.top(); p != nil {
		p.SetSize(l.Body.W, l.Body.H)
	}
	for i, r := range l.Streams {
		m.streams[l.FirstTile+i].SetSize(r.W, r.H)
	}
	if len(l.Streams) > 0 {
		area := bounds(l.Streams)
		m.welcome.SetSize(area.W, area.H)
	}
}

// bounds is the smallest rectangle around all of them.
func bounds(rects []kit.Rect) kit.Rect {
	all := rects[0]
	for _, r := range rects[1:] {
		right, bottom := max(all.X+all.W, r.X+r.W), max(all.Y+all.H, r.Y+r.H)
		all.X, all.Y = min(all.X, r.X), min(all.Y, r.Y)
		all.W, all.H = right-all.X, bottom-all.Y
	}
	return all
}

// passFocus tells the views which of them keys go to. The publish box was told
// when it got and lost the focus, because it has a text cursor.
func (m *Model) passFocus() {
	free := !m.prompt.Active() && !m.confirm.Active()
	m.topics.SetFocus(free && m.focus == RegionTopics)
	m.log.SetFocus(free && m.focus == RegionLog)
	m.welcome.SetFocus(free && m.focus == RegionStream)
	for i, s := range m.streams {
		s.SetFocus(free && m.focus == RegionStream && i == m.tile)
	}
}

// currentTopic is the topic that the user looks at; "" is all of them.
func (m *Model) currentTopic() string {
	if m.focus == RegionTopics || len(m.streams) == 0 {
		return m.topics.Selected()
	}
	return m.streams[m.tile].Topic()
}

// welcoming reports whether the welcome takes the place of the streams.
func (m *Model) welcoming() bool { return m.neverConnected() || m.noTopics() }
