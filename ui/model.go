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

// Model is the dashboard, and the [tea.Model] of the program. Use it as a pointer, and on
// one goroutine, as Bubble Tea does.
type Model struct {
	*desk
	features []feature
	set      keys.Set[*Model]
	pace     loop.Pace
	drawn    string // the window of the latest View

	header *frame.Status
	tiny   *frame.Tiny

	// Features that other ones, or tests, refer to by name.
	subscribing *subscribing
	publishing  *publishing
	recording   *recording
	exporting   *exporting
	inspection  *inspection
	profiling   *profiling
	helping     *helping
	commanding  *commanding
	theming     *theming
	pointing    *pointing
	preferences *preferences
	hosting     *hosting
	touring     *touring
}

// New returns a dashboard. It does nothing until Bubble Tea, or a test, runs it. If
// something is wrong with [Options.Keys], none of them is used and the log says why; see
// [CheckKeys].
func New(o Options) *Model {
	m := assemble(o.withDefaults())
	if err := m.table.Remap(m.options.Keys); err != nil {
		m = assemble(o.withDefaults())
		m.fail("the keys of the configuration are not used: " + err.Error())
	}
	m.passHintKeys()
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
	if m.options.Filter != "" {
		m.setFilter(m.options.Filter)
	}
	m.arrange()
	return m
}

// CheckKeys returns the first mistake in [Options.Keys], in the order of the names, as a
// [*keys.BindingError], or nil.
func CheckKeys(changes map[string][]string) error {
	return assemble(Options{}.withDefaults()).table.Remap(changes)
}

// assemble makes a model of its features.
func assemble(o Options) *Model {
	s := newShell(o)
	d := newDesk(s)
	m := &Model{desk: d, set: modelActions(), pace: loop.NewPace(o.Terminal), header: frame.New(&s.styles), tiny: frame.NewTiny(&s.styles)}
	s.do, s.apply, s.restart, s.kept = m.carryOut, m.applyBatch, m.forget, m.kept
	m.listFeatures()
	table := m.entries()
	for _, f := range m.features {
		table = append(table, f.entries()...)
	}
	s.table = table.Sorted(helpOrder()...)
	return m
}

// helpOrder returns the headings of the help, in order. Those of other pages follow.
func helpOrder() []string {
	return []string{
		"Do", "Recording", "Look", "Leave", "Move", "Topics", "Messages", "One message", "Overview", "Broker", "Wire", "Log", "Details of a row",
		"Two messages", "Columns", "Sorted table", "Recordings", "Watched fields", "Profiles", "Publish box", "Prompt", "Question", "Help", "Commands",
	}
}

// listFeatures makes the features, one a line; a new feature, or page, is one line more. The
// order is that of the help.
func (m *Model) listFeatures() {
	d, s := m.desk, m.shell
	m.subscribing = newSubscribing(d)
	m.publishing = newPublishing(d)
	m.recording = newRecording(d)
	m.exporting = newExporting(d)
	m.inspection = newInspection(d)
	m.profiling = newProfiling(s)
	m.helping = newHelping(d)
	m.commanding = newCommanding(d)
	m.theming = newTheming(s)
	m.pointing = newPointing(d)
	m.preferences = newRemembering(d, m.theming, m.pointing)
	m.touring = newTouring(d, m.publishing)
	m.hosting = newHosting(d, m.subscribing, m.touring)
	m.features = []feature{
		m.subscribing,
		m.publishing,
		m.touring,
		m.hosting,
		deskFeature{d},
		m.commanding,
		newCopying(d, m.draw),
		m.recording,
		m.exporting,
		m.profiling,
		newReplaying(d),
		newWiring(s),
		newMonitoring(s, m.subscribing),
		newGlancing(s, m.subscribing),
		newWatching(d),
		m.theming,
		m.pointing,
		newArranging(d),
		newTabling(d),
		m.preferences,
		m.inspection,
		m.helping,
		questions{s},
	}
	m.commanding.features = m.features
}

// Init starts the clock, and what the features do first.
func (m *Model) Init() tea.Cmd {
	cmds := []tea.Cmd{tick()}
	each(m.features, func(f starter) { cmds = append(cmds, f.start()) })
	return tea.Batch(cmds...)
}

type tickMsg struct{}

// Quiet implements [loop.Quiet].
func (tickMsg) Quiet() {}

// tick wakes the dashboard up a second later: rates, ages and countdowns change while no
// message comes.
func tick() tea.Cmd {
	return tea.Tick(time.Second, func(time.Time) tea.Msg { return tickMsg{} })
}

// Update handles a message of Bubble Tea, or a [loop.Batch]. It does no I/O.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	m.now = m.clock()
	m.keepWindow = false
	var cmd tea.Cmd
	switch msg := msg.(type) {
	case loop.Batch:
		m.applyBatch(msg)
		m.keepWindow = msg.Partial
	case tickMsg:
		cmd = m.ticked()
	case tea.KeyMsg:
		m.touched = m.options.Now()
		cmd = m.handleKeys(msg)
	default:
		cmd = m.handleResult(msg)
	}
	m.arrange()
	behind, caughtUp := m.pace.Hold(msg)
	m.keepWindow = m.keepWindow || behind
	return m, tea.Batch(cmd, m.settleAll(), caughtUp)
}

// ticked does what is done once a second.
func (m *Model) ticked() tea.Cmd {
	m.feed.Tick(m.now)
	cmds := []tea.Cmd{tick()}
	each(m.features, func(f ticker) { cmds = append(cmds, f.tick()) })
	return tea.Batch(cmds...)
}

// handleResult handles the result of a command.
func (m *Model) handleResult(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.w, m.h = msg.Width, msg.Height
	case answeredMsg:
		return m.answered()
	case Stopped:
		m.stopped(msg)
	case Told:
		m.say(msg.Text)
	}
	cmd, _ := firstOf(m.features, func(f taker) (tea.Cmd, bool) { return f.take(msg) })
	return cmd
}

// settleAll lets the features do what they do at the end of each Update.
func (m *Model) settleAll() tea.Cmd {
	var cmds []tea.Cmd
	each(m.features, func(f settler) { cmds = append(cmds, f.settle()) })
	return tea.Batch(cmds...)
}

// applyBatch applies a batch to the feed. What was dropped came before the events.
func (m *Model) applyBatch(b loop.Batch) {
	m.feed.Tick(m.now)
	for _, d := range b.Drops {
		m.feed.Dropped(d.Topic, d.Messages, d.Bytes)
	}
	m.feed.DroppedLines(b.LostLines)
	each(m.features, func(f booker) { f.booking() })
	m.feed.Apply(b.Events)
	each(m.features, func(f booker) { f.booked() })
}

// forget lets the features release what belongs to a feed that is gone.
func (m *Model) forget() { each(m.features, func(f restarter) { f.restart() }) }

// carryOut carries out an intent of a pane. One that no feature carries out is a fault of
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
	case kit.Say:
		m.mention(m.table.Words(in.Text))
		return nil
	}
	cmd, done := firstOf(m.features, func(f carrier) (tea.Cmd, bool) { return f.carry(in) })
	if !done {
		m.fail(unhandled(in))
	}
	return cmd
}

// Connection returns the state of the connection.
func (m *Model) Connection() feed.Connection { return m.feed.Connection() }

// SwitchTo returns the name of the profile to go on with once the program has ended, if the
// user chose one, else "".
func (m *Model) SwitchTo() string { return m.profiling.switchTo }

// Retry reports whether the user wants to connect anew, in the same way, once the program has
// ended.
func (m *Model) Retry() bool { return m.profiling.again }

// Topics returns the topics that are subscribed, or whose subscription is pending.
func (m *Model) Topics() []string { return m.subscribing.wantedTopics() }
