package ui

import (
	"fmt"
	"slices"

	"joltui/internal/feed"
	"joltui/ui/keys"
	"joltui/ui/layout"
	"joltui/ui/views/stream"
)

// splitStep is how far a key moves the border of the topics, in cells.
const splitStep = 2

// arranging is the feature that changes the layout and the focus.
type arranging struct {
	*desk
	set keys.Set[*desk]
}

func newArranging(d *desk) *arranging {
	place := keys.Dashboard()
	return &arranging{d, keys.Set[*desk]{
		{Name: "layout", Group: "Look", Where: place, Key: keys.Bind("L", "layout", "L"), Run: keys.Do((*desk).nextLayout)},
		{Name: "split.topics.narrower", Group: "Look", Where: place, Key: keys.Bind("<", "narrower topics", "<"), Run: keys.Do((*desk).narrowTopics)},
		{Name: "split.topics.wider", Group: "Look", Where: place, Key: keys.Bind(">", "wider topics", ">"), Run: keys.Do((*desk).widenTopics)},
		{Name: "split.log.lower", Group: "Look", Where: place, Key: keys.Bind("-", "lower log", "-"), Run: keys.Do((*desk).lowerLog)},
		{Name: "split.log.higher", Group: "Look", Where: place, Key: keys.Bind("=", "higher log", "=", "+"), Run: keys.Do((*desk).raiseLog)},
		{Name: "pane.topics", Group: "Look", Where: place, Key: keys.Bind("1", "to the topics", "1"), Opens: d.sets.topics[0].Where, Why: isAt(layout.RegionTopics), Run: keys.Do((*desk).toTopics)},
		{Name: "pane.messages", Group: "Look", Where: place, Key: keys.Bind("2", "to the messages", "2"), Opens: d.sets.stream[0].Where, Why: isAt(layout.RegionStream), Run: keys.Do((*desk).toMessages)},
		{Name: "pane.log", Group: "Look", Where: place, Key: keys.Bind("3", "to the log", "3"), Opens: d.sets.log[0].Where, Why: isAt(layout.RegionLog), Run: keys.Do((*desk).toLog)},
		{Name: "pane.next", Group: "Look", Where: place, Key: keys.Bind("tab", "next pane", "tab"), Run: keys.Do((*desk).nextPane)},
		{Name: "pane.previous", Group: "Look", Where: place, Key: keys.Bind("shift+tab", "previous pane", "shift+tab"), Run: keys.Do((*desk).prevPane)},
	}}
}

// isAt says that a region has the focus already.
func isAt(r layout.Region) func(*desk, *feed.Feed) string {
	return func(d *desk, _ *feed.Feed) string {
		if d.focus == r {
			return "you are there"
		}
		return ""
	}
}

func (a *arranging) entries() keys.Table { return a.set.Entries(func() *desk { return a.desk }) }

func (a *arranging) commands() []command {
	return []command{choice("layout", "next layout, or NAME", layout.Names(), layout.Parse, a.setLayout)}
}

func (d *desk) toTopics()     { d.focus = layout.RegionTopics }
func (d *desk) toMessages()   { d.focus = layout.RegionStream }
func (d *desk) toLog()        { d.focus = layout.RegionLog }
func (d *desk) nextLayout()   { d.setLayout((d.kind + 1) % (layout.Tiled + 1)) }
func (d *desk) narrowTopics() { d.moveTopicsSplit(d.layout.Topics.W - splitStep) }
func (d *desk) widenTopics()  { d.moveTopicsSplit(d.layout.Topics.W + splitStep) }
func (d *desk) lowerLog()     { d.moveLogSplit(d.layout.Log.H - 1) }
func (d *desk) raiseLog()     { d.moveLogSplit(d.layout.Log.H + 1) }

// setLayout changes the kind of layout. The current topic stays the same; in a layout
// without the topics the focus goes from them to the stream.
func (d *desk) setLayout(kind layout.Kind) {
	topic := d.currentTopic()
	d.kind, d.full, d.solo = kind, false, false
	d.chooseStreams()
	d.tile = max(d.streamOf(topic), 0)
	if kind != layout.All && d.focus == layout.RegionTopics {
		d.focus = layout.RegionStream
	}
	words := "layout: " + kind.String()
	if d.w < layout.WideWidth || d.h < layout.WideHeight {
		words += fmt.Sprintf(", in a window from %d×%d on", layout.WideWidth, layout.WideHeight)
	}
	d.mention(words)
}

// moveTopicsSplit gives the topics a width in cells, as far as that leaves a stream
// readable.
func (d *desk) moveTopicsSplit(width int) {
	if d.layout.Topics.W == 0 || d.layout.Topics == d.layout.Body {
		d.mention("there is no border of the topics here")
		return
	}
	d.splits.Topics = float64(layout.TopicsWidth(d.w, float64(width)/float64(d.w))) / float64(d.w)
}

// moveLogSplit gives the log a height in rows, as far as that leaves a stream readable.
func (d *desk) moveLogSplit(height int) {
	if d.layout.Log.H == 0 || d.layout.Log == d.layout.Body {
		d.mention("there is no border of the log here")
		return
	}
	h := d.layout.Body.H
	d.splits.Log = float64(layout.LogHeight(h, float64(height)/float64(h))) / float64(h)
}

// streamOf returns the index of the stream of a topic in streams, or -1.
func (d *desk) streamOf(topic string) int {
	return slices.IndexFunc(d.streams, func(s *stream.Pane) bool { return s.Topic() == topic })
}

// tiledTopics returns the topics to be shown side by side: those that the user has chosen,
// and in layout Tiled all that are subscribed.
func (d *desk) tiledTopics() []string {
	tiled := d.topics.Tiled()
	if d.kind != layout.Tiled {
		return tiled
	}
	all := slices.Clone(tiled)
	for _, t := range d.feed.Topics() {
		if t.State == feed.TopicSubscribed && !slices.Contains(tiled, t.Name) {
			all = append(all, t.Name)
		}
	}
	return all
}
