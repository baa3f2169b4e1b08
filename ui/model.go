// Package ui is the dashboard: a Bubble Tea program that shows what happens on
// a broker's topics, and lets the user subscribe and publish.
//
// [Model] is the one real model. Its children, in the package views, are plain
// values with methods that it calls. What happens on the connection reaches it
// as a [Batch], which a [Pump] makes of a client's events; what the user asks
// for leaves it as a command that calls the [Client], and its outcome comes
// back in a batch. So the whole dashboard can be driven without a network:
// send it batches and keys.
package ui

import (
	"cmp"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/jolt"
	"joltui/ui/views"
)

// Model is the dashboard. Use it as a pointer, and by one goroutine, as Bubble
// Tea does.
type Model struct {
	options Options
	keys    KeyMap
	styles  views.Styles // one value, replaced in place with the theme
	theme   Theme
	// likedTheme is the one that the user chose last; options.Theme goes before.
	likedTheme Theme
	feed       *feed.Feed
	now        time.Time // of the latest Update; what is drawn is as of then
	requests
	publishing
	pace pace

	drawn string // by the latest View
	keep  bool   // drawn is good enough: what changes it for certain is on its way

	w, h   int
	layout Layout
	focus  Region
	back   Region // where the focus goes when the publish box gives it back
	tile   int    // the stream that has the focus, or had it last
	kind   LayoutKind
	splits Splits
	full   bool // the focused region alone
	solo   bool // the selected topic alone, though others are side by side
	pages
	said   string // what the footer says for a while
	saidAt time.Time
	recent []string // commands, by their names, the latest first
	mouse  mouse
	memory memory

	groups  views.Groups // saved lists of topics
	givenUp []string     // topics unsubscribed last, to be suggested again

	view     views.StreamOptions
	filter   feed.Filter
	marks    views.Marks
	search   bool // a searchMsg is on its way
	paused   bool
	pausedAt uint64 // messages received until then

	topics    *views.Topics
	single    *views.Stream   // of the selected topic
	tiles     []*views.Stream // of the topics that are side by side
	streams   []*views.Stream // those that have a place: single, or the tiles
	publish   *views.PublishBox
	log       *views.Log
	details   *views.LogDetails
	inspector *views.Inspector
	diff      *views.DiffPage
	status    *views.Status
	help      *views.Help
	wire      *views.Wire
	palette   *views.Palette
	prompt    *views.Prompt
	welcome   *views.Welcome
	tiny      *views.Tiny
	records   records
	watches   *views.WatchPage
	profiles  *views.ProfilesPage
	switchTo  string    // the profile to go on with when this has ended
	rung      uint64    // alerts that the bell was rung for
	batchAt   time.Time // when the latest batch came
}

// New returns a dashboard. It does nothing until Bubble Tea, or a test, runs it.
func New(o Options) *Model {
	o = o.withDefaults()
	keys := *o.Keys
	keys.enable(o)
	keys.nameActions()
	m := &Model{
		options: o,
		keys:    keys,
		theme:   cmp.Or(o.Theme, ThemeAuto),
		feed:    feed.New(o.Limits),
	}
	m.now = m.clock()
	m.styles = NewStyles(o.Renderer, m.theme)
	m.requests = requests{client: o.Client}
	m.pace = pace{terminal: o.Terminal}
	s := &m.styles
	m.topics = views.NewTopics(s, keys.Topics)
	m.single = m.newStream("")
	m.publish = views.NewPublishBox(s, keys.PublishBox, o.Now)
	m.publishing = m.newPublishing()
	m.log = m.newLog()
	m.details = views.NewLogDetails(s, keys.LogDetails, m.log)
	m.inspector = views.NewInspector(s, keys.Inspector)
	m.diff = views.NewDiffPage(s, keys.DiffPage)
	m.status = views.NewStatus(s)
	m.help = views.NewHelp(s, keys.HelpPage, keys.groups())
	m.wire = views.NewWire(s, keys.Wire, o.Wire)
	m.palette = views.NewPalette(s, keys.PalettePage)
	m.prompt = views.NewPrompt(s, keys.Prompt)
	m.welcome = views.NewWelcome(s)
	m.tiny = views.NewTiny(s)
	m.watches = views.NewWatchPage(s, keys.WatchPage)
	m.profiles = views.NewProfilesPage(s, keys.ProfilePage, o.ProfilesFile, o.Profile)
	if o.NotVerified {
		m.note("TLS is not verified: whoever is in between can read and change everything")
	}
	for _, text := range o.Notes {
		m.note(text)
	}

	for _, topic := range o.Topics {
		m.feed.Want(topic, m.now)
	}
	if topics := m.feed.Topics(); len(topics) == 1 {
		m.topics.Select(topics[0].Name)
	}
	m.w, m.h = o.Width, o.Height
	m.arrange()
	return m
}

func (m *Model) newStream(topic string) *views.Stream {
	s := views.NewStream(&m.styles, m.keys.Stream)
	s.SetHintKeys(m.keys.hints())
	s.SetClock(m.options.Now)
	s.SetMarks(&m.marks)
	s.SetTopic(topic)
	s.SetOptions(m.view)
	s.SetFilter(m.filter)
	s.SetPaused(m.paused)
	return s
}

// Init starts the clock, and fetches how the screen was left and what was published
// before.
func (m *Model) Init() tea.Cmd {
	return tea.Batch(tick(), m.loadPast(), m.loadPrefs(), m.loadGroups(), m.loadProfiles(""))
}

func (m *Model) newLog() *views.Log {
	l := views.NewLog(&m.styles, m.keys.Log)
	l.SetHintKeys(m.keys.hints())
	return l
}

type tickMsg struct{}

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
	case tea.WindowSizeMsg:
		cmd = m.resized(msg)
	case Batch:
		m.apply(msg)
		m.keep = msg.Partial
	case tickMsg:
		m.feed.Tick(m.now)
		cmd = tea.Batch(tick(), m.checkRecording())
	case searchMsg:
		m.search = false
	case answeredMsg:
		cmd = m.answered()
	case tea.KeyMsg:
		cmd = m.typed(msg)
	default:
		cmd = m.outcome(msg)
	}
	m.arrange()
	return m, tea.Batch(cmd, m.searchOn(), m.savePrefs(), m.ring(), m.holdBack(msg), m.askBackground())
}

// apply books what happened. What was lost came before what is left.
func (m *Model) apply(b Batch) {
	m.feed.Tick(m.now)
	for _, d := range b.Drops {
		m.feed.Dropped(d.Topic, d.Messages, d.Bytes)
	}
	m.feed.DroppedLines(b.LostLines)
	m.allowWatches()
	m.feed.Apply(b.Events)
	m.watchRepeat()
}

// Connection returns where the client stands with the broker.
func (m *Model) Connection() feed.Connection { return m.feed.Connection() }

// waiting is how many messages came since the dashboard was paused.
func (m *Model) waiting() uint64 {
	if !m.paused {
		return 0
	}
	return m.feed.Counters().Received - m.pausedAt
}

// neverConnected reports whether there is nothing to see because there has
// been no connection yet.
func (m *Model) neverConnected() bool {
	c := m.feed.Connection()
	failed := m.options.Player == nil && c.State != jolt.Up && c.Cause != nil
	return failed && c.Outages == 0 && m.feed.Counters().Received == 0
}

// noTopics reports whether there is nothing to see because nothing was asked for.
func (m *Model) noTopics() bool {
	return m.options.Player == nil && m.feed.Connection().State == jolt.Up && len(m.feed.Topics()) == 0 && m.feed.All().Len() == 0
}
