package ui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/record"
	"joltui/ui/keys"
	"joltui/ui/layout"
	"joltui/ui/views/kit"
	"joltui/ui/views/timeline"
)

const (
	// wheelStep is how many lines a notch of the wheel moves.
	wheelStep = 3
	// doubleClick is the longest time between two clicks that open what is selected.
	doubleClick = 400 * time.Millisecond
)

// pointing is the feature of the mouse, which is off until the user turns it on: while it is
// on, the terminal selects no text.
type pointing struct {
	*desk
	set   keys.Set[*pointing]
	mouse mouse
}

// mouse is the state of the mouse.
type mouse struct {
	on    bool
	drags border    // the border that is being dragged
	click paneLine  // where the latest click was
	at    time.Time // when it was
}

func newPointing(d *desk) *pointing {
	return &pointing{desk: d, set: keys.Set[*pointing]{
		{Name: "mouse", Group: "Look", Where: keys.Anywhere(), Key: keys.Bind("m", "mouse", "m"), Run: keys.Cmd((*pointing).toggle)},
	}}
}

func (p *pointing) entries() keys.Table { return p.set.Entries(func() *pointing { return p }) }

// border is a border that the mouse can drag.
type border uint8

const (
	borderNone border = iota
	borderTopics
	borderLog
)

// paneLine is a line of a pane on the screen.
type paneLine struct {
	region layout.Region
	tile   int
	line   int // inside the border of the region, from 0
}

// toggle turns the mouse on and off.
func (p *pointing) toggle() tea.Cmd {
	cmd := p.setMouse(!p.mouse.on)
	if p.mouse.on {
		p.mention("mouse on; text is selected with shift")
	} else {
		p.mention("mouse off")
	}
	return cmd
}

func (p *pointing) setMouse(on bool) tea.Cmd {
	if on == p.mouse.on {
		return nil
	}
	p.mouse = mouse{on: on}
	if on {
		return tea.EnableMouseCellMotion
	}
	return tea.DisableMouse
}

// resized turns the mouse on again: Bubble Tea (v1.3.10) does not do so when the terminal
// comes back from a shell or an editor, but sends the size of the window then.
func (p *pointing) resized() tea.Cmd {
	if p.mouse.on {
		return tea.EnableMouseCellMotion
	}
	return nil
}

// dragging reports whether a border is being dragged.
func (p *pointing) dragging() bool { return p.mouse.drags != borderNone }

// take handles the messages of the mouse. While a question is open they do nothing.
func (p *pointing) take(msg tea.Msg) (cmd tea.Cmd, done bool) {
	if _, ok := msg.(tea.WindowSizeMsg); ok {
		return p.resized(), true
	}
	e, ok := msg.(tea.MouseMsg)
	if ok {
		p.touched = p.options.Now()
	}
	switch {
	case !ok:
		return nil, false
	case !p.mouse.on, p.layout.TooSmall:
	case e.Action == tea.MouseActionRelease:
		p.mouse.drags = borderNone
	case p.prompt.Active(), p.confirm.Active():
	case e.Button == tea.MouseButtonWheelUp:
		return p.wheel(e.X, e.Y, -wheelStep), true
	case e.Button == tea.MouseButtonWheelDown:
		return p.wheel(e.X, e.Y, wheelStep), true
	case p.top() != nil, e.Button != tea.MouseButtonLeft:
	case e.Action == tea.MouseActionMotion:
		p.drag(e.X, e.Y)
	default:
		return p.press(e.X, e.Y), true
	}
	return nil, true
}

// wheel scrolls the pane under the pointer, or the page on top. The focus stays.
func (p *pointing) wheel(x, y, by int) tea.Cmd {
	if on := p.top(); on != nil {
		return p.movePage(on, by)
	}
	at, found := p.paneLineAt(x, y)
	if !found {
		return nil
	}
	switch at.region {
	case layout.RegionTopics:
		p.topics.Scroll(by, p.feed)
	case layout.RegionLog:
		p.log.Scroll(by, p.feed)
	case layout.RegionDetail:
		return p.movePage(p.detail, by)
	case layout.RegionStream:
		p.streams[at.tile].Scroll(by, p.feed, p.now)
	}
	return nil
}

// movePage moves a page by so many lines, as its keys would.
func (p *pointing) movePage(on page, by int) tea.Cmd {
	move, n := kit.Down, by
	if by < 0 {
		move, n = kit.Up, -by
	}
	var cmds []tea.Cmd
	for range n {
		cmds = append(cmds, p.do(on.Move(move, p.feed)))
	}
	return tea.Batch(cmds...)
}

// press begins to drag a border, or focuses the pane under the pointer and selects its line.
func (p *pointing) press(x, y int) tea.Cmd {
	if p.mouse.drags = p.borderAt(x, y); p.dragging() {
		return nil
	}
	if r := p.layout.Timeline; p.top() == nil && within(r.X, r.W, x) && within(r.Y, r.H, y) {
		p.options.Player.Seek(record.Target{Share: timeline.ShareAt(r.W, x-r.X, p.options.Player.Status())})
		return nil
	}
	at, found := p.paneLineAt(x, y)
	if !found {
		return nil
	}
	p.focusOn(at)
	if at.region == layout.RegionStream && at.line < 0 { // its title
		p.topics.Select(p.streams[at.tile].Topic())
	}
	if !p.selectLine(at) {
		return nil
	}
	again := at == p.mouse.click && p.now.Sub(p.mouse.at) < doubleClick
	p.mouse.click, p.mouse.at = at, p.now
	if again {
		p.mouse.at = time.Time{}
		return p.openFocused()
	}
	return nil
}

// openFocused opens what is selected in the focused region, as enter does.
func (p *pointing) openFocused() tea.Cmd {
	switch p.focus {
	case layout.RegionTopics:
		return p.do(p.topics.Open(p.feed))
	case layout.RegionStream:
		return p.do(p.stream().Inspect(p.feed))
	case layout.RegionLog:
		return p.do(p.log.Details(p.feed))
	}
	return nil
}

// focusOn gives the focus to the region, and the stream, under the pointer.
func (p *pointing) focusOn(at paneLine) {
	switch {
	case at.region == layout.RegionPublish && p.focus == layout.RegionPublish:
		return
	case at.region == layout.RegionPublish:
		p.openPublish()
		return
	case p.focus == layout.RegionPublish:
		p.publish.Blur()
	}
	p.focus = at.region
	if at.region == layout.RegionStream {
		p.tile = at.tile
	}
}

// selectLine selects the row at a line, and reports whether there is one.
func (p *pointing) selectLine(at paneLine) bool {
	switch at.region {
	case layout.RegionTopics:
		return p.topics.SelectLine(at.line, p.feed)
	case layout.RegionLog:
		return p.log.SelectLine(at.line, p.feed)
	case layout.RegionStream:
		return !p.welcoming() && p.streams[at.tile].SelectLine(at.line, p.feed, p.now)
	default:
		return false
	}
}

// drag moves the border that is being dragged to the pointer.
func (p *pointing) drag(x, y int) {
	switch p.mouse.drags {
	case borderTopics:
		p.moveTopicsSplit(x + 1)
	case borderLog:
		p.moveLogSplit(p.layout.Footer.Y - y)
	}
}

// borderAt returns the border at a position of the mouse. It is two cells wide: the edges
// of the two panes that meet there.
func (p *pointing) borderAt(x, y int) border {
	l := &p.layout
	switch {
	case l.Topics.W > 0 && l.Topics != l.Body && within(l.Topics.Y, l.Topics.H, y) &&
		(x == l.Topics.X+l.Topics.W-1 || x == l.Topics.X+l.Topics.W):
		return borderTopics
	case l.Log.H > layout.IdleLog && l.Log != l.Body && (y == l.Log.Y || y == l.Log.Y-1 && l.Publish.H != layout.IdlePublish):
		return borderLog
	default:
		return borderNone
	}
}

// paneLineAt returns the pane and the row under a position of the mouse.
func (p *pointing) paneLineAt(x, y int) (at paneLine, found bool) {
	l := &p.layout
	try := func(region layout.Region, tile int, r kit.Rect) {
		if within(r.X, r.W, x) && within(r.Y, r.H, y) {
			at, found = paneLine{region, tile, y - r.Y - 1}, true
			if y == r.Y+r.H-1 {
				at.line = -1 // the lower border, or a pane that is small
			}
		}
	}
	try(layout.RegionTopics, 0, l.Topics)
	try(layout.RegionPublish, 0, l.Publish)
	try(layout.RegionDetail, 0, l.Detail)
	try(layout.RegionLog, 0, l.Log)
	for i, r := range l.Streams {
		try(layout.RegionStream, l.FirstTile+i, r)
	}
	return at, found
}

// within reports whether v is one of the size cells that begin at from.
func within(from, size, v int) bool { return v >= from && v < from+size }
