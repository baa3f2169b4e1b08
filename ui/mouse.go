package ui

import (
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/ui/views/kit"
)

const (
	// wheelStep is how many lines a notch of the wheel moves.
	wheelStep = 3
	// doubleClick is how soon a second click opens what the first one selected.
	doubleClick = 400 * time.Millisecond
)

// mouse is what the user does with it. It is off until asked for: while it is on,
// the terminal selects no text.
type mouse struct {
	on    bool
	drags border
	click spot      // the latest one
	at    time.Time // when that was
}

// border is one that the mouse can drag.
type border uint8

const (
	borderNone border = iota
	borderTopics
	borderLog
)

// spot is a line of what is on the screen.
type spot struct {
	region Region
	tile   int
	line   int // inside the border of the region, from 0
}

// mouseKey turns the mouse on and off.
func (m *Model) mouseKey(msg tea.KeyMsg) (cmd tea.Cmd, done bool) {
	if !key.Matches(msg, m.keys.Mouse) {
		return nil, false
	}
	cmd = m.setMouse(!m.mouse.on)
	if m.mouse.on {
		m.mention("mouse on; text is selected with shift")
	} else {
		m.mention("mouse off")
	}
	return cmd, true
}

func (m *Model) setMouse(on bool) tea.Cmd {
	if on == m.mouse.on {
		return nil
	}
	m.mouse = mouse{on: on}
	if on {
		return tea.EnableMouseCellMotion
	}
	return tea.DisableMouse
}

// resized turns the mouse on again: Bubble Tea (v1.3.10) forgets it when the
// program gives the terminal away, to the shell or to an editor, and tells the
// size of the window afterwards.
func (m *Model) resized(msg tea.WindowSizeMsg) tea.Cmd {
	m.w, m.h = msg.Width, msg.Height
	if m.mouse.on {
		return tea.EnableMouseCellMotion
	}
	return nil
}

// dragging reports whether a border is being moved.
func (m *Model) dragging() bool { return m.mouse.drags != borderNone }

// mouseMsg takes what the mouse does. While a question is asked it does nothing.
func (m *Model) mouseMsg(msg tea.Msg) (cmd tea.Cmd, done bool) {
	e, ok := msg.(tea.MouseMsg)
	switch {
	case !ok:
		return nil, false
	case !m.mouse.on, m.layout.TooSmall:
	case e.Action == tea.MouseActionRelease:
		m.mouse.drags = borderNone
	case m.prompt.Active(), m.confirm.Active():
	case e.Button == tea.MouseButtonWheelUp:
		return m.wheel(e.X, e.Y, -wheelStep), true
	case e.Button == tea.MouseButtonWheelDown:
		return m.wheel(e.X, e.Y, wheelStep), true
	case m.top() != nil, e.Button != tea.MouseButtonLeft:
	case e.Action == tea.MouseActionMotion:
		m.drag(e.X, e.Y)
	default:
		return m.press(e.X, e.Y), true
	}
	return nil, true
}

// wheel scrolls what is under the pointer, which keeps the focus where it is.
func (m *Model) wheel(x, y, by int) tea.Cmd {
	if p := m.top(); p != nil {
		return m.movePage(p, by)
	}
	at, found := m.spotAt(x, y)
	if !found {
		return nil
	}
	switch at.region {
	case RegionTopics:
		m.topics.Scroll(by, m.feed)
	case RegionLog:
		m.log.Scroll(by, m.feed)
	case RegionStream:
		m.streams[at.tile].Scroll(by, m.feed, m.now)
	}
	return nil
}

// movePage moves a page by so many lines, as its keys would. One on which
// characters are text has no such keys, but the palette has others.
func (m *Model) movePage(p page, by int) tea.Cmd {
	group := "move"
	if t, ok := p.(typer); ok && t.Typing() {
		if p != m.palette {
			return nil
		}
		group = "palette"
	}
	name, n := group+".down", by
	if by < 0 {
		name, n = group+".up", -by
	}
	var cmds []tea.Cmd
	for range n {
		cmds = append(cmds, m.do(p.Update(keyOf(name), m.feed)))
	}
	return tea.Batch(cmds...)
}

// press takes hold of a border, or focuses and selects what it hits.
func (m *Model) press(x, y int) tea.Cmd {
	if m.mouse.drags = m.borderAt(x, y); m.dragging() {
		return nil
	}
	at, found := m.spotAt(x, y)
	if !found {
		return nil
	}
	cmd := m.focusOn(at)
	if !m.selectLine(at) {
		return cmd
	}
	again := at == m.mouse.click && m.now.Sub(m.mouse.at) < doubleClick
	m.mouse.click, m.mouse.at = at, m.now
	if again {
		m.mouse.at = time.Time{}
		return tea.Batch(cmd, m.openFocused())
	}
	return cmd
}

// openFocused does what the key for it does in the focused region.
func (m *Model) openFocused() tea.Cmd {
	switch m.focus {
	case RegionTopics:
		return m.do(m.focusedKey(keyOf("topics.open")))
	case RegionStream:
		return m.do(m.focusedKey(keyOf("stream.inspect")))
	case RegionLog:
		return m.do(m.focusedKey(keyOf("log.details")))
	}
	return nil
}

// focusOn gives the focus to a region, and the publish box its own.
func (m *Model) focusOn(at spot) tea.Cmd {
	switch {
	case at.region == RegionPublish && m.focus == RegionPublish:
		return nil
	case at.region == RegionPublish:
		return m.openPublish()
	case m.focus == RegionPublish:
		m.publish.Blur()
	}
	m.focus = at.region
	if at.region == RegionStream {
		m.tile = at.tile
	}
	return nil
}

// selectLine selects what is on a line, and reports whether there is anything.
func (m *Model) selectLine(at spot) bool {
	switch at.region {
	case RegionTopics:
		return m.topics.SelectLine(at.line, m.feed)
	case RegionLog:
		return m.log.SelectLine(at.line, m.feed)
	case RegionStream:
		return !m.welcoming() && m.streams[at.tile].SelectLine(at.line, m.feed, m.now)
	default:
		return false
	}
}

// drag puts the border that the mouse holds where the pointer is.
func (m *Model) drag(x, y int) {
	switch m.mouse.drags {
	case borderTopics:
		m.moveTopicsSplit(x + 1)
	case borderLog:
		m.moveLogSplit(m.layout.Footer.Y - y)
	}
}

// borderAt is the border at a place of the screen. Both edges that meet there
// belong to it.
func (m *Model) borderAt(x, y int) border {
	l := &m.layout
	switch {
	case l.Topics.W > 0 && l.Topics != l.Body && within(l.Topics.Y, l.Topics.H, y) &&
		(x == l.Topics.X+l.Topics.W-1 || x == l.Topics.X+l.Topics.W):
		return borderTopics
	case l.Log.H > 0 && l.Log != l.Body && (y == l.Log.Y-1 || y == l.Log.Y):
		return borderLog
	default:
		return borderNone
	}
}

// spotAt is what lies at a place of the screen.
func (m *Model) spotAt(x, y int) (at spot, found bool) {
	l := &m.layout
	try := func(region Region, tile int, r kit.Rect) {
		if within(r.X, r.W, x) && within(r.Y, r.H, y) {
			at, found = spot{region, tile, y - r.Y - 1}, true
			if y == r.Y+r.H-1 {
				at.line = -1 // the lower border
			}
		}
	}
	try(RegionTopics, 0, l.Topics)
	try(RegionPublish, 0, l.Publish)
	try(RegionLog, 0, l.Log)
	for i, r := range l.Streams {
		try(RegionStream, l.FirstTile+i, r)
	}
	return at, found
}

// within reports whether v is one of size cells from a cell on.
func within(from, size, v int) bool { return v >= from && v < from+size }
