package ui

import (
	"errors"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"joltui/internal/clipboard"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
)

// copiedMsg says what came of an attempt to copy.
type copiedMsg struct {
	what string
	size int
	how  clipboard.Copied
	err  error
}

// copyKey copies the thing under the cursor.
func (m *Model) copyKey(msg tea.KeyMsg) (cmd tea.Cmd, done bool) {
	if !key.Matches(msg, m.keys.Copy) {
		return nil, false
	}
	return m.do(m.underCursor()), true
}

// copyScreenKey copies the screen, whatever is on it.
func (m *Model) copyScreenKey(msg tea.KeyMsg) (cmd tea.Cmd, done bool) {
	if !key.Matches(msg, m.keys.CopyScreen) {
		return nil, false
	}
	return m.copyScreen(), true
}

// underCursor is what the focused view has to copy.
func (m *Model) underCursor() kit.Intent {
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
	return m.copyText(intent.Copy{What: "the screen", Text: strings.Join(rows, "\n") + "\n"})
}

// copyText has a text copied; nothing is claimed before that is done.
func (m *Model) copyText(c intent.Copy) tea.Cmd {
	to := m.options.Clipboard
	if to == nil {
		m.sayFailed("nothing copied: " + clipboard.ErrNowhere.Error())
		return nil
	}
	if c.Text == "" {
		m.say("nothing copied: " + printable.Line(c.What) + " is empty")
		return nil
	}
	return func() tea.Msg {
		how, err := to.Copy(c.Text)
		return copiedMsg{c.What, len(c.Text), how, err}
	}
}

// copied tells what came of it.
func (m *Model) copied(msg tea.Msg) (cmd tea.Cmd, done bool) {
	c, ok := msg.(copiedMsg)
	if !ok {
		return nil, false
	}
	size := human.Count(uint64(c.size)) + " bytes"
	what, why := printable.Line(c.what), ""
	if c.how.Local != nil {
		why = ": " + printable.Line(c.how.Local.Error())
	}
	switch {
	case errors.Is(c.err, clipboard.ErrTooLong):
		m.sayFailed("not copied: " + what + " has " + size + ", and a terminal's clipboard takes " +
			human.Count(clipboard.MaxTerminal) + why)
	case c.err != nil:
		m.sayFailed("not copied: " + what + ": " + printable.Line(c.err.Error()))
	default:
		m.say("copied " + what + ", " + size + ", by " + c.how.Way.String() + condition(c.how.Way) + why)
	}
	return nil, true
}

// condition is what has to be so for a copy to arrive, where nothing tells.
func condition(way clipboard.Way) string {
	switch way {
	case clipboard.Terminal:
		return " (if the terminal allows it)"
	case clipboard.ThroughTmux:
		return " (needs set-clipboard or allow-passthrough on)"
	default:
		return ""
	}
}
