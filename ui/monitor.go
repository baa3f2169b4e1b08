package ui

import (
	"encoding/json"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/monitor"
	"joltui/internal/printable"
	"joltui/internal/system"
	"joltui/jolt"
	"joltui/ui/keys"
	"joltui/ui/views/broker"
	"joltui/ui/views/kit"
)

// monitoring is the page of the broker. The broker is asked about itself while that is on
// show, or while the user is asked for topics.
type monitoring struct {
	*opener
	page        *broker.Page
	subscribing *subscribing
	asks        bool
	slowly      bool // the user has not answered the question for topics at once
	silent      bool // it was asked, and tells nothing of itself
}

func newMonitoring(s *shell, subscribing *subscribing) *monitoring {
	asks := s.options.Monitor != nil
	page := broker.New(&s.styles, broker.Actions(asks), s.moves)
	m := &monitoring{opener: opens(s, "broker", "Look", keys.Bind("B", "the broker", "B"), page), page: page, subscribing: subscribing}
	m.set[0].On, m.set[0].Off = func(*opener) bool { return asks }, "there is no broker to ask here"
	if s.options.BrokerFirst && asks {
		m.open()
	}
	return m
}

func (m *monitoring) start() tea.Cmd { return m.settle() }

// take takes what the broker told.
func (m *monitoring) take(msg tea.Msg) (tea.Cmd, bool) {
	told, ok := msg.(Monitored)
	if !ok {
		return nil, false
	}
	m.page.Show(told.Snapshot)
	m.silent = told.State == monitor.Absent
	m.subscribing.offered = names(told.Topics)
	if told.Broker != nil {
		m.feed.HasPatterns(told.Broker.Patterns)
	}
	return nil, true
}

// names are those of topics, without the broker's own.
func names(topics []system.Topic) []string {
	names := make([]string, 0, len(topics))
	for _, t := range topics {
		if !system.Owned(t.Topic) {
			names = append(names, t.Topic)
		}
	}
	return names
}

func (m *monitoring) carry(in kit.Intent) (tea.Cmd, bool) {
	switch in := in.(type) {
	case broker.Subscribe:
		return m.subscribe(in.Topics), true
	case broker.Disconnect:
		m.askDisconnect(in.Client)
	default:
		return nil, false
	}
	return nil, true
}

// subscribe asks for the topics that are not subscribed yet, and shows what they bring.
func (m *monitoring) subscribe(topics []string) tea.Cmd {
	m.pages.close()
	wanted := m.subscribing.wantedTopics()
	cmd := m.subscribing.subscribe(slices.DeleteFunc(slices.Clone(topics), func(topic string) bool {
		return slices.Contains(wanted, topic)
	}))
	if len(topics) == 1 {
		return tea.Batch(cmd, m.subscribing.openTopic(topics[0]))
	}
	return cmd
}

// askDisconnect asks whether to end the connection of a client. The broker is told so by a
// publish like any other, so that the log has it, and what the broker answers.
func (m *monitoring) askDisconnect(c system.Client) {
	if m.options.ReadOnly {
		m.say("nobody is disconnected here: this dashboard is read-only")
		return
	}
	data, err := json.Marshal(system.Control{Disconnect: c.ID})
	if err != nil {
		panic(err) // a number can be written
	}
	who := c.Address
	if c.User != "" {
		who = c.User + " " + who
	}
	m.confirm.Ask("disconnect "+printable.Name(who, 64)+"?", kit.Do(func() tea.Cmd {
		return m.send(jolt.Request{Op: jolt.OpPublish, Topic: system.ControlTopic, Data: string(data)})
	}))
}

// tick takes notice of a question that stays: who types a topic at once needs no help, and
// the broker no further connection.
func (m *monitoring) tick() tea.Cmd {
	m.slowly = m.subscribing.asking()
	return nil
}

// settle has the broker asked while somebody wants to know.
func (m *monitoring) settle() tea.Cmd {
	if m.options.Monitor == nil {
		return nil
	}
	onShow := slices.Contains(m.pages, page(m.page))
	m.slowly = m.slowly && m.subscribing.asking()
	asks := onShow || m.slowly && !m.silent
	if asks != m.asks {
		m.asks = asks
		m.options.Monitor.Watch(asks)
	}
	return nil
}
