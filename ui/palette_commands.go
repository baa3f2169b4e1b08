package ui

import (
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/ui/views/stream"
)

// command is what the palette runs beside the actions of the keys. One with the
// name of an action runs in its place when there are arguments, or always where
// it takes none.
type command struct {
	name    string
	aliases []string
	usage   string // of its arguments; in brackets where it does without
	does    string // empty for that of the action
	// suggest returns what args could become; nil has no advice.
	suggest func(m *Model, args string) []string
	// check says what is wrong with args; nil is nothing.
	check func(m *Model, args string) error
	run   func(m *Model, args string) tea.Cmd
	// when reports whether there is such a command; nil is always.
	when func(m *Model) bool
}

// commands lists them all. A feature with a command adds a line here.
func commands() []command {
	return []command{
		{name: "quit", aliases: []string{"q", "q!", "exit"}, does: "quit at once",
			run: func(*Model, string) tea.Cmd { return tea.Quit }},
		{name: "subscribe", usage: "[TOPIC…]", does: "subscribe to topics",
			suggest: func(m *Model, args string) []string { return m.topicsQuestion().Suggest(args) },
			check:   func(m *Model, args string) error { return m.topicsQuestion().Check(args) },
			run:     func(m *Model, args string) tea.Cmd { return m.do(m.topicsQuestion().Accept(args)) }},
		{name: "unsubscribe", usage: "[TOPIC]", does: "unsubscribe from a topic", suggest: (*Model).knownTopics, check: (*Model).isKnown,
			run: func(m *Model, args string) tea.Cmd { return m.unsubscribe(args) }},
		{name: "open", usage: "TOPIC", does: "go to the messages of a topic",
			suggest: (*Model).knownTopics, check: (*Model).isKnown, run: (*Model).openTopic},
		{name: "publish", usage: "[TOPIC]", does: "write a message", suggest: (*Model).knownTopics, run: (*Model).publishTo},
		{name: "filter", usage: "[EXPRESSION]", does: "show only what matches",
			check: func(m *Model, args string) error { return m.filterQuestion().Check(args) },
			run:   func(m *Model, args string) tea.Cmd { return m.do(m.filterQuestion().Accept(args)) }},
		{name: "profile", usage: "[NAME]", does: "profiles, or connect with NAME", when: func(m *Model) bool { return m.options.Profiles != nil },
			suggest: (*Model).profileNames, check: (*Model).isProfile, run: (*Model).useProfile},
		choice("theme", "next theme, or NAME", Themes(), ParseTheme, func(m *Model, t Theme) { m.setTheme(t) }),
		choice("layout", "next layout, or NAME", layoutNames(), ParseLayout, func(m *Model, k LayoutKind) { m.setLayout(k) }),
		choice("times", "next times, or NAME", timesNames(), parseTimes, func(m *Model, t stream.TimeMode) { m.setTimes(t) }),
	}
}

// choice is a command whose argument is one of a few names.
func choice[N ~string, V any](name, does string, names []N, parse func(string) (V, error), use func(*Model, V)) command {
	return command{
		name:  name,
		usage: "[NAME]",
		does:  does,
		suggest: func(_ *Model, args string) []string {
			var fit []string
			for _, n := range names {
				if strings.HasPrefix(string(n), strings.ToLower(args)) {
					fit = append(fit, string(n))
				}
			}
			return fit
		},
		check: func(_ *Model, args string) error {
			_, err := parse(args)
			return err
		},
		run: func(m *Model, args string) tea.Cmd {
			if v, err := parse(args); err == nil {
				use(m, v)
			}
			return nil
		},
	}
}

// commandOf finds a command by its name; nil is none.
func commandOf(name string) *command {
	all := commands()
	if i := slices.IndexFunc(all, func(c command) bool { return c.name == name }); i >= 0 {
		return &all[i]
	}
	return nil
}

// arguments tell the palette what may follow a name.
type arguments struct{ model *Model }

func (a arguments) Suggest(name, args string) []string {
	if c := commandOf(name); c != nil && c.suggest != nil {
		return c.suggest(a.model, args)
	}
	return nil
}

func (a arguments) Check(name, args string) error {
	if c := commandOf(name); c != nil && c.check != nil {
		return c.check(a.model, args)
	}
	return nil
}

// knownTopics are the topics with text in their names, those that begin with it
// first.
func (m *Model) knownTopics(text string) []string {
	var begin, have []string
	for _, t := range m.feed.Topics() {
		switch {
		case t.Name == "":
		case strings.HasPrefix(t.Name, text):
			begin = append(begin, t.Name)
		case strings.Contains(t.Name, text):
			have = append(have, t.Name)
		}
	}
	return append(begin, have...)
}

func (m *Model) isKnown(topic string) error {
	if m.feed.Topic(topic) == nil {
		return fmt.Errorf("no topic is called %q here: subscribe to it first", topic)
	}
	return nil
}

func (m *Model) openTopic(topic string) tea.Cmd {
	m.pages, m.full = nil, false
	m.topics.Select(topic)
	m.open()
	return nil
}

func (m *Model) publishTo(topic string) tea.Cmd {
	m.pages = nil
	cmd := m.openPublish()
	m.publish.UseTopic(topic)
	return cmd
}
