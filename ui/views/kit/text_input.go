package kit

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// IsText reports whether a key press is text to be inserted, and no command.
func IsText(press tea.KeyMsg) bool {
	return (press.Type == tea.KeyRunes || press.Type == tea.KeySpace) && !press.Alt
}

// LineFeeds replaces each line end by one line feed: terminals send a carriage return for
// each line end of a paste.
func LineFeeds(text []rune) []rune {
	if !slices.Contains(text, '\r') {
		return text
	}
	out := make([]rune, 0, len(text))
	for i, r := range text {
		switch {
		case r != '\r':
			out = append(out, r)
		case i+1 == len(text) || text[i+1] != '\n':
			out = append(out, '\n')
		}
	}
	return out
}

// InOneLine replaces each line end of a paste by a blank.
func InOneLine(text []rune) []rune {
	return []rune(strings.ReplaceAll(string(LineFeeds(text)), "\n", " "))
}
