package ui

import (
	"errors"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"joltui/clip"
	"joltui/printable"
	"joltui/ui/views"
)

// copiedMsg says what came of an attempt to copy.
type copiedMsg struct {
	what string
	size int
	way  clip.Way
	err  error
}

// copyKey copies the thing under the cursor, or the screen.
func (m *Model) copyKey(msg tea.KeyMsg) (cmd tea.Cmd, done bool) {
	switch {
	case key.Matches(msg, m.keys.Copy):
		return m.do(m.underCursor()), true
	case key.Matches(msg, m.keys.CopyScreen):
		return m.copyScreen(), true
	default:
		return nil, false
	}
}

// underCursor is what the focused view has to copy.
func (m *Model) underCursor() views.Intent {
	switch m.focus {
	case RegionTopics:
		return m.topics.Copy()
	case RegionLog:
		return m.log.Copy(m.feed)
	default:
		return m.streams[m.tile].Copy(m.feed)
	}
}

// copyScreen copies what is on the screen, without colours and without the blanks
// at the ends of its rows.
func (m *Model) copyScreen() tea.Cmd {
	rows := strings.Split(ansi.Strip(m.draw()), "\n")
	for i, row := range rows {
		rows[i] = strings.TrimRight(row, " ")
	}
	return m.copyText(views.Copy{What: "the screen", Text: strings.Join(rows, "\n") + "\n"})
}

// copyText has a text copied; nothing is claimed before that is done.
func (m *Model) copyText(c views.Copy) tea.Cmd {
	clipboard := m.options.Clipboard
	if clipboard == nil {
		m.say("nothing copied: " + clip.ErrNowhere.Error())
		return nil
	}
	if c.Text == "" {
		m.say("nothing copied: " + printable.Line(c.What) + " is empty")
		return nil
	}
	return func() tea.Msg {
		way, err := clipboard.Copy(c.Text)
		return copiedMsg{c.What, len(c.Text), way, err}
	}
}

// copied tells what came of it.
func (m *Model) copied(msg tea.Msg) (cmd tea.Cmd, done bool) {
	c, ok := msg.(copiedMsg)
	if !ok {
		return nil, false
	}
	size := views.Count(uint64(c.size)) + " bytes"
	what := printable.Line(c.what)
	switch {
	case errors.Is(c.err, clip.ErrTooLong):
		m.say("not copied: " + what + " has " + size + ", and a terminal's clipboard takes " +
			views.Count(clip.MaxTerminal))
	case c.err != nil:
		m.say("not copied: " + what + ": " + printable.Line(c.err.Error()))
	default:
		m.say("copied " + what + ", " + size + ", by " + c.way.String() + condition(c.way))
	}
	return nil, true
}

// sayTime is for how long the footer says something.
const sayTime = 4 * time.Second

// say puts something into the log, and for a while into the footer: a page lies
// over the log.
func (m *Model) say(text string) {
	m.note(text)
	m.said, m.saidAt = text, m.now
}

// saying is what the footer has to say at the moment.
func (m *Model) saying() string {
	if m.now.Sub(m.saidAt) >= sayTime {
		return ""
	}
	return m.said
}

// condition is what has to be so for a copy to arrive, where nothing tells.
func condition(way clip.Way) string {
	switch way {
	case clip.Terminal:
		return " (if the terminal allows it)"
	case clip.ThroughTmux:
		return " (needs set-clipboard or allow-passthrough on)"
	default:
		return ""
	}
}
