package ui

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"joltui/ui/views/kit"
)

// Theme is how the dashboard is coloured.
type Theme string

// The themes, in the order in which a key goes through them.
const (
	ThemeAuto     Theme = "auto"          // for the terminal's own background, which stays
	ThemeDark     Theme = "dark"          // these bring their own background
	ThemeLight    Theme = "light"         //
	ThemeContrast Theme = "high-contrast" //
	ThemeNone     Theme = "no-colour"     // attributes in place of colours
)

// Themes lists them all.
func Themes() []Theme { return []Theme{ThemeAuto, ThemeDark, ThemeLight, ThemeContrast, ThemeNone} }

// ParseTheme finds a theme by its name, or by a word that others use for it.
func ParseTheme(name string) (Theme, error) {
	switch t := Theme(strings.ToLower(name)); t {
	case "contrast":
		return ThemeContrast, nil
	case "none", "mono", "no-color":
		return ThemeNone, nil
	default:
		if slices.Contains(Themes(), t) {
			return t, nil
		}
		return "", fmt.Errorf("no theme is called %q: there are %s", name, list(Themes()))
	}
}

// next is the theme that follows in the circle.
func (t Theme) next() Theme {
	all := Themes()
	return all[(slices.Index(all, t)+1)%len(all)]
}

// NewStyles builds the paints of a theme for the terminal behind r. A terminal
// whose user wants no colour (NO_COLOR) gets bold, faint, underlined and reversed
// text whatever the theme; what is no terminal, or a dumb one, gets plain text.
func NewStyles(r *lipgloss.Renderer, t Theme) kit.Styles {
	switch profile := r.ColorProfile(); {
	case profile == termenv.Ascii && r.Output().ColorProfile() == termenv.Ascii:
		return kit.Styles{}
	case profile == termenv.Ascii, t == ThemeNone:
		return withoutColour()
	case profile == termenv.ANSI:
		return withAttributes(coloured(r, t.palette(r)), r)
	default:
		return coloured(r, t.palette(r))
	}
}

// colourless reports whether the terminal behind r shows no colours, whatever
// the theme.
func colourless(r *lipgloss.Renderer) bool { return r.ColorProfile() == termenv.Ascii }

// palette is the colours of a theme. The automatic one leaves the screen as it is.
func (t Theme) palette(r *lipgloss.Renderer) colours {
	switch t {
	case ThemeDark:
		return darkPalette()
	case ThemeLight:
		return lightPalette()
	case ThemeContrast:
		return contrastPalette()
	}
	p := lightPalette()
	if r.HasDarkBackground() {
		p = darkPalette()
	}
	p.text, p.screen = nil, nil
	return p
}

func coloured(r *lipgloss.Renderer, p colours) kit.Styles {
	style := r.NewStyle
	screen := kit.Paint{}
	if p.screen != nil {
		screen = kit.NewPaint(style().Foreground(p.text).Background(p.screen))
	}
	on := func(s lipgloss.Style) kit.Paint { return kit.NewPaint(s).On(screen) }
	fg := func(c lipgloss.TerminalColor) kit.Paint { return on(style().Foreground(c)) }
	return kit.Styles{
		Screen:   screen,
		Strong:   on(style().Bold(true)),
		Dim:      fg(p.dim),
		Accent:   fg(p.accent),
		OK:       fg(p.ok),
		Warn:     fg(p.warn),
		Error:    fg(p.err),
		Match:    on(style().Foreground(p.ink).Background(p.plate)),
		Key:      on(style().Bold(true)),
		Border:   fg(p.border),
		Focus:    fg(p.accent),
		Selected: on(style().Background(p.selected)),
		Badge:    on(style().Bold(true).Foreground(p.ink).Background(p.plate)),
		Cursor:   on(style().Reverse(true)),
		Hit:      on(style().Bold(true).Foreground(p.ink).Background(p.plate)),
		Field:    fg(p.accent),
		String:   fg(p.str),
		Number:   fg(p.number),
		Literal:  fg(p.word),
	}
}

// withAttributes replaces what sixteen colours cannot say.
func withAttributes(s kit.Styles, r *lipgloss.Renderer) kit.Styles {
	faint := kit.NewPaint(r.NewStyle().Faint(true)).On(s.Screen)
	s.Dim, s.Border = faint, faint
	s.Selected = kit.NewPaint(r.NewStyle().Reverse(true)).On(s.Screen)
	return s
}

// withoutColour needs a renderer of its own: lipgloss takes a terminal without
// colour for one without attributes.
func withoutColour() kit.Styles {
	r := lipgloss.NewRenderer(io.Discard, termenv.WithProfile(termenv.ANSI))
	r.SetColorProfile(termenv.ANSI)
	style := r.NewStyle
	bold, reverse := kit.NewPaint(style().Bold(true)), kit.NewPaint(style().Reverse(true))
	return withAttributes(kit.Styles{
		Strong: bold,
		Accent: bold,
		Warn:   bold,
		Error:  bold,
		Match:  kit.NewPaint(style().Bold(true).Underline(true)),
		Hit:    kit.NewPaint(style().Bold(true).Underline(true)), // reversed text is lost on a reversed row
		Key:    bold,
		Focus:  bold,
		Badge:  reverse,
		Cursor: reverse,
		Field:  bold,
	}, r)
}
