package ui

import (
	"errors"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"joltui/internal/clipboard"
	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/ui/keys"
	"joltui/ui/layout"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
)

// copiedMsg is the outcome of copying.
type copiedMsg struct {
	what string
	size int
	how  clipboard.Copied
	err  error
}

// copying is the feature that puts texts on the clipboard of the user.
type copying struct {
	*desk
	set  keys.Set[*copying]
	draw func() string // draws the window
}

func newCopying(d *desk, draw func() string) *copying {
	return &copying{desk: d, draw: draw, set: keys.Set[*copying]{
		{Name: "copy", Group: "Do", Where: keys.Dashboard(), Key: keys.Bind("y", "copy", "y"), Why: (*copying).whyNothing, Run: keys.Plain((*copying).underCursor)},
		{Name: "copy.screen", Group: "Do", Where: keys.Anywhere(), Key: keys.Bind("Y", "copy screen", "Y"), Run: keys.Cmd((*copying).copyScreen)},
	}}
}

func (c *copying) entries() keys.Table { return c.set.Entries(func() *copying { return c }) }

func (c *copying) carry(in kit.Intent) (tea.Cmd, bool) {
	if text, ok := in.(intent.Copy); ok {
		return c.copyText(text), true
	}
	return nil, false
}

// underCursor asks to copy what is under the cursor of the focused pane.
func (c *copying) underCursor() kit.Intent {
	switch c.focus {
	case layout.RegionTopics:
		return c.topics.Copy()
	case layout.RegionLog:
		return c.log.Copy(c.feed)
	default:
		return c.stream().Copy(c.feed)
	}
}

// whyNothing says why there is nothing to copy under the cursor.
func (c *copying) whyNothing(f *feed.Feed) string {
	switch {
	case c.focus == layout.RegionStream && c.stream().Current(f) == nil:
		return "there is no message here"
	default:
		return ""
	}
}

// copyScreen copies the screen, without colours and without the blanks at the ends of its
// rows.
func (c *copying) copyScreen() tea.Cmd {
	rows := strings.Split(ansi.Strip(c.draw()), "\n")
	for i, row := range rows {
		rows[i] = strings.TrimRight(row, " ")
	}
	return c.copyText(intent.Copy{What: "the screen", Text: strings.Join(rows, "\n") + "\n"})
}

// copyText returns the command that copies a text. The footer says so only once it is done.
func (c *copying) copyText(what intent.Copy) tea.Cmd {
	to := c.options.Clipboard
	if to == nil {
		c.sayFailed("nothing copied: " + clipboard.ErrNowhere.Error())
		return nil
	}
	if what.Why != "" {
		c.say("nothing copied: " + what.Why)
		return nil
	}
	if what.Text == "" {
		c.say("nothing copied: " + printable.Line(what.What) + " is empty")
		return nil
	}
	return func() tea.Msg {
		how, err := to.Copy(what.Text)
		return copiedMsg{what.What, len(what.Text), how, err}
	}
}

// take says how copying ended.
func (c *copying) take(msg tea.Msg) (tea.Cmd, bool) {
	m, ok := msg.(copiedMsg)
	if !ok {
		return nil, false
	}
	size := human.Count(uint64(m.size)) + " bytes"
	what, why := printable.Line(m.what), ""
	if m.how.Local != nil {
		why = ": " + printable.Line(m.how.Local.Error())
	}
	switch {
	case errors.Is(m.err, clipboard.ErrTooLong):
		c.sayFailed("not copied: " + what + " has " + size + ", and a terminal's clipboard takes " +
			human.Count(clipboard.MaxTerminal) + why)
	case m.err != nil:
		c.sayFailed("not copied: " + what + ": " + printable.Line(m.err.Error()))
	default:
		c.say("copied " + what + ", " + size + ", by " + m.how.Way.String() + condition(m.how.Way) + why)
	}
	return nil, true
}

// condition says on what it depends whether a copy arrived, where nothing reports that.
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
