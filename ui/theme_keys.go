package ui

import (
	"cmp"

	"joltui/ui/keys"
)

// theming is the theme in force.
type theming struct {
	*shell
	set   keys.Set[*theming]
	theme Theme
	// liked is the one that the user chose last; that of the options goes before it.
	liked Theme
}

func newTheming(s *shell) *theming {
	t := &theming{shell: s, theme: cmp.Or(s.options.Theme, ThemeAuto), set: keys.Set[*theming]{
		{Name: "theme", Group: "Look", Where: keys.Anywhere(), Key: keys.Bind("ctrl+t", "theme", "ctrl+t"), Run: keys.Do((*theming).next)},
	}}
	t.styles = NewStyles(s.options.Renderer, t.theme)
	return t
}

func (t *theming) entries() keys.Table { return t.set.Entries(func() *theming { return t }) }

func (t *theming) commands() []command {
	return []command{choice("theme", "next theme, or NAME", Themes(), ParseTheme, t.use)}
}

func (t *theming) next() { t.use(t.theme.next()) }

// use changes all paints at once: the views have a pointer to them.
func (t *theming) use(theme Theme) {
	t.theme, t.liked = theme, theme
	t.styles = NewStyles(t.options.Renderer, theme)
	words := "theme: " + string(theme)
	if colourless(t.options.Renderer) {
		words += ", when the terminal shows colours"
	}
	t.mention(words)
}

// like is the theme of the preferences, which another one may go before.
func (t *theming) like(theme Theme) {
	t.liked = theme
	if t.options.Theme == "" {
		t.theme, t.styles = theme, NewStyles(t.options.Renderer, theme)
	}
}
