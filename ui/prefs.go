package ui

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/ui/views/stream"
)

// Prefs are how the user has left the screen. The zero value is how it is when
// nobody has changed anything.
type Prefs struct {
	Layout string `json:"layout,omitempty"` // by its name; see [ParseLayout]
	Splits Splits `json:"splits,omitzero"`
	Theme  Theme  `json:"theme,omitempty"`
	Times  string `json:"times,omitempty"` // by its name; see [views.TimeMode]
	Wrap   bool   `json:"wrap,omitempty"`
	Mouse  bool   `json:"mouse,omitempty"`
}

// PrefStore keeps [Prefs] from one run to the next. The dashboard calls it from
// commands, one at a time.
type PrefStore interface {
	// Load returns what was saved last, or the zero value if nothing was.
	Load() (Prefs, error)
	Save(Prefs) error
}

// memory is what the dashboard knows of its store.
type memory struct {
	loaded bool // until then nothing is saved over it
	saving bool
	saved  Prefs
}

type (
	prefsLoadedMsg struct {
		prefs Prefs
		err   error
	}
	prefsSavedMsg struct{ err error }
)

func (m *Model) loadPrefs() tea.Cmd {
	store := m.options.Prefs
	if store == nil {
		return nil
	}
	return func() tea.Msg {
		p, err := store.Load()
		return prefsLoadedMsg{p, err}
	}
}

// savePrefs keeps the preferences when they have changed. One save follows
// another, so that the last one is what stays. One that failed is not tried
// again before something else changes.
func (m *Model) savePrefs() tea.Cmd {
	r, now := &m.memory, m.prefs()
	if !r.loaded || r.saving || now == r.saved || m.dragging() {
		return nil
	}
	store := m.options.Prefs
	r.saving, r.saved = true, now
	return func() tea.Msg { return prefsSavedMsg{store.Save(now)} }
}

// prefsOutcome takes what came of loading and saving.
func (m *Model) prefsOutcome(msg tea.Msg) (cmd tea.Cmd, done bool) {
	switch msg := msg.(type) {
	case prefsLoadedMsg:
		m.memory.loaded = true
		if msg.err != nil {
			m.fail(fmt.Sprintf("what was remembered of the screen is not used: %v", msg.err))
			m.memory.saved = m.prefs()
			return nil, true
		}
		return m.usePrefs(msg.prefs), true
	case prefsSavedMsg:
		m.memory.saving = false
		if msg.err != nil {
			m.fail(fmt.Sprintf("how the screen looks is not remembered: %v", msg.err))
		}
		return nil, true
	default:
		return nil, false
	}
}

// prefs are those in force. A theme from the command line is for this run only.
func (m *Model) prefs() Prefs {
	p := Prefs{Splits: m.splits, Theme: m.likedTheme, Wrap: m.view.Wrap, Mouse: m.mouse.on}
	if m.kind != LayoutAll {
		p.Layout = m.kind.String()
	}
	if m.view.Times != stream.TimeAbsolute {
		p.Times = m.view.Times.String()
	}
	return p
}

// usePrefs puts them in force, each that makes sense, and says what does not.
func (m *Model) usePrefs(p Prefs) tea.Cmd {
	try := func(text string, use func() error) {
		if text == "" {
			return
		}
		if err := use(); err != nil {
			m.note(fmt.Sprintf("not used of what was remembered: %v", err))
		}
	}
	try(p.Layout, func() (err error) { m.kind, err = ParseLayout(p.Layout); return })
	try(p.Times, func() (err error) { m.view.Times, err = parseTimes(p.Times); return })
	try(string(p.Theme), func() error {
		theme, err := ParseTheme(string(p.Theme))
		if err == nil {
			m.likeTheme(theme)
		}
		return err
	})
	m.splits, m.view.Wrap = p.Splits, p.Wrap
	m.eachStream(func(s *stream.Pane) { s.SetOptions(m.view) })
	cmd := m.setMouse(p.Mouse)
	m.memory.saved = m.prefs()
	return cmd
}

// likeTheme is the theme of the preferences, which another one may go before.
func (m *Model) likeTheme(t Theme) {
	m.likedTheme = t
	if m.options.Theme == "" {
		m.theme, m.styles = t, NewStyles(m.options.Renderer, t)
	}
}

// timesNames are what users call the ways to show times.
func timesNames() []string {
	var names []string
	for mode := stream.TimeAbsolute; mode <= stream.TimeNone; mode++ {
		names = append(names, mode.String())
	}
	return names
}

func parseTimes(name string) (stream.TimeMode, error) {
	for mode := stream.TimeAbsolute; mode <= stream.TimeNone; mode++ {
		if mode.String() == name {
			return mode, nil
		}
	}
	return 0, fmt.Errorf("no times are called %q: there are %s", name, list(timesNames()))
}
