package ui

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/ui/keys"
	"joltui/ui/layout"
	"joltui/ui/views/kit"
)

// modelActions returns the actions that belong to no feature.
func modelActions() keys.Set[*Model] {
	quit := func(*Model) tea.Cmd { return tea.Quit }
	here := func(m *Model) bool { return !m.options.Away }
	return keys.Set[*Model]{
		{Name: "back", Group: "Leave", Where: keys.Dashboard(), Key: keys.Bind("esc", "back, stop, clear filter", "esc"), Why: (*Model).whyNotBack, Run: keys.Do((*Model).goBack)},
		{Name: "quit", Group: "Leave", Where: keys.Dashboard(), Key: keys.Bind("q", "back, then quit", "q"), Loses: true, Run: keys.Cmd((*Model).quit)},
		{Name: "quit.now", Group: "Leave", Where: keys.Always(), Key: keys.Bind("ctrl+c", "quit at once", "ctrl+c"), Loses: true, Run: keys.Cmd(quit)},
		{Name: "suspend", Group: "Leave", Where: keys.Always(), Key: keys.Bind("ctrl+z", "suspend", "ctrl+z"), On: here, Off: away, Run: keys.Cmd((*Model).suspend)},
	}
}

func (m *Model) entries() keys.Table { return m.set.Entries(func() *Model { return m }) }

// suspend stops the process, for its shell. Where it has none, it would serve nobody any more.
func (m *Model) suspend() tea.Cmd {
	if m.options.Away {
		m.mention("not suspended: " + away)
		return nil
	}
	return tea.Suspend
}

// goBack undoes one step: first what a feature has under way, such as a repetition, which
// goes on until somebody stops it; then what the desk shows.
func (m *Model) goBack() {
	undone := false
	each(m.features, func(f undoer) { undone = undone || f.undo() })
	if !undone {
		m.desk.goBack()
	}
}

// whyNotBack says that there is nothing to undo.
func (m *Model) whyNotBack(*feed.Feed) string {
	if m.publishing.repetition == nil && !m.toured && m.desk.atHome() {
		return "there is nothing to go back from: {quit} quits"
	}
	return ""
}

// handleKeys handles keys one at a time. Bubble Tea puts keys that were pressed while the
// program was busy into one message, as if they were pasted.
func (m *Model) handleKeys(msg tea.KeyMsg) tea.Cmd {
	if msg.Paste || len(msg.Runes) < 2 {
		return m.pressKey(msg)
	}
	var cmds []tea.Cmd
	for _, r := range msg.Runes {
		one := msg
		one.Runes = []rune{r}
		cmds = append(cmds, m.pressKey(one))
		m.arrange()
	}
	return tea.Batch(cmds...)
}

// pressKey runs what a key means. In this order it goes to the actions that work always, an
// open question, a pane or page where characters are text, the message beside the streams,
// the actions that work anywhere, then to the page on top, or if there is none, to the
// actions of the whole dashboard and the focused pane. In each place a key has one meaning at
// most: [keys.Table.Remap] refuses others. A key that means nothing here says where it does.
func (m *Model) pressKey(msg tea.KeyMsg) tea.Cmd {
	if in, done := m.table.Press(keys.Always(), msg, m.feed); done {
		return m.do(in)
	}
	page := m.top()
	if m.refused(msg) {
		return nil
	}
	switch {
	case m.confirm.Active():
		return m.do(m.confirm.Update(msg))
	case m.prompt.Active():
		return m.do(m.prompt.Update(msg))
	case isTyping(page):
		return m.do(page.Update(msg, m.feed))
	case page == nil && m.focus == layout.RegionPublish:
		return m.do(m.desk.update(msg))
	}
	if page == nil && m.focus == layout.RegionDetail {
		if in, done := m.pressDetail(msg); done {
			return m.do(in)
		}
	}
	if here, below := m.places(nil); !m.table.Means(here, msg) {
		if words := m.table.Elsewhere(here, below, msg); words != "" {
			m.mention(words)
		}
		return nil
	}
	if in, done := m.table.Press(keys.Anywhere(), msg, m.feed); done {
		return m.do(in)
	}
	if page != nil {
		if in, done := m.table.Press(page.Place(), msg, m.feed); done {
			return m.do(in)
		}
		return m.do(page.Update(msg, m.feed))
	}
	if in, done := m.table.Press(keys.Dashboard(), msg, m.feed); done {
		return m.do(in)
	}
	return m.do(m.desk.update(msg))
}

// refused reports whether a key would run an action here that this dashboard does not have,
// and says why.
func (m *Model) refused(msg tea.KeyMsg) bool {
	here := m.place()
	if m.confirm.Active() || m.prompt.Active() || isTyping(m.top()) {
		here = keys.Always()
	}
	words := m.table.Refused(here, msg)
	if words != "" {
		m.mention(words)
	}
	return words != ""
}

// pressDetail runs what a key means in the message beside the streams. Keys that mean nothing
// there are those of the dashboard.
func (m *Model) pressDetail(msg tea.KeyMsg) (in kit.Intent, done bool) {
	if in, done := m.table.Press(m.detail.Place(), msg, m.feed); done {
		return in, true
	}
	if by, ok := m.moves.Pressed(msg); ok {
		return m.detail.Move(by, m.feed), true
	}
	return nil, false
}

// unhandled returns the words for an intent that no feature carries out.
func unhandled(in kit.Intent) string {
	return fmt.Sprintf("nothing was done: nobody carries out %T, which is a fault of joltui", in)
}
