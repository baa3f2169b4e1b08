package topics

import (
	"slices"
	"strings"
	"time"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/pattern"
	"joltui/internal/printable"
	"joltui/ui/views/kit"
)

// topicFigures is what a row shows right of its name.
type topicFigures struct {
	state          string
	rate, byteRate float64
	peak           float64
	total          uint64
	heard          time.Time
	spark          []float64
}

// header draws the titles of the columns, with an arrow at the one that rows are sorted by.
func (t *Pane) header(w int, c topicColumns) string {
	arrow := func(o Order, title string) string {
		if t.list.order == o {
			return title + o.arrow()
		}
		return title
	}
	l := kit.NewLine(w, kit.Paint{}).Space(topicMarks).Left(t.styles.Dim, arrow(OrderName, "topic"), c.name+c.tile)
	heard, spark := "heard", "trend"
	if c.gap > 1 {
		heard, spark = "last heard", "last minute"
	}
	put := func(title string, width int) { l.Space(c.gap).Right(t.styles.Dim, title, width) }
	l.Space(c.gap).Left(t.styles.Dim, "state", c.state)
	put(arrow(OrderRate, "msg/s"), c.rate)
	put("bytes/s", c.bytes)
	put("peak", c.peak)
	put(arrow(OrderCount, "total"), c.total)
	put(arrow(OrderHeard, heard), c.heard)
	l.Space(c.gap).Left(t.styles.Dim, spark, c.spark)
	return l.String()
}

func (t *Pane) putRow(l *kit.Line, r topicRow, f *feed.Feed, c topicColumns, now time.Time) {
	switch {
	case r.node == nil && t.list.filter.on():
		sum := t.list.shown.sum
		l.Space(2).Left(t.styles.Strong, "all of these", c.name+c.tile).Space(c.gap)
		t.putFigures(l, c, now, topicFigures{
			state: human.Counted(uint64(sum.topics), "topic"), rate: sum.rate, byteRate: sum.byteRate,
			total: sum.count, heard: sum.heard, spark: t.list.shown.sparks(),
		})
	case r.node == nil:
		l.Space(2).Left(t.styles.Strong, "all topics", c.name+c.tile).Space(c.gap)
		t.putFigures(l, c, now, topicFigures{
			rate: f.Rate(), byteRate: f.ByteRate(), peak: f.Peak(), total: f.Counters().Received,
			heard: f.LastAt(), spark: f.Spark(),
		})
	case r.node.topic == nil:
		t.putGroup(l, r, c, now)
	default:
		t.putTopic(l, r, f, c, now)
	}
}

// indent returns by how many cells a row is indented: at most half the width of the name.
func (r topicRow) indent(c topicColumns) int { return min(2*r.depth, c.name/2) }

func (t *Pane) putGroup(l *kit.Line, r topicRow, c topicColumns, now time.Time) {
	n := r.node
	mark := "⊟"
	if t.list.folded[n.name] {
		mark = "⊞"
	}
	paint := t.styles.Text
	if t.selected == r.id() {
		paint = t.styles.Strong
	}
	room := c.name + c.tile - r.indent(c)
	count := " " + human.Count(uint64(n.sum.topics))
	label := kit.Width(printable.Name(n.label, room+1)) + 1
	switch words := " " + human.Counted(uint64(n.sum.topics), "topic"); {
	case c.table:
		count = "" // the state has it
	case label+kit.Width(count) > room:
		count = "" // the name is what one looks for
	case room >= kit.Width(words)+topicWords:
		count = words
	}
	name, cells := kit.Cut(r.in.Cut(n.label, max(room-kit.Width(count)-1, 1))+".", max(room-kit.Width(count), 1))
	l.Space(r.indent(c)).Put(t.styles.Accent, mark).Space(1).Put(paint, name).
		Left(t.styles.Dim, count, room-cells).Space(c.gap)
	t.putFigures(l, c, now, topicFigures{
		state: human.Counted(uint64(n.sum.topics), "topic"), rate: n.sum.rate, byteRate: n.sum.byteRate,
		total: n.sum.count, heard: n.sum.heard, spark: n.sparks(),
	})
}

func (t *Pane) putTopic(l *kit.Line, r topicRow, f *feed.Feed, c topicColumns, now time.Time) {
	topic := r.node.topic
	mark, paint := t.mark(topic.State)
	by := f.By(topic)
	if by != nil {
		mark, paint = "◎", t.styles.OK
	}
	name := t.styles.Text
	switch {
	case t.selected == r.id():
		name = t.styles.Strong
	case topic.State == feed.TopicIdle && by == nil:
		name = t.styles.Dim
	}
	room := c.name - r.indent(c)
	l.Space(r.indent(c)).Put(paint, mark).Space(1).Left(name, r.in.Cut(r.node.label, room), room)
	tile := ""
	if c.tile > 0 && slices.Contains(t.tiled, topic.Name) {
		tile = " ◫"
	}
	l.Left(t.styles.Accent, tile, c.tile).Space(c.gap)
	switch rate := topic.Rate(); {
	case topic.State == feed.TopicRejected:
		t.putError(l, topic.Err, c)
	case t.patterns && pattern.Is(topic.Name):
		t.putPattern(l, topic, f, c, now)
	case rate > 0 || c.table:
		state := topic.State.String()
		if by != nil {
			state = "by " + printable.Name(by.Name, c.state)
		}
		t.putFigures(l, c, now, topicFigures{
			state: state, rate: rate, byteRate: topic.ByteRate(), peak: topic.Peak(),
			total: topic.Received, heard: topic.LastAt, spark: topic.Spark(),
		})
	default:
		words := quiet(topic, now, c.figures())
		l.Right(t.styles.Dim, words, max(kit.Width(words), c.rate))
	}
}

// putPattern writes the figures of all topics that a pattern stands for.
func (t *Pane) putPattern(l *kit.Line, topic *feed.Topic, f *feed.Feed, c topicColumns, now time.Time) {
	sum := matching(f, topic.Name)
	words := human.Counted(uint64(sum.topics), "topic")
	if sum.rate == 0 && !c.table {
		l.Right(t.styles.Dim, words, max(kit.Width(words), c.rate))
		return
	}
	t.putFigures(l, c, now, topicFigures{
		state: words, rate: sum.rate, byteRate: sum.byteRate, total: sum.count, heard: sum.heard, spark: make([]float64, maxTableSpark),
	})
}

// putFigures writes the columns that are shown.
func (t *Pane) putFigures(l *kit.Line, c topicColumns, now time.Time, f topicFigures) {
	begun := false
	next := func() *kit.Line {
		if begun {
			l.Space(c.gap)
		}
		begun = true
		return l
	}
	right := func(p kit.Paint, text string, width int) {
		if width > 0 {
			next().Right(p, text, width)
		}
	}
	if c.state > 0 {
		next().Left(t.styles.Dim, f.state, c.state)
	}
	if c.table {
		right(t.styles.Text, scaled(f.rate), c.rate)
		right(t.styles.Dim, strings.TrimSuffix(human.ByteRate(f.byteRate), "/s"), c.bytes)
		right(t.styles.Dim, scaled(f.peak), c.peak)
		right(t.styles.Text, totalWords(f.total, c.total), c.total)
		right(t.styles.Dim, heardWords(f.heard, now), c.heard)
	} else {
		right(t.styles.Text, human.Rate(f.rate), c.rate)
		right(t.styles.Dim, human.ByteRate(f.byteRate), c.bytes)
	}
	if c.spark > 0 {
		next().Put(t.styles.Accent, kit.Sparkline(f.spark, c.spark))
	}
}

// scaled writes a number briefly: 12.3k. For 0 it is empty.
func scaled(v float64) string {
	if !(v > 0) {
		return ""
	}
	if v < 0.05 {
		return "<0.1"
	}
	return human.Scaled(v)
}

// totalWords writes a count, exactly if there is room, else briefly.
func totalWords(n uint64, width int) string {
	if exact := human.Count(n); len(exact) <= width {
		return exact
	}
	return scaled(float64(n))
}

// heardWords says how long ago the latest message came.
func heardWords(heard, now time.Time) string {
	switch ago := now.Sub(heard); {
	case heard.IsZero():
		return "never"
	case ago < time.Second:
		return "now"
	default:
		return human.Whole(ago)
	}
}

// putError writes the broker's error; where it does not fit, only its code.
func (t *Pane) putError(l *kit.Line, text string, c topicColumns) {
	room := c.figures()
	if c.state > 0 {
		l.Left(t.styles.Error, feed.TopicRejected.String(), c.state).Space(c.gap)
		room -= c.state + c.gap
	}
	words := printable.Prefix(text, room+1)
	if code, _, found := strings.Cut(words, ":"); found && kit.Width(words) > room {
		words = code
	}
	words, _ = kit.Cut(words, room)
	l.Put(t.styles.Error, words)
}

// quiet says for how long no message has come, more briefly if width cells are too few.
func quiet(topic *feed.Topic, now time.Time, width int) string {
	if topic.State == feed.TopicPending {
		return "pending"
	}
	silence := now.Sub(topic.LastAt)
	if topic.LastAt.IsZero() || silence < time.Second {
		return "quiet"
	}
	since := human.Whole(silence)
	if words := "quiet " + since; len(words) <= width {
		return words
	}
	return since
}

func (t *Pane) mark(s feed.TopicState) (string, kit.Paint) {
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
