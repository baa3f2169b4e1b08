package ui

import "github.com/charmbracelet/lipgloss"

// palette names the colours by what they mean. This file is the one place with
// colour literals.
type colours struct {
	text, screen        lipgloss.TerminalColor // nil: the terminal's own
	dim, border, accent lipgloss.TerminalColor
	ok, warn, err       lipgloss.TerminalColor
	str, number, word   lipgloss.TerminalColor // of JSON: strings, numbers, true and null
	selected            lipgloss.TerminalColor // below the row under the cursor
	ink, plate          lipgloss.TerminalColor // of matches and badges
}

// none is no colour: sixteen of them have no grey that shows on every scheme, so
// the greys there are attributes instead.
const none = ""

func darkPalette() colours {
	return colours{
		text:     shade("#e6edf3", "255", "15"),
		screen:   shade("#0d1117", "233", "0"),
		dim:      shade("#8b949e", "247", none),
		border:   shade("#3f4751", "239", none),
		accent:   shade("#6cb6ff", "75", "14"),
		ok:       shade("#7ee787", "114", "10"),
		warn:     shade("#e3b341", "179", "11"),
		err:      shade("#ff7b72", "210", "9"),
		str:      shade("#a5d6a7", "151", "10"),
		number:   shade("#c9a0ff", "141", "13"),
		word:     shade("#ffb86c", "215", "11"),
		selected: shade("#1f2d3f", "236", none),
		ink:      shade("#1c1c1c", "234", "0"),
		plate:    shade("#e3b341", "179", "11"),
	}
}

func lightPalette() colours {
	return colours{
		text:     shade("#1f2328", "235", "0"),
		screen:   shade("#ffffff", "231", "15"),
		dim:      shade("#59636e", "241", none),
		border:   shade("#c4cbd3", "251", none),
		accent:   shade("#0b5cad", "25", "4"),
		ok:       shade("#116329", "22", "2"),
		warn:     shade("#7d4e00", "94", "3"),
		err:      shade("#b3261e", "124", "1"),
		str:      shade("#0a5c2f", "22", "2"),
		number:   shade("#6b2fa0", "54", "5"),
		word:     shade("#8a4300", "94", "3"),
		selected: shade("#dce8f5", "254", none),
		ink:      shade("#1c1c1c", "234", "0"),
		plate:    shade("#f2cc60", "221", "3"),
	}
}

func contrastPalette() colours {
	return colours{
		text:     shade("#ffffff", "231", "15"),
		screen:   shade("#000000", "16", "0"),
		dim:      shade("#d0d0d0", "252", none),
		border:   shade("#a8a8a8", "248", none),
		accent:   shade("#7fd4ff", "117", "14"),
		ok:       shade("#6cff6c", "83", "10"),
		warn:     shade("#ffe04d", "221", "11"),
		err:      shade("#ffb0a8", "217", "9"),
		str:      shade("#b8ffb8", "157", "10"),
		number:   shade("#e0c8ff", "189", "13"),
		word:     shade("#ffd9a0", "223", "11"),
		selected: shade("#0f2f5c", "17", none),
		ink:      shade("#000000", "16", "0"),
		plate:    shade("#ffe04d", "221", "11"),
	}
}

// shade is a colour for terminals with true colour, 256 and 16 colours. What the
// sixteen look like is the terminal's to say, so there nothing is promised of
// their contrast.
func shade(rgb, of256, of16 string) lipgloss.TerminalColor {
	return lipgloss.CompleteColor{TrueColor: rgb, ANSI256: of256, ANSI: of16}
}
