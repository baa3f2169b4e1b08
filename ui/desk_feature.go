package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"joltui/ui/keys"
	"joltui/ui/layout"
	"joltui/ui/views/kit"
	"joltui/ui/views/ledger"
	"joltui/ui/views/publish"
	"joltui/ui/views/stream"
	"joltui/ui/views/topics"
)

// deskFeature is the desk as one feature among the others. Its methods are not on desk,
// because other features embed that and would inherit them.
type deskFeature struct{ *desk }

// entries returns the actions of the desk and of its panes.
func (d deskFeature) entries() keys.Table {
	table := d.set.Entries(func() *desk { return d.desk })
	table = append(table, d.moveSet.Entries(d.mover)...)
	table = append(table, d.sets.topics.Entries(func() *topics.Pane { return d.topics })...)
	table = append(table, d.sets.stream.Entries(d.stream)...)
	table = append(table, d.sets.log.Entries(func() *ledger.Pane { return d.log })...)
	return append(table, d.sets.publish.Entries(func() *publish.Box { return d.publish })...)
}

// carry carries out the intents that are for the desk.
func (d deskFeature) carry(in kit.Intent) (tea.Cmd, bool) {
	switch in := in.(type) {
	case stream.Look:
		d.changeOptions(func(o *stream.Options) { *o = in.Options })
	case stream.Resume:
		d.resume()
	case topics.Open:
		d.open()
	case kit.Leave:
		if d.top() != nil || d.focus != layout.RegionDetail || !d.closeDetail() {
			d.leave()
		}
	default:
		return nil, false
	}
	return nil, true
}

// take notes that a searchMsg has come; settle then goes on with the search.
func (d deskFeature) take(msg tea.Msg) (tea.Cmd, bool) {
	_, ok := msg.(searchMsg)
	d.search = d.search && !ok
	return nil, ok
}

// settle lets the streams go on with their searches.
func (d deskFeature) settle() tea.Cmd { return d.searchOn() }

func (d deskFeature) commands() []command {
	return []command{
		{name: "filter", usage: "[EXPRESSION]", does: "show only what matches",
			check: func(args string) error { return d.filterQuestion().Check(args) },
			run:   func(args string) tea.Cmd { return d.do(d.filterQuestion().Accept(args)) },
			ask:   d.beginFilter},
		{name: "find", usage: "TEXT", does: "go to the newest message with a text; others stay", run: d.find},
		{name: "goto", usage: "TIME", does: "go to a time: 12:03, -5m, 50%", check: d.checkTime, run: d.goToTime},
		{name: "sort", usage: "ORDER", does: "sort the topics: name, rate, heard, count",
			suggest: func(args string) []string { return withPrefix(topics.Orders(), args) },
			check: func(args string) error {
				_, err := topics.ParseOrder(args)
				return err
			},
			run: d.sortTopics},
		choice("times", "next times, or NAME", timesNames(), parseTimes, d.setTimes),
		d.jsonCommand(),
	}
}

// questions is the prompt and the yes-or-no question, as a feature.
type questions struct{ *shell }

// entries returns the actions of the prompt and of the yes-or-no question.
func (s questions) entries() keys.Table {
	table := s.promptKeys.Entries(func() *kit.Prompt { return s.prompt })
	return append(table, s.confirmKeys.Entries(func() *kit.Confirm { return s.confirm })...)
}

// deskActions returns the actions of the desk.
func deskActions() keys.Set[*desk] {
	place := keys.Dashboard()
	return keys.Set[*desk]{
		{Name: "filter", Group: "Do", Where: place, Key: keys.Bind("/", "filter", "/"), Run: keys.Do((*desk).askFilter)},
		{Name: "pause", Group: "Do", Where: place, Key: keys.Bind("space", "pause", " "), Run: keys.Do((*desk).togglePause)},
		{Name: "fullscreen", Group: "Look", Where: place, Key: keys.Bind("f", "full screen", "f"), Run: keys.Do((*desk).toggleFull)},
		{Name: "wrap", Group: "Look", Where: place, Key: keys.Bind("w", "wrap", "w"), Run: keys.Do((*desk).toggleWrap)},
		{Name: "times", Group: "Look", Where: place, Key: keys.Bind("t", "times", "t"), Run: keys.Do((*desk).nextTimes)},
	}
}

// togglePause pauses the player of a recording, as any player has it; else all streams. There
// is one kind of pause in each: where the player stands still, nothing moves.
func (d *desk) togglePause() {
	if p := d.options.Player; p != nil {
		p.Pause()
		return
	}
	d.pause(!d.paused)
}

func (d *desk) toggleFull() { d.full = !d.full }

func (d *desk) toggleWrap() {
	d.changeOptions(func(o *stream.Options) { o.Wrap = !o.Wrap })
	if d.streamOptions.Wrap {
		d.mention("long payloads take several lines")
	} else {
		d.mention("each payload takes one line")
	}
}

func (d *desk) nextTimes() { d.setTimes((d.streamOptions.Times + 1) % (stream.TimeNone + 1)) }

func (d *desk) setTimes(t stream.TimeMode) {
	d.changeOptions(func(o *stream.Options) { o.Times = t })
	d.mention("times: " + t.String())
}

func (d *desk) nextPane() { d.turn(+1) }
func (d *desk) prevPane() { d.turn(-1) }

// turn moves the focus by so many panes, in the order of topics, streams, detail and log, and around
// at the ends.
func (d *desk) turn(step int) {
	panes, detail := len(d.streams)+2, -1
	if d.detailShown() {
		panes, detail = panes+1, panes-1
	}
	at := 0
	switch d.focus {
	case layout.RegionStream:
		at = 1 + d.tile
	case layout.RegionDetail:
		at = detail
	case layout.RegionLog:
		at = panes - 1
	}
	switch at = (at + step + panes) % panes; at {
	case 0:
		d.focus = layout.RegionTopics
	case panes - 1:
		d.focus = layout.RegionLog
	case detail:
		d.focus = layout.RegionDetail
	default:
		d.focus, d.tile = layout.RegionStream, at-1
	}
}

// unzoom closes the message beside the streams, or leaves full screen or the topic on its own,
// and reports whether there was any of them.
func (d *desk) unzoom() bool {
	if d.closeDetail() {
		return true
	}
	zoomed := d.full || d.solo
	d.full, d.solo = false, false
	return zoomed
}

// goBack undoes one step: the message beside the streams, full screen or the topic on its
// own, else a filter, that of the focused pane first, else the focus.
func (d *desk) goBack() {
	switch {
	case d.unzoom():
	case d.focus == layout.RegionLog && d.log.ClearFilter(d.feed):
	case d.focus == layout.RegionTopics && d.topics.ClearFilter():
	case d.filter.String() != "":
		d.setFilter("")
	default:
		d.focus = layout.RegionTopics
	}
}

// atHome reports whether goBack has nothing to undo.
func (d *desk) atHome() bool {
	return !d.full && !d.solo && d.focus == layout.RegionTopics && d.filter.String() == "" && !d.topics.Filtered()
}
