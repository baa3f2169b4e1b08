package ui

import (
	"fmt"
	"slices"

	"joltui/internal/feed"
	"joltui/internal/human"
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
		{Name: "tiles.next", Group: "Look", Where: place, Key: keys.Bind("J", "next page of tiles", "J"), Run: keys.Do((*desk).nextTiles)},
		{Name: "tiles.previous", Group: "Look", Where: place, Key: keys.Bind("K", "previous page of tiles", "K"), Run: keys.Do((*desk).prevTiles)},
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
func (d *desk) lowerLog()     { d.moveLogSplit(d.logHeight() - 1) }
func (d *desk) raiseLog()     { d.moveLogSplit(d.logHeight() + 1) }

// logHeight returns the height of the log in rows, and while it is small, that to which it
// grows back: the user sets a height, and not how small it gets.
func (d *desk) logHeight() int {
	if d.layout.Log.H == layout.IdleLog {
		return layout.LogHeight(d.layout.Body.H, d.splits.Log)
	}
	return d.layout.Log.H
}

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

func (d *desk) nextTiles() { d.turnTiles(+1) }
func (d *desk) prevTiles() { d.turnTiles(-1) }

// turnTiles goes to another page of the topics that are side by side, and around at the ends.
func (d *desk) turnTiles(by int) {
	size, all := d.tilesOnPage(), len(d.tiledTopics())
	pages := (all + size - 1) / size
	if pages < 2 {
		d.mention("no further page: " + human.Counted(uint64(all), "topic") + " side by side")
		return
	}
	d.page = (d.page + by + pages) % pages
	d.solo, d.tile = false, 0
	d.mention(d.pageWords(all))
}

// pageWords says which of all topics that are side by side are on the page, and how to turn it.
func (d *desk) pageWords(all int) string {
	size := d.tilesOnPage()
	return fmt.Sprintf("side by side %s–%s of %s; %s shows the next, %s those before",
		human.Count(uint64(d.page*size+1)), human.Count(uint64(min((d.page+1)*size, all))), human.Count(uint64(all)),
		d.table.Label("tiles.next"), d.table.Label("tiles.previous"))
}

// leastOnPage is how many streams a page has at least, also where the window has no room for
// all of them at once: each has a search and an index of its own, so that there cannot be one
// for each of 500 topics.
const leastOnPage = 8

// tilesOnPage returns how many streams a page has: as many as the window has room for.
func (d *desk) tilesOnPage() int {
	const plenty = 1000
	room := layout.New(d.w, d.h, layout.Options{
		Kind: d.kind, Splits: d.splits, Focus: layout.RegionStream, Tiles: plenty, PublishRows: d.publish.Height(max(d.h/3, 3)),
	})
	return max(len(room.Streams), leastOnPage)
}

// tilePage returns the topics of the page of tiles that is shown.
func (d *desk) tilePage() []string {
	all := slices.DeleteFunc(slices.Clone(d.tiledTopics()), func(topic string) bool { return d.feed.Topic(topic) == nil })
	if len(all) <= leastOnPage {
		d.page, d.paged = 0, false
		return all
	}
	size := d.tilesOnPage()
	d.page = layout.Clamp(d.page, 0, (len(all)-1)/size)
	if paged := len(all) > size; paged != d.paged {
		if d.paged = paged; paged {
			d.mention(d.pageWords(len(all)))
		}
	}
	return all[d.page*size : min((d.page+1)*size, len(all))]
}

// tileCount returns how many topics are side by side, on all pages; 0 while a topic is shown
// on its own.
func (d *desk) tileCount() int {
	if d.solo {
		return 0
	}
	return len(d.tiledTopics())
}

// showTileOf goes to the page with the tile of a topic, if it has one.
func (d *desk) showTileOf(topic string) {
	if at := slices.Index(d.tiledTopics(), topic); at >= 0 {
		d.page = at / d.tilesOnPage()
		d.chooseStreams()
	}
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
