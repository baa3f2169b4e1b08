package sshd

import (
	"strings"

	"joltui/internal/printable"
)

// Size is that of a terminal, in characters.
type Size struct{ Width, Height int }

const (
	// A screen of 8K with a small font has some 1,280×400. A frame of the largest takes
	// some megabytes, which is what a hostile viewer can ask for.
	maxWidth, maxHeight = 1600, 500
	usualWidth          = 80
	usualHeight         = 24

	maxTerm     = 64
	maxVariable = 256 // bytes of a name and of a value
	maxEnv      = 32
)

// resized returns what a peer says the size is, within bounds. A zero is no statement: then it
// stays what it was.
func (s Size) resized(width, height uint32) Size {
	if width > 0 {
		s.Width = int(min(width, maxWidth))
	}
	if height > 0 {
		s.Height = int(min(height, maxHeight))
	}
	return s
}

// termName returns the name of a kind of terminal, which is dumb where it is none.
func termName(name string) string {
	odd := func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-+._", r))
	}
	if name == "" || len(name) > maxTerm || strings.ContainsFunc(name, odd) {
		return "dumb"
	}
	return name
}

// takesVariable reports whether a variable of the peer is taken over: those that say how text
// and colours are shown, and no others.
func takesVariable(name, value string) bool {
	switch name {
	case "NO_COLOR", "COLORTERM", "LANG", "TERM_PROGRAM":
	default:
		if !strings.HasPrefix(name, "LC_") {
			return false
		}
	}
	return len(name) <= maxVariable && len(value) <= maxVariable && printable.Line(name+value) == name+value &&
		!strings.ContainsRune(name, '=')
}
