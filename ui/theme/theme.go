package theme

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"joltui/internal/human"
	"joltui/ui/views/kit"
)

// Theme is how the dashboard is coloured.
type Theme string

// The themes, in the order in which a key goes through them.
const (
	Auto     Theme = "auto"          // for the terminal's own background, which stays
	Dark     Theme = "dark"          // these bring their own background
	Light    Theme = "light"         //
	Contrast Theme = "high-contrast" //
	None     Theme = "no-colour"     // attributes in place of colours
)

// All returns all themes, in the order in which a key goes through them.
func All() []Theme { return []Theme{Auto, Dark, Light, Contrast, None} }

// Parse finds a theme by its name in any case, or by a word that other programs use for
// it, such as mono. The error lists the names.
func Parse(name string) (Theme, error) {
	switch t := Theme(strings.ToLower(name)); t {
	case "contrast":
		return Contrast, nil
	case "none", "mono", "no-color":
		return None, nil
	default:
		if slices.Contains(All(), t) {
			return t, nil
		}
		return "", fmt.Errorf("no theme is called %q: there are %s", name, human.List(All()))
	}
}

// Next returns the theme after t; after the last comes the first.
func (t Theme) Next() Theme {
	all := All()
	return all[(slices.Index(all, t)+1)%len(all)]
}

// Styles builds the paints of a theme for the terminal behind r. If the user wants no
// colour (NO_COLOR), they are bold, faint, underlined and reversed text whatever the
// theme. If r is no terminal, or a dumb one, they leave text plain.
func Styles(r *lipgloss.Renderer, t Theme) kit.Styles {
	switch profile := r.ColorProfile(); {
	case profile == termenv.Ascii && r.Output().ColorProfile() == termenv.Ascii:
		return kit.Styles{}
	case profile == termenv.Ascii, t == None:
		return withoutColour()
	case profile == termenv.ANSI:
		return withAttributes(coloured(r, t.palette(r)), r)
	default:
		return coloured(r, t.palette(r))
	}
}

// Profile returns the paint for the name of a profile: a block in its colour, or of reversed
// text where no colours are shown. Without a colour of its own it is like other names. s are
// the styles of the theme.
func Profile(r *lipgloss.Renderer, s kit.Styles, t Theme, colour string) kit.Paint {
	plate, known := Plates()[colour]
	switch {
	case !known:
		return s.Strong
	case r.ColorProfile() == termenv.Ascii, t == None:
		return s.Badge
	default:
		style := r.NewStyle().Bold(true).Foreground(DarkPalette().Ink).Background(plate)
		return kit.NewPaint(style).On(s.Screen)
	}
}

// Colourless reports whether the terminal behind r shows no colours, whatever
// the theme.
func Colourless(r *lipgloss.Renderer) bool { return r.ColorProfile() == termenv.Ascii }

// palette returns the colours of a theme. Those of [Auto] suit the terminal's background
// and leave it as it is.
func (t Theme) palette(r *lipgloss.Renderer) Colours {
	switch t {
	case Dark:
		return DarkPalette()
	case Light:
		return LightPalette()
	case Contrast:
		return ContrastPalette()
	}
	p := LightPalette()
	if r.HasDarkBackground() {
		p = DarkPalette()
	}
	p.Text, p.Screen = nil, nil
	return p
}

func coloured(r *lipgloss.Renderer, p Colours) kit.Styles {
	style := r.NewStyle
	screen := kit.Paint{}
	if p.Screen != nil {
		screen = kit.NewPaint(style().Foreground(p.Text).Background(p.Screen))
	}
	on := func(s lipgloss.Style) kit.Paint { return kit.NewPaint(s).On(screen) }
	fg := func(c lipgloss.TerminalColor) kit.Paint { return on(style().Foreground(c)) }
	return kit.Styles{
		Screen:   screen,
		Strong:   on(style().Bold(true)),
		Dim:      fg(p.Dim),
		Accent:   fg(p.Accent),
		OK:       fg(p.Ok),
		Warn:     fg(p.Warn),
		Error:    fg(p.Err),
		Match:    on(style().Foreground(p.Ink).Background(p.Plate)),
		Key:      on(style().Bold(true)),
		Border:   fg(p.Border),
		Focus:    fg(p.Accent),
		Selected: on(style().Background(p.Selected)),
		Badge:    on(style().Bold(true).Foreground(p.Ink).Background(p.Plate)),
		Cursor:   on(style().Reverse(true)),
		Profile:  on(style().Bold(true)),
		Hit:      on(style().Bold(true).Foreground(p.Ink).Background(p.Plate)),
		Field:    fg(p.Accent),
		String:   fg(p.Str),
		Number:   fg(p.Number),
		Literal:  fg(p.Word),
		Quiet:    fg(p.Dim),
		Changed:  on(style().Underline(true)),
	}
}

// withAttributes replaces the paints that sixteen colours are too few for: greys and the
// selection.
func withAttributes(s kit.Styles, r *lipgloss.Renderer) kit.Styles {
	faint := kit.NewPaint(r.NewStyle().Faint(true)).On(s.Screen)
	s.Dim, s.Border, s.Quiet = faint, faint, faint
	s.Selected = kit.NewPaint(r.NewStyle().Reverse(true)).On(s.Screen)
	return s
}

// withoutColour returns paints of attributes alone. It needs a renderer of its own:
// lipgloss takes a terminal without colour for one without attributes.
func withoutColour() kit.Styles {
	r := lipgloss.NewRenderer(io.Discard, termenv.WithProfile(termenv.ANSI))
	r.SetColorProfile(termenv.ANSI)
	style := r.NewStyle
	bold, reverse := kit.NewPaint(style().Bold(true)), kit.NewPaint(style().Reverse(true))
	return withAttributes(kit.Styles{
		Strong:  bold,
		Accent:  bold,
		Warn:    bold,
		Error:   bold,
		Match:   kit.NewPaint(style().Bold(true).Underline(true)),
		Hit:     kit.NewPaint(style().Bold(true).Underline(true)), // reversed text is lost on a reversed row
		Key:     bold,
		Focus:   bold,
		Badge:   reverse,
		Cursor:  reverse,
		Profile: bold,
		Field:   bold,
		Changed: kit.NewPaint(style().Underline(true)),
	}, r)
}
