package ui

import (
	"errors"
	"fmt"
	"os"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/ui/paths"
	"joltui/ui/views/kit"
	"joltui/ui/views/topics"
)

// Groups keeps named lists of topics from one run to the next. Its methods may block: they
// are called in commands, on several goroutines at once.
type Groups interface {
	// Load returns all groups, by name; none, if none was ever saved.
	Load() (map[string][]string, error)
	// Save saves a group, in place of one with the same name, and returns all groups.
	Save(name string, topics []string) (map[string][]string, error)
}

// groupsMsg is the result of loading the groups.
type groupsMsg struct {
	groups map[string][]string
	err    error
}

// groupSavedMsg is the result of saving a group.
type groupSavedMsg struct {
	name   string
	topics int
	groups map[string][]string
	err    error
}

// loadGroups returns the command that loads the groups.
func (s *subscribing) loadGroups() tea.Cmd {
	store := s.options.Groups
	if store == nil {
		return nil
	}
	return func() tea.Msg {
		groups, err := store.Load()
		return groupsMsg{groups, err}
	}
}

// askGroup asks for a name under which to save the subscribed topics as a group.
func (s *subscribing) askGroup() {
	s.prompt.Ask(topics.GroupQuestion(len(s.wantedTopics()), s.groups, func(name string) kit.Intent {
		return kit.Do(func() tea.Cmd { return s.saveGroup(name) })
	}))
}

// whyNoGroup says why there is no group to be saved.
func (s *subscribing) whyNoGroup(*feed.Feed) string {
	switch {
	case s.options.Groups == nil:
		return s.noMachine("this dashboard has no file for groups")
	case len(s.wantedTopics()) == 0:
		return "nothing is subscribed"
	default:
		return ""
	}
}

// wantedTopics returns the topics that are subscribed, or whose subscription is pending.
func (s *subscribing) wantedTopics() []string {
	var topics []string
	for _, t := range s.feed.Topics() {
		if s.isWanted(t.Name) {
			topics = append(topics, t.Name)
		}
	}
	return topics
}

func (s *subscribing) saveGroup(name string) tea.Cmd {
	store, topics := s.options.Groups, s.wantedTopics()
	return func() tea.Msg {
		groups, err := store.Save(name, topics)
		return groupSavedMsg{name, len(topics), groups, err}
	}
}

func (s *subscribing) groupsLoaded(msg groupsMsg) {
	s.groups = msg.groups
	if msg.err != nil {
		s.fail("the saved groups could not be read: " + msg.err.Error())
	}
}

func (s *subscribing) groupSaved(msg groupSavedMsg) {
	if msg.err != nil {
		s.fail(fmt.Sprintf("group +%s could not be saved: %v", msg.name, msg.err))
		return
	}
	s.groups = msg.groups
	s.note(fmt.Sprintf("saved as group +%s: %d topics; to subscribe them again press %s and type +%s",
		msg.name, msg.topics, s.table.Label("subscribe"), msg.name))
}

// topicFileMsg is the result of reading a file that lists topics.
type topicFileMsg struct {
	path   string
	topics []string
	err    error
}

// readTopicFile returns the command that reads the topics that a file lists.
func readTopicFile(files paths.Files, path string) tea.Cmd {
	return func() tea.Msg {
		topics, err := files.Topics(path)
		return topicFileMsg{path, topics, err}
	}
}

// topicsRead subscribes to the topics that a file lists.
func (s *subscribing) topicsRead(file topicFileMsg) tea.Cmd {
	if file.err != nil {
		reason := file.err
		var failed *os.PathError
		if errors.As(reason, &failed) {
			reason = failed.Err
		}
		s.fail(fmt.Sprintf("nothing subscribed from %s: %v", file.path, reason))
		return nil
	}
	return s.subscribe(file.topics)
}
