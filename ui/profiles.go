package ui

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/config"
	"joltui/internal/printable"
	"joltui/ui/views/kit"
	"joltui/ui/views/profiles"
)

// Profiles are the connections that the configuration file describes. The methods
// may take their time: they are called in commands, several at once.
type Profiles interface {
	// Load reads the file. Its error says where the file is wrong.
	Load() ([]profiles.Profile, error)
	// Add writes another one to the end of the file, which keeps all that is in it.
	Add(profiles.Draft) error
	// Test connects as the profile says, logs in and pings, within a few seconds.
	Test(name string) (rtt time.Duration, err error)
}

// profilesMsg is what the file holds, after selected was added.
type profilesMsg struct {
	all      []profiles.Profile
	err      error
	selected string
}

// profileTestedMsg is what came of trying a connection.
type profileTestedMsg struct {
	name string
	test profiles.Test
}

// profileRefusedMsg says why a profile was not added, or the file not edited.
type profileRefusedMsg struct{ what string }

// SwitchTo is the profile that the user wants to go on with, now that the
// dashboard has ended; empty is none.
func (m *Model) SwitchTo() string { return m.switchTo }

// Topics are those that are subscribed, or asked for.
func (m *Model) Topics() []string { return m.wantedTopics() }

// loadProfiles reads the file, and selects a profile if one is named.
func (m *Model) loadProfiles(selected string) tea.Cmd {
	store := m.options.Profiles
	if store == nil {
		return nil
	}
	return func() tea.Msg {
		all, err := store.Load()
		return profilesMsg{all, err, selected}
	}
}

// profilesKey opens the page of profiles, as the file is now.
func (m *Model) profilesKey(msg tea.KeyMsg) (cmd tea.Cmd, done bool) {
	if !key.Matches(msg, m.keys.Profiles) {
		return nil, false
	}
	m.push(m.profiles)
	return m.loadProfiles(""), true
}

// profileIntent does what the page of profiles asks for.
func (m *Model) profileIntent(asked kit.Intent) tea.Cmd {
	store := m.options.Profiles
	switch in := asked.(type) {
	case profiles.Use:
		return m.useProfile(in.Name)
	case profiles.Add:
		m.prompt.Ask(profiles.Question(m.profileNames(""), m.addProfile))
	case profiles.Try:
		m.profiles.SetTest(in.Name, profiles.Test{})
		return func() tea.Msg {
			rtt, err := store.Test(in.Name)
			return profileTestedMsg{in.Name, profiles.Test{Done: true, RTT: rtt, Err: err}}
		}
	case profiles.Edit:
		return m.editProfiles(in.Line)
	}
	return nil
}

// addProfile adds a profile to the file, and reads that again.
func (m *Model) addProfile(p profiles.Draft) kit.Intent {
	store, load := m.options.Profiles, m.loadProfiles(p.Name)
	return kit.Do(func() tea.Cmd {
		return func() tea.Msg {
			if err := store.Add(p); err != nil {
				return profileRefusedMsg{"profile " + p.Name + " not added: " + err.Error()}
			}
			return load()
		}
	})
}

// useProfile ends the dashboard; whoever runs it begins another one.
func (m *Model) useProfile(name string) tea.Cmd {
	m.switchTo = name
	return tea.Quit
}

// profilesOutcome takes what came of reading, changing or trying profiles.
func (m *Model) profilesOutcome(msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case profilesMsg:
		m.profilesLoaded(msg)
	case profileTestedMsg:
		m.profiles.SetTest(msg.name, msg.test)
	case profileRefusedMsg:
		m.sayFailed(printable.Line(msg.what))
	case profilesEditedMsg:
		if msg.err != nil {
			m.sayFailed("the configuration could not be edited: " + printable.Line(msg.err.Error()))
		}
		return m.loadProfiles(""), true
	default:
		return nil, false
	}
	return nil, true
}

func (m *Model) profilesLoaded(msg profilesMsg) {
	if msg.err != nil {
		var wrong *config.Error
		line := 0
		if errors.As(msg.err, &wrong) {
			line = wrong.Line
		}
		m.profiles.SetError(msg.err, line)
		return
	}
	m.profiles.SetProfiles(msg.all)
	if msg.selected != "" {
		m.profiles.Select(msg.selected)
		m.say(fmt.Sprintf("added profile %s to %s", printable.Line(msg.selected), printable.Line(m.options.ProfilesFile)))
	}
}

// profileNames are the names that begin with prefix.
func (m *Model) profileNames(prefix string) []string {
	var names []string
	for _, p := range m.profiles.Profiles() {
		if strings.HasPrefix(p.Name, prefix) {
			names = append(names, p.Name)
		}
	}
	return names
}

func (m *Model) isProfile(name string) error {
	names := m.profileNames("")
	if slices.Contains(names, name) {
		return nil
	}
	return fmt.Errorf("no profile %q%s", name, meant(name, names))
}
