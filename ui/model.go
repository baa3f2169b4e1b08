// Package ui is the dashboard: a Bubble Tea program that shows what happens on
// a broker's topics, and lets the user subscribe and publish.
//
// [Model] is the one real model. It routes: keys to whoever they are for, intents of
// panes to the feature that carries them out, messages to the feature whose command
// brought them. The panes, below package views, are plain values with methods. What
// happens on the connection reaches the model as a [Batch], which a [Pump] makes of a
// client's events; what the user asks for leaves it as a command that calls the
// [Client], and its outcome comes back in a batch. So the whole dashboard can be driven
// without a network: send it batches and keys.
package ui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/ui/keys"
	"joltui/ui/loop"
	"joltui/ui/views/frame"
	"joltui/ui/views/kit"
)

// Model is the dashboard. Use it as a pointer, and by one goroutine, as Bubble
// Tea does.
type Model struct {
	*desk
	features []feature
	set      keys.Set[*Model]
	pace     loop.Pace
	drawn    string // by the latest View

	header *frame.Status
	tiny   *frame.Tiny

	// Features that others, or tests, ask for something.
	subscribing *subscribing
	publishing  *publishing
	recording   *recording
	inspection  *inspection
	profiling   *profiling
	helping     *helping
	commanding  *commanding
	theming     *theming
	pointing    *pointing
	preferences *preferences
}

// New returns a dashboard. It does nothing until Bubble Tea, or a test, runs it. Keys of
// the options that cannot be are left out; see [CheckKeys].
func New(o Options) *Model {
	m := assemble(o.withDefaults())
	if err := m.table.Remap(m.options.Keys); err != nil {
		m = assemble(o.withDefaults())
		m.fail("the keys of the configuration are not used: " + err.Error())
	}
	m.hint()
	m.helping.page.SetGroups(groups(m.table))
	if m.options.NotVerified {
		m.note("TLS is not verified: whoever is in between can read and change everything")
	}
	for _, text := range m.options.Notes {
		m.note(text)
	}
	for _, topic := range m.options.Topics {
		m.feed.Want(topic, m.now)
	}
	if topics := m.feed.Topics(); len(topics) == 1 {
		m.topics.Select(topics[0].Name)
	}
	m.arrange()
	return m
}

// CheckKeys says what is wrong with [Options.Keys]: the first thing, as a
// [*keys.BindingError], in the order of the names.
func CheckKeys(changes map[string][]string) error {
	return assemble(Options{}.withDefaults()).table.Remap(changes)
}

// assemble puts the features together.
func assemble(o Options) *Model {
	s := newShell(o)
	d := newDesk(s)
	m := &Model{desk: d, set: modelActions(), pace: loop.NewPace(o.Terminal), header: frame.New(&s.styles), tiny: frame.NewTiny(&s.styles)}
	s.do, s.apply, s.restart = m.carryOut, m.book, m.forget
	m.listFeatures()
	table := m.entries()
	for _, f := range m.features {
		table = append(table, f.entries()...)
	}
	s.table = table.Sorted(helpOrder()...)
	return m
}

// helpOrder are the headings of the help, in its order. Those of other pages follow.
func helpOrder() []string {
	return []string{
		"Do", "Recording", "Look", "Leave", "Move", "Topics", "Messages", "One message", "Broker", "Wire", "Log", "Details of a row",
		"Two messages", "Watched fields", "Profiles", "Publish box", "Prompt", "Question", "Help", "Commands",
	}
}

// listFeatures makes the features. Each is a line, and so is another page. The order is
// that of the help.
func (m *Model) listFeatures() {
	d, s := m.desk, m.shell
	m.subscribing = newSubscribing(d)
	m.publishing = newPublishing(d)
	m.recording = newRecording(d)
	m.inspection = newInspection(d)
	m.profiling = newProfiling(s)
	m.helping = newHelping(s)
	m.commanding = newCommanding(d)
	m.theming = newTheming(s)
	m.pointing = newPointing(d)
	m.preferences = newRemembering(d, m.theming, m.pointing)
	m.features = []feature{
		m.subscribing,
		m.publishing,
		deskFeature{d},
		m.commanding,
		newCopying(d, m.draw),
		m.recording,
		m.profiling,
		newReplaying(d),
		newWiring(s),
		newMonitoring(s, m.subscribing),
		newWatching(d),
		m.theming,
		m.pointing,
		newArranging(d),
		m.preferences,
		m.inspection,
		m.helping,
		questions{s},
	}
	m.commanding.features = m.features
}

// Init starts the clock, and what the features have to do first.
func (m *Model) Init() tea.Cmd {
	cmds := []tea.Cmd{tick()}
	each(m.features, func(f starter) { cmds = append(cmds, f.start()) })
	return tea.Batch(cmds...)
}

type tickMsg struct{}

// Quiet says that the message may well change nothing.
func (tickMsg) Quiet() {}

// tick wakes the dashboard up once a second: rates decay, and ages and
// countdowns go on, while nothing happens.
func tick() tea.Cmd {
	return tea.Tick(time.Second, func(time.Time) tea.Msg { return tickMsg{} })
}

// Update takes a message of Bubble Tea, or a [Batch]. It does no I/O.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	m.now = m.clock()
	m.keep = false
	var cmd tea.Cmd
	switch msg := msg.(type) {
	case loop.Batch:
		m.book(msg)
		m.keep = msg.Partial
	case tickMsg:
		cmd = m.ticked()
	case tea.KeyMsg:
		cmd = m.typed(msg)
	default:
		cmd = m.outcome(msg)
	}
	m.arrange()
	behind, caughtUp := m.pace.Hold(msg)
	m.keep = m.keep || behind
	return m, tea.Batch(cmd, m.settleAll(), caughtUp)
}

// ticked lets a second go by.
func (m *Model) ticked() tea.Cmd {
	m.feed.Tick(m.now)
	cmds := []tea.Cmd{tick()}
	each(m.features, func(f ticker) { cmds = append(cmds, f.tick()) })
	return tea.Batch(cmds...)
}

// outcome takes what came of a command.
func (m *Model) outcome(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.w, m.h = msg.Width, msg.Height
	case answeredMsg:
		return m.answered()
	case Stopped:
		m.stopped(msg)
	}
	cmd, _ := firstOf(m.features, func(f taker) (tea.Cmd, bool) { return f.take(msg) })
	return cmd
}

// settleAll lets the features do what they do after each message.
func (m *Model) settleAll() tea.Cmd {
	var cmds []tea.Cmd
	each(m.features, func(f settler) { cmds = append(cmds, f.settle()) })
	return tea.Batch(cmds...)
}

// book books what happened. What was lost came before what is left.
func (m *Model) book(b loop.Batch) {
	m.feed.Tick(m.now)
	for _, d := range b.Drops {
		m.feed.Dropped(d.Topic, d.Messages, d.Bytes)
	}
	m.feed.DroppedLines(b.LostLines)
	each(m.features, func(f booker) { f.booking() })
	m.feed.Apply(b.Events)
	each(m.features, func(f booker) { f.booked() })
}

// forget lets go of what is of a feed that is gone.
func (m *Model) forget() { each(m.features, func(f restarter) { f.restart() }) }

// carryOut does what a pane asked for. An intent that nobody carries out is a fault of
// the program, which a test finds.
func (m *Model) carryOut(in kit.Intent) tea.Cmd {
	switch in := in.(type) {
	case nil:
		return nil
	case kit.Do:
		return in()
	case kit.Ask:
		m.prompt.Ask(in.Question)
		return nil
	}
	cmd, done := firstOf(m.features, func(f carrier) (tea.Cmd, bool) { return f.carry(in) })
	if !done {
		m.fail(unhandled(in))
	}
	return cmd
}

// Connection returns where the client stands with the broker.
func (m *Model) Connection() feed.Connection { return m.feed.Connection() }

// SwitchTo is the profile that the user wants to go on with, now that the
// dashboard has ended; empty is none.
func (m *Model) SwitchTo() string { return m.profiling.switchTo }

// Topics are those that are subscribed, or asked for.
func (m *Model) Topics() []string { return m.subscribing.wantedTopics() }
