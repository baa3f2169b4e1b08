package theme

import "github.com/charmbracelet/lipgloss"

// Colours names the colours of a palette by what they mean. Only this file has colour
// literals.
type Colours struct {
	Text, Screen        lipgloss.TerminalColor // nil: the terminal's own
	Dim, Border, Accent lipgloss.TerminalColor
	Ok, Warn, Err       lipgloss.TerminalColor
	Str, Number, Word   lipgloss.TerminalColor // of JSON: strings, numbers, true and null
	Selected            lipgloss.TerminalColor // background of the row under the cursor
	Ink, Plate          lipgloss.TerminalColor // text and background of matches and badges
}

// none is no colour. Among a terminal's sixteen colours there is no grey that shows on
// every scheme, so attributes take the place of the greys there.
const none = ""

// DarkPalette returns the colours for a dark background.
func DarkPalette() Colours {
	return Colours{
		Text:     shade("#e6edf3", "255", "15"),
		Screen:   shade("#0d1117", "233", "0"),
		Dim:      shade("#8b949e", "247", none),
		Border:   shade("#3f4751", "239", none),
		Accent:   shade("#6cb6ff", "75", "14"),
		Ok:       shade("#7ee787", "114", "10"),
		Warn:     shade("#e3b341", "179", "11"),
		Err:      shade("#ff7b72", "210", "9"),
		Str:      shade("#a5d6a7", "151", "10"),
		Number:   shade("#c9a0ff", "141", "13"),
		Word:     shade("#ffb86c", "215", "11"),
		Selected: shade("#1f2d3f", "236", none),
		Ink:      shade("#1c1c1c", "234", "0"),
		Plate:    shade("#e3b341", "179", "11"),
	}
}

// LightPalette returns the colours for a light background.
func LightPalette() Colours {
	return Colours{
		Text:     shade("#1f2328", "235", "0"),
		Screen:   shade("#ffffff", "231", "15"),
		Dim:      shade("#59636e", "241", none),
		Border:   shade("#c4cbd3", "251", none),
		Accent:   shade("#0b5cad", "25", "4"),
		Ok:       shade("#116329", "22", "2"),
		Warn:     shade("#7d4e00", "94", "3"),
		Err:      shade("#b3261e", "124", "1"),
		Str:      shade("#0a5c2f", "22", "2"),
		Number:   shade("#6b2fa0", "54", "5"),
		Word:     shade("#8a4300", "94", "3"),
		Selected: shade("#dce8f5", "254", none),
		Ink:      shade("#1c1c1c", "234", "0"),
		Plate:    shade("#f2cc60", "221", "3"),
	}
}

// ContrastPalette returns the colours of the theme with high contrast.
func ContrastPalette() Colours {
	return Colours{
		Text:     shade("#ffffff", "231", "15"),
		Screen:   shade("#000000", "16", "0"),
		Dim:      shade("#d0d0d0", "252", none),
		Border:   shade("#a8a8a8", "248", none),
		Accent:   shade("#7fd4ff", "117", "14"),
		Ok:       shade("#6cff6c", "83", "10"),
		Warn:     shade("#ffe04d", "221", "11"),
		Err:      shade("#ffb0a8", "217", "9"),
		Str:      shade("#b8ffb8", "157", "10"),
		Number:   shade("#e0c8ff", "189", "13"),
		Word:     shade("#ffd9a0", "223", "11"),
		Selected: shade("#0f2f5c", "17", none),
		Ink:      shade("#000000", "16", "0"),
		Plate:    shade("#ffe04d", "221", "11"),
	}
}

// Plates returns the colours that a profile may have, as the background of dark text.
func Plates() map[string]lipgloss.TerminalColor {
	return map[string]lipgloss.TerminalColor{
		"red":     shade("#ff8a80", "210", "9"),
		"yellow":  shade("#e3b341", "179", "11"),
		"green":   shade("#7ee787", "114", "10"),
		"cyan":    shade("#76e3ea", "116", "14"),
		"blue":    shade("#6cb6ff", "75", "12"),
		"magenta": shade("#e2a1ff", "183", "13"),
	}
}

// shade returns a colour for terminals with true colour, 256 and 16 colours. The terminal
// decides what its sixteen look like, so their contrast is not promised.
func shade(rgb, of256, of16 string) lipgloss.TerminalColor {
	return lipgloss.CompleteColor{TrueColor: rgb, ANSI256: of256, ANSI: of16}
}
