package ui

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/ui/views/kit"
	"joltui/ui/views/topics"
)

// Groups keeps named lists of topics between runs. Its methods may take their
// time: they are called in commands, one or several at once.
type Groups interface {
	// Load returns all groups: none, if there never were any.
	Load() (map[string][]string, error)
	// Save keeps a group, in place of one of that name, and returns all groups.
	Save(name string, topics []string) (map[string][]string, error)
}

// groupsMsg says what groups there are, and what came of loading them.
type groupsMsg struct {
	groups map[string][]string
	err    error
}

// groupSavedMsg says what came of saving a group.
type groupSavedMsg struct {
	name   string
	topics int
	groups map[string][]string
	err    error
}

// loadGroups finds out what groups there are.
func (m *Model) loadGroups() tea.Cmd {
	store := m.options.Groups
	if store == nil {
		return nil
	}
	return func() tea.Msg {
		groups, err := store.Load()
		return groupsMsg{groups, err}
	}
}

// askGroup asks for the name of a group of what is subscribed.
func (m *Model) askGroup() {
	switch wanted := m.wantedTopics(); {
	case m.options.Groups == nil:
		m.note("groups cannot be saved: this dashboard has no file for them")
	case len(wanted) == 0:
		m.note("no group to save: nothing is subscribed")
	default:
		m.prompt.Ask(topics.GroupQuestion(len(wanted), m.groups, func(name string) kit.Intent {
			return kit.Do(func() tea.Cmd { return m.saveGroup(name) })
		}))
	}
}

// wantedTopics are the topics that are subscribed, or asked for.
func (m *Model) wantedTopics() []string {
	var topics []string
	for _, t := range m.feed.Topics() {
		if t.State == feed.TopicSubscribed || t.State == feed.TopicPending {
			topics = append(topics, t.Name)
		}
	}
	return topics
}

func (m *Model) saveGroup(name string) tea.Cmd {
	store, topics := m.options.Groups, m.wantedTopics()
	return func() tea.Msg {
		groups, err := store.Save(name, topics)
		return groupSavedMsg{name, len(topics), groups, err}
	}
}

// groupsOutcome takes what came of loading or saving groups.
func (m *Model) groupsOutcome(msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case groupsMsg:
		m.groups = msg.groups
		if msg.err != nil {
			m.fail("the saved groups could not be read: " + msg.err.Error())
		}
	case groupSavedMsg:
		if msg.err != nil {
			m.fail(fmt.Sprintf("group +%s could not be saved: %v", msg.name, msg.err))
			break
		}
		m.groups = msg.groups
		m.note(fmt.Sprintf("saved as group +%s: %d topics; to subscribe them again press %s and type +%s",
			msg.name, msg.topics, m.keys.Subscribe.Help().Key, msg.name))
	default:
		return nil, false
	}
	return nil, true
}
