package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"joltui/ui/keys"
	"joltui/ui/views/stream"
)

// deskActions returns what can be done with the dashboard as a whole.
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

func (d *desk) togglePause() { d.pause(!d.paused) }
func (d *desk) toggleFull()  { d.full = !d.full }
func (d *desk) toggleWrap()  { d.look(func(o *stream.Options) { o.Wrap = !o.Wrap }) }
func (d *desk) nextTimes()   { d.setTimes((d.view.Times + 1) % (stream.TimeNone + 1)) }

func (d *desk) setTimes(t stream.TimeMode) {
	d.look(func(o *stream.Options) { o.Times = t })
}

func (d *desk) nextPane() { d.turn(+1) }
func (d *desk) prevPane() { d.turn(-1) }

// turn moves the focus by one pane of topics, each stream, log.
func (d *desk) turn(step int) {
	panes := len(d.streams) + 2
	at := 0
	switch d.focus {
	case RegionStream:
		at = 1 + d.tile
	case RegionLog:
		at = panes - 1
	}
	switch at = (at + step + panes) % panes; at {
	case 0:
		d.focus = RegionTopics
	case panes - 1:
		d.focus = RegionLog
	default:
		d.focus, d.tile = RegionStream, at-1
	}
}

// quit goes back where there is something to go back from, else it ends.
func (d *desk) quit() tea.Cmd {
	if d.full || d.solo {
		d.full, d.solo = false, false
		return nil
	}
	return tea.Quit
}

// goBack undoes one step: full screen, the topic on its own, the filter, and at
// last the focus.
func (d *desk) goBack() {
	switch {
	case d.full || d.solo:
		d.full, d.solo = false, false
	case d.focus == RegionLog && d.log.ClearFilter(d.feed):
	case d.filter.String() != "":
		d.setFilter("")
	default:
		d.focus = RegionTopics
	}
}
