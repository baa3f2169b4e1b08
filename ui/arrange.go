package ui

import (
	"slices"

	"joltui/internal/pattern"
	"joltui/jolt"
	"joltui/ui/calm"
	"joltui/ui/layout"
	"joltui/ui/views/kit"
	"joltui/ui/views/stream"
)

// arrange sets the topic, the size and the focus of every pane. It runs at the end of each
// Update, because a key or a batch may change any of them, and takes next to no time.
func (d *desk) arrange() {
	d.chooseStreams()
	focus := d.focus
	if d.welcoming() && focus == layout.RegionTopics {
		focus = layout.RegionStream // on a small window, the welcome goes before an empty list
	}
	strip := d.stripRows()
	d.layout = layout.New(d.w, d.h-strip, layout.Options{
		Kind:        d.kind,
		Splits:      d.splits,
		Focus:       focus,
		Full:        d.full,
		Tiles:       len(d.streams),
		Tile:        d.tile,
		Detail:      d.beside && !d.welcoming(),
		PublishRows: d.publish.Height(max(d.h/3, 3)),

		SmallLog:     d.logCalm.See(d.options.Now(), d.logSight()),
		SmallPublish: d.publishCalm.See(d.options.Now(), d.publishSight()),
		Timeline:     d.options.Player != nil,
	})
	d.strip = makeRoom(&d.layout, strip)
	if d.focus == layout.RegionDetail && !d.detailShown() {
		d.focus = layout.RegionStream
	}
	d.resize()
	d.passFocus()
}

// logSight is what is to be seen of the log. While the connection is down it stays as large as
// it is: attempts may be far apart.
func (d *desk) logSight() calm.Sight {
	log := d.feed.Log()
	return calm.Sight{
		Busy:    d.focus == layout.RegionLog || !d.log.Resting() || d.feed.Connection().State == jolt.Down,
		Changes: log.Version(), Troubles: log.Troubles(),
		Touched: d.touched, Reading: d.reading(),
	}
}

// publishSight is what is to be seen of the publish box.
func (d *desk) publishSight() calm.Sight {
	return calm.Sight{Busy: d.focus == layout.RegionPublish || !d.publish.Idle(), Touched: d.touched, Reading: d.reading()}
}

// reading reports whether the user has scrolled up in a stream.
func (d *desk) reading() bool {
	return d.focus == layout.RegionStream && !d.stream().Following()
}

// chooseStreams decides which streams are shown: the tiles, else that of the selected topic.
func (d *desk) chooseStreams() {
	d.makeTiles()
	d.solo = d.solo && len(d.tiles) > 0
	d.streams = d.tiles
	if len(d.tiles) == 0 || d.solo {
		d.showSelected()
		d.streams = []*stream.Pane{d.single}
	}
	for _, s := range d.streams {
		s.SetSearchShare(len(d.streams))
	}
	d.tile = layout.Clamp(d.tile, 0, len(d.streams)-1)
	if d.focus != layout.RegionPublish { // in it, the topic is that of when it was opened
		d.publish.SetTopic(d.topicAtHand())
	}
}

// makeTiles makes a stream for each topic of the page that the user has put side by side and
// the feed still knows. A stream that exists already stays, with its cursor.
func (d *desk) makeTiles() {
	var tiles []*stream.Pane
	for _, topic := range d.tilePage() {
		at := len(tiles) // where it usually was
		if at >= len(d.tiles) || d.tiles[at].Topic() != topic {
			at = slices.IndexFunc(d.tiles, func(s *stream.Pane) bool { return s.Topic() == topic })
		}
		if at >= 0 {
			tiles = append(tiles, d.tiles[at])
		} else {
			tiles = append(tiles, d.newStream(topic))
		}
	}
	d.tiles = tiles
}

func (d *desk) resize() {
	l := &d.layout
	d.topics.SetSize(l.Topics.W, l.Topics.H)
	d.publish.SetSize(l.Publish.W, l.Publish.H)
	d.log.SetSize(l.Log.W, l.Log.H)
	if p := d.top(); p != nil {
		p.SetSize(l.Body.W, l.Body.H)
	} else if d.detailShown() {
		d.detail.SetSize(l.Detail.W, l.Detail.H)
	}
	for i, r := range l.Streams {
		d.streams[l.FirstTile+i].SetSize(r.W, r.H)
	}
	if len(l.Streams) > 0 {
		area := bounds(l.Streams)
		d.welcome.SetSize(area.W, area.H)
	}
}

// bounds returns the smallest rectangle around all of rects.
func bounds(rects []kit.Rect) kit.Rect {
	all := rects[0]
	for _, r := range rects[1:] {
		right, bottom := max(all.X+all.W, r.X+r.W), max(all.Y+all.H, r.Y+r.H)
		all.X, all.Y = min(all.X, r.X), min(all.Y, r.Y)
		all.W, all.H = right-all.X, bottom-all.Y
	}
	return all
}

// passFocus tells the panes which of them has the focus. The publish box is told when it
// gets and loses it, because it has a text cursor.
func (d *desk) passFocus() {
	free := !d.prompt.Active() && !d.confirm.Active()
	d.topics.SetFocus(free && d.focus == layout.RegionTopics)
	d.log.SetFocus(free && d.focus == layout.RegionLog)
	d.detail.SetFocus(d.top() != nil || free && d.focus == layout.RegionDetail)
	d.welcome.SetFocus(free && d.focus == layout.RegionStream)
	for i, s := range d.streams {
		s.SetFocus(free && d.focus == layout.RegionStream && i == d.tile)
	}
}

// currentTopic returns the selected topic if the list of topics has the focus, else that of
// the current stream; "" is all topics.
func (d *desk) currentTopic() string {
	if d.focus == layout.RegionTopics || len(d.streams) == 0 {
		return d.topics.Selected()
	}
	return d.streams[d.tile].Topic()
}

// topicAtHand returns the topic to publish to: the selected one, else that of the message
// that the user has put the cursor on; empty for none. The newest message says nothing:
// which topic it is of changes all the time.
func (d *desk) topicAtHand() string {
	topic := d.currentTopic()
	if d.feed.Patterns() && pattern.Is(topic) {
		topic = "" // nothing is published to a pattern
	}
	if topic != "" || d.focus != layout.RegionStream || d.stream().Following() {
		return topic
	}
	if e := d.stream().Current(d.feed); e != nil {
		return e.Topic
	}
	return ""
}
