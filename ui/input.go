package ui

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/ui/views"
)

// typed takes keys one at a time. Those that a busy program finds waiting
// together, Bubble Tea hands over as one message, as if they were pasted.
func (m *Model) typed(msg tea.KeyMsg) tea.Cmd {
	if msg.Paste || len(msg.Runes) < 2 {
		return m.key(msg)
	}
	var cmds []tea.Cmd
	for _, r := range msg.Runes {
		one := msg
		one.Runes = []rune{r}
		cmds = append(cmds, m.key(one))
		m.arrange()
	}
	return tea.Batch(cmds...)
}

// key sends a key to whoever it is for: the keys that work everywhere, then
// whatever lies on top, then what is being typed in, then the keys of the
// dashboard, then the focused view.
func (m *Model) key(msg tea.KeyMsg) tea.Cmd {
	switch {
	case key.Matches(msg, m.keys.ForceQuit):
		return tea.Quit
	case key.Matches(msg, m.keys.Suspend):
		return tea.Suspend
	case m.confirm.Active():
		return m.do(m.confirm.Update(msg))
	case m.prompt.Active():
		return m.do(m.prompt.Update(msg))
	case m.top() == nil && m.focus == RegionPublish:
		return m.toPublish(msg)
	}
	if cmd, done := m.anywhereKey(msg); done {
		return cmd
	}
	if p := m.top(); p != nil {
		return m.do(p.Update(msg, m.feed))
	}
	if cmd, done := m.globalKey(msg); done {
		return cmd
	}
	return m.do(m.focusedKey(msg))
}

// anywhereKey does what works on every page, unless something is typed there.
func (m *Model) anywhereKey(msg tea.KeyMsg) (cmd tea.Cmd, done bool) {
	if p, ok := m.top().(typer); ok && p.Typing() {
		return nil, false
	}
	for _, handle := range []func(*Model, tea.KeyMsg) (tea.Cmd, bool){
		(*Model).paletteKey, (*Model).helpKey, (*Model).themeKey, (*Model).mouseKey, (*Model).copyScreenKey,
	} {
		if cmd, done := handle(m, msg); done {
			return cmd, true
		}
	}
	return nil, false
}

// helpKey opens the help over whatever is on show, and closes it again.
func (m *Model) helpKey(msg tea.KeyMsg) (cmd tea.Cmd, done bool) {
	switch {
	case !key.Matches(msg, m.keys.Help):
		return nil, false
	case m.top() == page(m.help):
		m.help.Find("")
		m.pop()
	default:
		m.push(m.help)
	}
	return nil, true
}

// toPublish gives a key to the publish box, where most keys are text.
func (m *Model) toPublish(msg tea.KeyMsg) tea.Cmd {
	intent, cmd := m.publish.Update(msg)
	return tea.Batch(cmd, m.do(intent))
}

func (m *Model) focusedKey(msg tea.KeyMsg) views.Intent {
	switch m.focus {
	case RegionTopics:
		return m.topics.Update(msg, m.feed)
	case RegionLog:
		return m.log.Update(msg, m.feed)
	default:
		return m.streams[m.tile].Update(msg, m.feed)
	}
}

// keyHandlers are asked one after the other what a key means that works in every
// region. A feature with such keys adds its own.
func keyHandlers() []func(*Model, tea.KeyMsg) (cmd tea.Cmd, done bool) {
	return []func(*Model, tea.KeyMsg) (tea.Cmd, bool){
		(*Model).publishKey,
		(*Model).goKey,
		(*Model).askKey,
		(*Model).lookKey,
		(*Model).watchKey,
		(*Model).copyKey,
		(*Model).recordKey,
		(*Model).playKey,
		(*Model).wireKey,
		(*Model).layoutKey,
		(*Model).profilesKey,
	}
}

// outcomeHandlers are asked one after the other what a message is that no other
// part of the program sends: what came of a command of theirs.
func outcomeHandlers() []func(*Model, tea.Msg) (cmd tea.Cmd, done bool) {
	return []func(*Model, tea.Msg) (tea.Cmd, bool){
		(*Model).copied,
		(*Model).stopped,
		(*Model).background,
		(*Model).publishOutcome,
		(*Model).recorded,
		(*Model).played,
		(*Model).prefsOutcome,
		(*Model).mouseMsg,
		(*Model).groupsOutcome,
		(*Model).topicFileOutcome,
		(*Model).profilesOutcome,
		(*Model).worked,
	}
}

// globalKey does what works in every region, and reports whether msg was that.
func (m *Model) globalKey(msg tea.KeyMsg) (cmd tea.Cmd, done bool) {
	for _, handle := range keyHandlers() {
		if cmd, done := handle(m, msg); done {
			return cmd, true
		}
	}
	return nil, false
}

// outcome takes what came of a command.
func (m *Model) outcome(msg tea.Msg) tea.Cmd {
	for _, handle := range outcomeHandlers() {
		if cmd, done := handle(m, msg); done {
			return cmd
		}
	}
	return nil
}

// goKey goes somewhere else.
func (m *Model) goKey(msg tea.KeyMsg) (cmd tea.Cmd, done bool) {
	k := &m.keys
	switch {
	case key.Matches(msg, k.Quit):
		return m.quit(), true
	case key.Matches(msg, k.Back):
		m.goBack()
	case key.Matches(msg, k.NextPane):
		m.nextPane(1)
	case key.Matches(msg, k.PrevPane):
		m.nextPane(-1)
	default:
		return nil, false
	}
	return nil, true
}

// askKey asks for something that the broker or the streams have to do.
func (m *Model) askKey(msg tea.KeyMsg) (cmd tea.Cmd, done bool) {
	k := &m.keys
	switch {
	case key.Matches(msg, k.Subscribe):
		m.askTopics()
	case key.Matches(msg, k.Unsubscribe):
		return m.unsubscribe(m.currentTopic()), true
	case key.Matches(msg, k.SaveGroup):
		m.askGroup()
	case key.Matches(msg, k.Publish):
		return m.openPublish(), true
	case key.Matches(msg, k.Filter):
		m.askFilter()
	default:
		return nil, false
	}
	return nil, true
}

// lookKey changes how things are shown.
func (m *Model) lookKey(msg tea.KeyMsg) (cmd tea.Cmd, done bool) {
	k := &m.keys
	switch {
	case key.Matches(msg, k.Pause):
		m.pause(!m.paused)
	case key.Matches(msg, k.FullScreen):
		m.full = !m.full
	case key.Matches(msg, k.Wrap):
		m.look(func(o *views.StreamOptions) { o.Wrap = !o.Wrap })
	case key.Matches(msg, k.Times):
		m.setTimes((m.view.Times + 1) % (views.TimeNone + 1))
	default:
		return nil, false
	}
	return nil, true
}

func (m *Model) setTimes(t views.TimeMode) {
	m.look(func(o *views.StreamOptions) { o.Times = t })
}

// quit goes back where there is something to go back from, else it ends.
func (m *Model) quit() tea.Cmd {
	if m.full || m.solo {
		m.full, m.solo = false, false
		return nil
	}
	return tea.Quit
}

// goBack undoes one step: full screen, the topic on its own, the filter, and at
// last the focus.
func (m *Model) goBack() {
	switch {
	case m.full || m.solo:
		m.full, m.solo = false, false
	case m.focus == RegionLog && m.log.ClearFilter(m.feed):
	case m.filter.String() != "":
		m.setFilter("")
	default:
		m.focus = RegionTopics
	}
}

// nextPane moves the focus by one pane of topics, each stream, log.
func (m *Model) nextPane(step int) {
	panes := len(m.streams) + 2
	at := 0
	switch m.focus {
	case RegionStream:
		at = 1 + m.tile
	case RegionLog:
		at = panes - 1
	}
	switch at = (at + step + panes) % panes; at {
	case 0:
		m.focus = RegionTopics
	case panes - 1:
		m.focus = RegionLog
	default:
		m.focus, m.tile = RegionStream, at-1
	}
}

func (m *Model) openPublish() tea.Cmd {
	m.publish.SetTopic(m.currentTopic())
	m.back, m.focus = m.focus, RegionPublish
	return m.publish.Focus()
}

// eachStream reaches the streams that are out of sight, too.
func (m *Model) eachStream(do func(*views.Stream)) {
	do(m.single)
	for _, s := range m.tiles {
		do(s)
	}
}
