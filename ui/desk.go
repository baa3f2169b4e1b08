package ui

import (
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/jolt"
	"joltui/ui/calm"
	"joltui/ui/keys"
	"joltui/ui/layout"
	"joltui/ui/views/columns"
	"joltui/ui/views/inspect"
	"joltui/ui/views/kit"
	"joltui/ui/views/ledger"
	"joltui/ui/views/publish"
	"joltui/ui/views/stream"
	"joltui/ui/views/topics"
	"joltui/ui/views/welcome"
)

// desk is the dashboard below all pages: its panes, their layout, the focus, and how the
// streams show their messages.
type desk struct {
	*shell
	set  keys.Set[*desk]
	sets paneSets

	w, h   int
	layout layout.Layout
	focus  layout.Region
	back   layout.Region // where the focus goes after the publish box
	tile   int           // index in streams of the one that has the focus, or had it last
	kind   layout.Kind
	splits layout.Splits
	full   bool // the focused region takes the whole body
	page   int  // of the topics that are side by side, from 0
	paged  bool // there is more than one such page
	solo   bool // the selected topic is shown alone, though others are side by side

	streamOptions stream.Options
	filter        feed.Filter
	tables        *columns.Book // of the topics
	search        bool          // a searchMsg is on its way
	paused        bool
	toured        bool     // the tour is on
	strip         kit.Rect // of the tour; empty while there is none

	topics  *topics.Pane
	scope   topics.Scope   // of which the feed has gathered the messages
	single  *stream.Pane   // of the selected topic
	tiles   []*stream.Pane // of the topics that are side by side
	streams []*stream.Pane // those that are shown: single, or the tiles
	publish *publish.Box
	log     *ledger.Pane
	welcome *welcome.Pane
	detail  *inspect.Page // the page of one message, which can also stand beside the streams
	beside  bool          // it does, where there is room

	logCalm, publishCalm calm.Pane
	touched              time.Time // when the latest key was pressed, or the mouse used
}

// paneSets are the actions of the panes.
type paneSets struct {
	topics  keys.Set[*topics.Pane]
	stream  keys.Set[*stream.Pane]
	log     keys.Set[*ledger.Pane]
	publish keys.Set[*publish.Box]
}

func newDesk(s *shell) *desk {
	o := &s.options
	noEditor, noFile := o.noDoors()
	d := &desk{shell: s, tables: columns.NewBook(), w: o.Width, h: o.Height, sets: paneSets{
		topics.Actions(), stream.Actions(), ledger.Actions(), publish.Actions(noEditor, noFile),
	}}
	d.set = deskActions()
	if o.Player != nil {
		d.logCalm = calm.Small() // of a recording it has little to say
	}
	d.topics = topics.New(&s.styles, d.sets.topics, s.moves)
	d.publish = publish.New(&s.styles, d.sets.publish, keys.PromptKeys(s.promptKeys), o.Now)
	d.welcome = welcome.New(&s.styles)
	d.detail = inspect.New(&s.styles, inspect.Actions(), s.moves)
	d.begin("")
	return d
}

// begin makes the panes whose cursors are positions in the feed: at the start, and again
// for another feed. topic is that of the single stream.
func (d *desk) begin(topic string) {
	d.single = d.newStream(topic)
	d.tiles = nil // arrange makes new ones
	d.log = ledger.New(&d.styles, d.sets.log, d.moves)
	d.passHintKeys()
}

func (d *desk) newStream(topic string) *stream.Pane {
	s := stream.New(&d.styles, d.sets.stream, d.moves)
	s.SetHintKeys(d.hints())
	s.SetClock(d.options.Now)
	s.SetTables(d.tables)
	s.SetTopic(topic)
	s.SetOptions(d.streamOptions)
	s.SetFilter(d.filter)
	s.SetPaused(d.paused)
	return s
}

// passHintKeys tells the panes the keys that their hints name.
func (d *desk) passHintKeys() {
	d.log.SetHintKeys(d.hints())
	d.welcome.SetHintKeys(d.hints())
	d.eachStream(func(s *stream.Pane) { s.SetHintKeys(d.hints()) })
}

func (d *desk) hints() kit.HintKeys {
	return kit.HintKeys{
		Subscribe: d.key("subscribe"), Unsubscribe: d.key("unsubscribe"), Retry: d.key("retry"), Profiles: d.key("profile"),
	}
}

// stream returns the stream that has the focus, or had it last.
func (d *desk) stream() *stream.Pane { return d.streams[d.tile] }

// mover returns what the keys that move act on: the page on top, or the focused pane.
func (d *desk) mover() keys.Mover {
	switch p := d.top(); {
	case p != nil:
		return p
	case d.focus == layout.RegionTopics:
		return d.topics
	case d.focus == layout.RegionLog:
		return d.log
	case d.focus == layout.RegionDetail:
		return d.detail
	default:
		return d.stream()
	}
}

// goTo gives the focus to the region of a place.
func (d *desk) goTo(p keys.Place) {
	switch p {
	case d.sets.topics[0].Where:
		d.focus = layout.RegionTopics
	case d.sets.log[0].Where:
		d.focus = layout.RegionLog
	case d.sets.publish[0].Where:
		d.openPublish()
	case d.sets.stream[0].Where:
		d.focus = layout.RegionStream
	}
}

// place returns where keys work now: the page on top, or the focused region.
func (d *desk) place() keys.Place {
	here, _ := d.places(nil)
	return here
}

// places returns where keys work now, and the places that come up as pages are closed, the
// next one first; all as if a page were not open.
func (d *desk) places(but page) (here keys.Place, below []keys.Place) {
	var all []keys.Place
	for _, p := range slices.Backward(d.pages) {
		if p != but {
			all = append(all, p.Place())
		}
	}
	all = append(all, d.region())
	return all[0], all[1:]
}

// region returns the place of the focused region.
func (d *desk) region() keys.Place {
	switch d.focus {
	case layout.RegionTopics:
		return d.sets.topics[0].Where
	case layout.RegionLog:
		return d.sets.log[0].Where
	case layout.RegionPublish:
		return d.sets.publish[0].Where
	default:
		return d.sets.stream[0].Where
	}
}

// update gives a key to the focused pane.
func (d *desk) update(msg tea.KeyMsg) kit.Intent {
	switch d.focus {
	case layout.RegionTopics:
		return d.topics.Update(msg, d.feed)
	case layout.RegionLog:
		return d.log.Update(msg, d.feed)
	case layout.RegionPublish:
		return d.publish.Update(msg)
	default:
		return d.stream().Update(msg, d.feed)
	}
}

// open gives the focus to the stream of the selected topic: its tile, or if it has none,
// its own stream in place of the tiles.
func (d *desk) open() {
	d.focus = layout.RegionStream
	d.showTileOf(d.topics.Selected())
	d.tile = d.streamOf(d.topics.Selected())
	if d.tile < 0 {
		d.tile, d.solo = 0, true
	}
}

// leave closes the page on top, or takes the focus from the publish box.
func (d *desk) leave() {
	if d.top() != nil {
		d.pop()
		return
	}
	if d.focus == layout.RegionPublish {
		d.publish.Blur()
		d.focus = d.back
	}
}

// openPublish gives the focus to the publish box.
func (d *desk) openPublish() {
	d.publish.SetTopic(d.topicAtHand())
	d.back, d.focus = d.focus, layout.RegionPublish
	d.publish.Focus(d.knownTopics(""))
}

// eachStream calls do with all streams, including those that are not shown.
func (d *desk) eachStream(do func(*stream.Pane)) {
	do(d.single)
	for _, s := range d.tiles {
		do(s)
	}
}

// neverConnected reports whether there are no messages because there has been no connection
// yet, and a first attempt has failed.
func (d *desk) neverConnected() bool {
	c := d.feed.Connection()
	failed := d.options.Player == nil && c.State != jolt.Up && c.Cause != nil
	return failed && c.Outages == 0 && d.feed.Counters().Received == 0
}

// noTopics reports whether there are no messages because nothing is subscribed.
func (d *desk) noTopics() bool {
	return d.options.Player == nil && d.feed.Connection().State == jolt.Up && len(d.feed.Topics()) == 0 && d.feed.All().Len() == 0
}

// welcoming reports whether the welcome is shown in place of the streams.
func (d *desk) welcoming() bool { return d.neverConnected() || d.noTopics() }

// knownTopics returns the topics with text in their names, those that begin with it first.
func (d *desk) knownTopics(text string) []string {
	var begin, have []string
	for _, t := range d.feed.Topics() {
		switch {
		case t.Name == "":
		case strings.HasPrefix(t.Name, text):
			begin = append(begin, t.Name)
		case strings.Contains(t.Name, text):
			have = append(have, t.Name)
		}
	}
	return append(begin, have...)
}
