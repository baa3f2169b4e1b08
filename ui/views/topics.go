package views

import (
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/feed"
	"joltui/printable"
)

// Topics is the list of topics, led by a row for all of them together. It
// draws the rows on screen and no others. Its selection goes by name, so it
// stays where it is while topics come and go.
type Topics struct {
	styles   *Styles
	keys     TopicsKeys
	w, h     int
	focused  bool
	selected string // "" is the row of all topics
	tiled    []string
	cursor   cursor
}

// NewTopics returns the list with all topics selected.
func NewTopics(s *Styles, k TopicsKeys) *Topics { return &Topics{styles: s, keys: k} }

// SetSize sets the outer size in cells.
func (t *Topics) SetSize(w, h int) { t.w, t.h = w, h }

// SetFocus says whether keys come here.
func (t *Topics) SetFocus(on bool) { t.focused = on }

// Selected is the name of the selected topic; "" is all topics.
func (t *Topics) Selected() string { return t.selected }

// Select selects a topic that the feed knows, or with "" all topics.
func (t *Topics) Select(topic string) { t.selected = topic }

// Tiled are the topics to be shown side by side, in the order in which the
// user marked them. The caller must not change the slice.
func (t *Topics) Tiled() []string { return t.tiled }

// ShortHelp lists the keys that matter most here.
func (t *Topics) ShortHelp() []key.Binding { return []key.Binding{t.keys.Open, t.keys.Tile} }

// Update moves the selection, marks topics, and asks for the stream.
func (t *Topics) Update(msg tea.KeyMsg, f *feed.Feed) Intent {
	topics := f.Topics()
	t.sync(topics)
	before := t.cursor.pos
	switch {
	case key.Matches(msg, t.keys.Open):
		return Open{}
	case key.Matches(msg, t.keys.Tile):
		t.toggleTile()
	case t.cursor.move(t.keys.Move, msg, 0, uint64(len(topics)+1)):
		t.land(topics, before)
	}
	return nil
}

// land selects the row that the cursor moved to. This list does not follow its
// end: its rows are no log. A topic without a name, which only a broken broker
// has, cannot be told from all topics, so the cursor steps over it.
func (t *Topics) land(topics []*feed.Topic, before uint64) {
	if t.cursor.follow {
		t.cursor.follow = false
		t.cursor.pos = uint64(len(topics))
	}
	if t.cursor.pos == 1 && topics[0].Name == "" {
		t.cursor.pos = 0
		if before == 0 && len(topics) > 1 {
			t.cursor.pos = 2
		}
	}
	t.selected = ""
	if t.cursor.pos > 0 {
		t.selected = topics[t.cursor.pos-1].Name
	}
}

func (t *Topics) toggleTile() {
	if t.selected == "" {
		return
	}
	if i := slices.Index(t.tiled, t.selected); i >= 0 {
		t.tiled = slices.Delete(slices.Clone(t.tiled), i, i+1)
		return
	}
	t.tiled = append(slices.Clone(t.tiled), t.selected)
}

func (t *Topics) untileForgotten(f *feed.Feed) {
	forgotten := func(name string) bool { return f.Topic(name) == nil }
	if slices.ContainsFunc(t.tiled, forgotten) {
		t.tiled = slices.DeleteFunc(slices.Clone(t.tiled), forgotten)
	}
}

// sync finds the selected topic again. When it is gone, its neighbour takes
// its place.
func (t *Topics) sync(topics []*feed.Topic) {
	if t.selected == "" {
		t.cursor.pos = 0
		return
	}
	i, found := find(topics, t.selected)
	if found {
		t.cursor.pos = uint64(i + 1)
		return
	}
	t.cursor.pos = uint64(min(i+1, len(topics)))
	t.land(topics, t.cursor.pos)
}

func find(topics []*feed.Topic, name string) (int, bool) {
	return slices.BinarySearchFunc(topics, name, func(t *feed.Topic, name string) int {
		return strings.Compare(t.Name, name)
	})
}

// View draws the list as of now.
func (t *Topics) View(f *feed.Feed, now time.Time) []string {
	topics := f.Topics()
	t.sync(topics)
	t.untileForgotten(f)
	inner := Rect{W: t.w, H: t.h}.Inner()
	t.cursor.page = inner.H
	next := uint64(len(topics) + 1)
	t.cursor.settle(0, next, inner.H, oneLine)
	cols := topicColumnsFor(inner.W, len(t.tiled) > 0)
	rows := make([]string, 0, inner.H)
	for at := t.cursor.top.row; at < next && len(rows) < inner.H; at++ {
		l := t.startRow(inner.W, at == t.cursor.pos)
		if at == 0 {
			t.putAll(l, f, cols)
		} else {
			t.putTopic(l, topics[at-1], cols, now)
		}
		rows = append(rows, l.String())
	}
	panel := Panel{
		Title:   []Span{{t.styles.Strong, "Topics"}, {t.styles.Dim, " " + Count(uint64(len(topics)))}},
		Focused: t.focused,
	}
	return panel.View(*t.styles, t.w, t.h, rows)
}

func (t *Topics) startRow(w int, selected bool) *Line {
	if selected {
		return NewLine(w, t.styles.Selected).Put(t.styles.Accent, "▸")
	}
	return NewLine(w, Paint{}).Space(1)
}

// topicColumns are the widths of the columns after the two marks, in cells.
type topicColumns struct{ name, tile, rate, spark int }

// What the columns of the topic list need, in cells.
const (
	topicMarks   = 3 // the cursor, the state and a blank
	topicRate    = 7 // 12.3k/s
	topicWords   = 9 // quiet 12m, forbidden
	topicName    = 4 // a name cut shorter is of no use
	topicSpark   = 6
	maxSpark     = 16
	roomForSpark = 20 // for the name and the sparkline together
	roomForWords = 10 // for the name, before words get more than a rate does
)

// topicColumnsFor shares out a row. As it gets narrower the sparkline goes
// first, then the name is cut, and the rate is kept longest.
func topicColumnsFor(w int, tiles bool) topicColumns {
	var c topicColumns
	rest := max(w-topicMarks-1, 0)
	if rest < topicName+1+topicRate {
		c.name = rest
		return c
	}
	if tiles {
		c.tile = 2
	}
	c.rate = topicRate
	rest = max(rest-c.tile-1-c.rate, 0)
	switch {
	case rest >= roomForSpark:
		c.spark = min(max(rest/3, topicSpark), maxSpark)
		rest -= 1 + c.spark
	case rest >= roomForWords+topicWords-topicRate:
		c.rate = topicWords
		rest -= topicWords - topicRate
	}
	c.name = rest
	return c
}

// figures is the width of everything right of the name.
func (c topicColumns) figures() int {
	if c.spark == 0 {
		return c.rate
	}
	return c.rate + 1 + c.spark
}

func (t *Topics) putAll(l *Line, f *feed.Feed, c topicColumns) {
	l.Space(2).Left(t.styles.Strong, "all topics", c.name+c.tile).Space(1)
	t.putFigures(l, f.Rate(), f.Spark(), c)
}

func (t *Topics) putTopic(l *Line, topic *feed.Topic, c topicColumns, now time.Time) {
	mark, paint := t.mark(topic.State)
	name := t.styles.Text
	switch {
	case topic.Name == t.selected:
		name = t.styles.Strong
	case topic.State == feed.TopicIdle:
		name = t.styles.Dim
	}
	l.Put(paint, mark).Space(1).Left(name, printable.Prefix(topic.Name, c.name+1), c.name)
	tile := ""
	if c.tile > 0 && slices.Contains(t.tiled, topic.Name) {
		tile = " ◫"
	}
	l.Left(t.styles.Accent, tile, c.tile).Space(1)
	switch rate := topic.Rate(); {
	case topic.State == feed.TopicRejected:
		t.putError(l, topic.Err, c)
	case rate > 0:
		t.putFigures(l, rate, topic.Spark(), c)
	default:
		words := quiet(topic, now, c.figures())
		l.Right(t.styles.Dim, words, max(Width(words), c.rate))
	}
}

func (t *Topics) putFigures(l *Line, rate float64, spark []float64, c topicColumns) {
	l.Right(t.styles.Text, Rate(rate), c.rate)
	if c.spark > 0 {
		l.Space(1).Put(t.styles.Accent, Sparkline(spark, c.spark))
	}
}

// putError puts the broker's words; where they do not fit, their code.
func (t *Topics) putError(l *Line, text string, c topicColumns) {
	words := printable.Prefix(text, c.figures()+1)
	if code, _, found := strings.Cut(words, ":"); found && Width(words) > c.figures() {
		words = code
	}
	words, _ = Cut(words, c.figures())
	l.Put(t.styles.Error, words)
}

// quiet says for how long nothing came, in as many words as fit.
func quiet(topic *feed.Topic, now time.Time, width int) string {
	if topic.State == feed.TopicPending {
		return "pending"
	}
	silence := now.Sub(topic.LastAt)
	if topic.LastAt.IsZero() || silence < time.Second {
		return "quiet"
	}
	since := whole(silence)
	if words := "quiet " + since; len(words) <= width {
		return words
	}
	return since
}

func (t *Topics) mark(s feed.TopicState) (string, Paint) {
	switch s {
	case feed.TopicSubscribed:
		return "●", t.styles.OK
	case feed.TopicPending:
		return "◌", t.styles.Warn
	case feed.TopicRejected:
		return "✗", t.styles.Error
	default:
		return "○", t.styles.Dim
	}
}
