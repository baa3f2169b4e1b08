package ui

import (
	"cmp"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/ui/keys"
	"joltui/ui/theme"
)

// theming is the feature that changes the theme.
type theming struct {
	*shell
	set   keys.Set[*theming]
	theme theme.Theme
	// liked is the theme that the user chose last, in this run or an earlier one. That of
	// the options goes before it.
	liked theme.Theme
	known bool // which one was left: the preferences are loaded
	asked bool // the terminal, for its background
}

// Background tells the [Model] which background the terminal has, for the automatic theme.
type Background struct{ Dark bool }

func newTheming(s *shell) *theming {
	t := &theming{shell: s, theme: cmp.Or(s.options.Theme, theme.Auto), set: keys.Set[*theming]{
		{Name: "theme", Group: "Look", Where: keys.Anywhere(), Key: keys.Bind("ctrl+t", "theme", "ctrl+t"), Run: keys.Do((*theming).next)},
	}}
	t.paint()
	return t
}

func (t *theming) entries() keys.Table { return t.set.Entries(func() *theming { return t }) }

func (t *theming) commands() []command {
	return []command{choice("theme", "next theme, or NAME", theme.All(), theme.Parse, t.use)}
}

// settle asks the terminal for its background, once, as soon as it is known that the theme
// is the automatic one.
func (t *theming) settle() tea.Cmd {
	ask := t.options.AskBackground
	known := t.known || t.options.Prefs == nil || t.options.Theme != ""
	if ask == nil || t.asked || !known || t.theme != theme.Auto {
		return nil
	}
	t.asked = true
	return func() tea.Msg {
		ask()
		return nil
	}
}

// take takes the terminal's answer, and paints anew.
func (t *theming) take(msg tea.Msg) (cmd tea.Cmd, done bool) {
	b, ok := msg.(Background)
	if !ok {
		return nil, false
	}
	t.options.Renderer.SetHasDarkBackground(b.Dark)
	t.paint()
	return nil, true
}

func (t *theming) next() { t.use(t.theme.Next()) }

// paint makes the styles of the theme. It replaces them in place, since all panes have a
// pointer to them.
func (t *theming) paint() {
	r := t.options.Renderer
	t.styles = theme.Styles(r, t.theme)
	t.styles.Profile = theme.Profile(r, t.styles, t.theme, t.options.ProfileColour)
}

// use changes the theme.
func (t *theming) use(to theme.Theme) {
	t.theme, t.liked = to, to
	t.paint()
	words := "theme: " + string(to)
	if theme.Colourless(t.options.Renderer) {
		words += ", when the terminal shows colours"
	}
	t.mention(words)
}

// like sets the theme of the preferences, and uses it unless the options have one.
func (t *theming) like(liked theme.Theme) {
	t.liked = liked
	if t.options.Theme == "" {
		t.theme = liked
		t.paint()
	}
}
