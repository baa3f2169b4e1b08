package ui

import (
	"io"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"joltui/ui/views"
)

// palette names the colours by what they mean. Ordinary text has none: the
// terminal's own foreground is readable on its own background.
type palette struct {
	dim, border, accent     lipgloss.TerminalColor
	ok, warn, err           lipgloss.TerminalColor
	text, number, literal   lipgloss.TerminalColor // in JSON; a field is as the accent
	selected, ink, inkPlate lipgloss.TerminalColor
}

// newPalette is the one place with colour literals. Sixteen colours have no
// grey that shows on every scheme, so the greys there are attributes instead.
func newPalette() palette {
	const none = ""
	return palette{
		dim:      shade("#59636e", "242", none, "#8b949e", "246", none),
		border:   shade("#c4cbd3", "251", none, "#3f4751", "239", none),
		accent:   shade("#0b5cad", "25", "4", "#6cb6ff", "75", "14"),
		ok:       shade("#116329", "22", "2", "#7ee787", "114", "10"),
		warn:     shade("#7d4e00", "94", "3", "#e3b341", "179", "11"),
		err:      shade("#b3261e", "124", "1", "#ff7b72", "210", "9"),
		text:     shade("#0a5c2f", "22", "2", "#a5d6a7", "151", "10"),
		number:   shade("#6b2fa0", "54", "5", "#c9a0ff", "141", "13"),
		literal:  shade("#8a4300", "94", "3", "#ffb86c", "215", "11"),
		selected: shade("#dce8f5", "254", none, "#263445", "237", none),
		ink:      shade("#1c1c1c", "234", "0", "#1c1c1c", "234", "0"),
		inkPlate: shade("#f2cc60", "221", "3", "#e3b341", "179", "11"),
	}
}

// shade is a colour on a light and on a dark background, each for terminals
// with true colour, 256 and 16 colours.
func shade(light, light256, light16, dark, dark256, dark16 string) lipgloss.TerminalColor {
	return lipgloss.CompleteAdaptiveColor{
		Light: lipgloss.CompleteColor{TrueColor: light, ANSI256: light256, ANSI: light16},
		Dark:  lipgloss.CompleteColor{TrueColor: dark, ANSI256: dark256, ANSI: dark16},
	}
}

// NewStyles builds the paints of the dashboard for the terminal behind r. A
// terminal whose user wants no colour (NO_COLOR) gets bold, faint, underlined
// and reversed text; what is no terminal, or a dumb one, gets plain text.
func NewStyles(r *lipgloss.Renderer) views.Styles {
	switch {
	case r.ColorProfile() == termenv.ANSI:
		return withAttributes(coloured(r), r)
	case r.ColorProfile() != termenv.Ascii:
		return coloured(r)
	case r.Output().ColorProfile() != termenv.Ascii:
		return withoutColour()
	default:
		return views.Styles{}
	}
}

func coloured(r *lipgloss.Renderer) views.Styles {
	p := newPalette()
	style := r.NewStyle
	fg := func(c lipgloss.TerminalColor) views.Paint { return views.NewPaint(style().Foreground(c)) }
	return views.Styles{
		Strong:   views.NewPaint(style().Bold(true)),
		Dim:      fg(p.dim),
		Accent:   fg(p.accent),
		OK:       fg(p.ok),
		Warn:     fg(p.warn),
		Error:    fg(p.err),
		Match:    views.NewPaint(style().Foreground(p.ink).Background(p.inkPlate)),
		Hit:      views.NewPaint(style().Bold(true).Foreground(p.ink).Background(p.inkPlate)),
		Key:      views.NewPaint(style().Bold(true)),
		Border:   fg(p.border),
		Focus:    fg(p.accent),
		Selected: views.NewPaint(style().Background(p.selected)),
		Badge:    views.NewPaint(style().Bold(true).Foreground(p.ink).Background(p.inkPlate)),
		Cursor:   views.NewPaint(style().Reverse(true)),
		Field:    fg(p.accent),
		String:   fg(p.text),
		Number:   fg(p.number),
		Literal:  fg(p.literal),
	}
}

// withAttributes replaces what sixteen colours cannot say.
func withAttributes(s views.Styles, r *lipgloss.Renderer) views.Styles {
	faint := views.NewPaint(r.NewStyle().Faint(true))
	s.Dim, s.Border = faint, faint
	s.Selected = views.NewPaint(r.NewStyle().Reverse(true))
	return s
}

// withoutColour needs a renderer of its own: lipgloss takes a terminal without
// colour for one without attributes.
func withoutColour() views.Styles {
	r := lipgloss.NewRenderer(io.Discard, termenv.WithProfile(termenv.ANSI))
	r.SetColorProfile(termenv.ANSI)
	style := r.NewStyle
	bold, reverse := views.NewPaint(style().Bold(true)), views.NewPaint(style().Reverse(true))
	return withAttributes(views.Styles{
		Strong: bold,
		Accent: bold,
		Warn:   bold,
		Error:  bold,
		Match:  views.NewPaint(style().Bold(true).Underline(true)),
		Hit:    views.NewPaint(style().Bold(true).Underline(true)), // reversed text is lost on a reversed row
		Key:    bold,
		Focus:  bold,
		Badge:  reverse,
		Cursor: reverse,
		Field:  bold,
	}, r)
}
