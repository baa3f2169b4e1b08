package ui

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/human"
	"joltui/ui/keys"
	"joltui/ui/layout"
	"joltui/ui/theme"
	"joltui/ui/views/columns"
	"joltui/ui/views/stream"
)

// Prefs is how the user left the screen. The zero value is the defaults.
type Prefs struct {
	Layout string        `json:"layout,omitempty"` // by its name; see [layout.Parse]
	Splits layout.Splits `json:"splits,omitzero"`
	Theme  theme.Theme   `json:"theme,omitempty"`
	Times  string        `json:"times,omitempty"` // by its name; see [stream.TimeMode]
	Wrap   bool          `json:"wrap,omitempty"`
	Mouse  bool          `json:"mouse,omitempty"`
	Plain  bool          `json:"plain,omitempty"` // JSON in streams has one colour
	Tables columns.Kept  `json:"tables,omitempty"`
}

// PrefStore keeps [Prefs] from one run to the next. The dashboard calls it from
// commands, one at a time.
type PrefStore interface {
	// Load returns what was saved last, or the zero value if nothing was.
	Load() (Prefs, error)
	// Save replaces what was saved.
	Save(Prefs) error
}

// preferences is the feature that keeps [Prefs] from one run to the next.
type preferences struct {
	*desk
	themes  *theming
	pointer *pointing
	loaded  bool // nothing is saved before
	saving  bool
	saved   Prefs
}

func newRemembering(d *desk, t *theming, p *pointing) *preferences {
	return &preferences{desk: d, themes: t, pointer: p}
}

func (r *preferences) entries() keys.Table { return nil }

func (r *preferences) start() tea.Cmd { return r.loadPrefs() }

func (r *preferences) settle() tea.Cmd { return r.savePrefs() }

type (
	prefsLoadedMsg struct {
		prefs Prefs
		err   error
	}
	prefsSavedMsg struct{ err error }
)

func (r *preferences) loadPrefs() tea.Cmd {
	store := r.options.Prefs
	if store == nil {
		return nil
	}
	return func() tea.Msg {
		p, err := store.Load()
		return prefsLoadedMsg{p, err}
	}
}

// savePrefs saves the preferences if they have changed. There is one save at a time, so
// that the last one is what stays. A save that failed is tried again only after another
// change.
func (r *preferences) savePrefs() tea.Cmd {
	now := r.prefs()
	if !r.loaded || r.saving || now == r.saved || r.pointer.dragging() {
		return nil
	}
	store := r.options.Prefs
	r.saving, r.saved = true, now
	return func() tea.Msg { return prefsSavedMsg{store.Save(now)} }
}

// take handles the results of loading and saving.
func (r *preferences) take(msg tea.Msg) (cmd tea.Cmd, done bool) {
	switch msg := msg.(type) {
	case prefsLoadedMsg:
		r.loaded, r.themes.known = true, true
		if msg.err != nil {
			r.fail(fmt.Sprintf("what was remembered of the screen is not used: %v", msg.err))
			r.saved = r.prefs()
			return nil, true
		}
		return r.usePrefs(msg.prefs), true
	case prefsSavedMsg:
		r.saving = false
		if msg.err != nil {
			r.fail(fmt.Sprintf("how the screen looks is not remembered: %v", msg.err))
		}
		return nil, true
	default:
		return nil, false
	}
}

// prefs returns the current preferences. A theme from the command line is for this run only,
// and not among them.
func (r *preferences) prefs() Prefs {
	p := Prefs{Splits: r.splits, Theme: r.themes.liked, Wrap: r.streamOptions.Wrap, Plain: r.streamOptions.Plain, Mouse: r.pointer.mouse.on, Tables: r.tables.Keep()}
	if r.kind != layout.All {
		p.Layout = r.kind.String()
	}
	if r.streamOptions.Times != stream.TimeAbsolute {
		p.Times = r.streamOptions.Times.String()
	}
	return p
}

// usePrefs applies those of the preferences that are valid, and says which are not.
func (r *preferences) usePrefs(p Prefs) tea.Cmd {
	try := func(text string, use func() error) {
		if text == "" {
			return
		}
		if err := use(); err != nil {
			r.note(fmt.Sprintf("not used of what was remembered: %v", err))
		}
	}
	try(p.Layout, func() (err error) { r.kind, err = layout.Parse(p.Layout); return })
	try(p.Times, func() (err error) { r.streamOptions.Times, err = parseTimes(p.Times); return })
	try(string(p.Theme), func() error {
		theme, err := theme.Parse(string(p.Theme))
		if err == nil {
			r.themes.like(theme)
		}
		return err
	})
	r.splits, r.streamOptions.Wrap, r.streamOptions.Plain = p.Splits, p.Wrap, p.Plain
	try(string(p.Tables), func() error { return errTables(r.tables.Use(p.Tables)) })
	r.eachStream(func(s *stream.Pane) { s.SetOptions(r.streamOptions) })
	cmd := r.pointer.setMouse(p.Mouse)
	r.saved = r.prefs()
	return cmd
}

// timesNames returns the names of the ways to show times.
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
	return 0, fmt.Errorf("no times are called %q: there are %s", name, human.List(timesNames()))
}
