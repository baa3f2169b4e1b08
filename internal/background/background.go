package background

import (
	"runtime"
	"strconv"
	"strings"
)

// Question asks a terminal for its background colour (OSC 11). One that does not know it
// ignores it.
const Question = "\x1b]11;?\x1b\\"

// Asks reports whether the terminal can be asked. screen and tmux may be shown by several
// terminals at once, and a dumb one prints the question.
func Asks(getenv func(string) string) bool {
	term := getenv("TERM")
	for _, mute := range []string{"screen", "tmux", "dumb"} {
		if strings.HasPrefix(term, mute) {
			return false
		}
	}
	return term != "" && runtime.GOOS != "windows"
}

// Guess is what holds until the terminal answers: what COLORFGBG says, which some
// terminals set, else dark.
func Guess(getenv func(string) string) (dark bool) {
	parts := strings.Split(getenv("COLORFGBG"), ";")
	colour, err := strconv.Atoi(parts[len(parts)-1])
	if len(parts) < 2 || err != nil {
		return true
	}
	return colour < 7 || colour == 8 // the others of the 16 are light
}

// isDark reads the colour of an answer: rgb:1e1e/1e1e/2e2e, with one to four digits for
// each part, or rgba:… with a fourth part.
func isDark(colour string) (dark, ok bool) {
	kind, parts, _ := strings.Cut(colour, ":")
	values := strings.Split(parts, "/")
	if kind != "rgb" && kind != "rgba" || len(values) < 3 {
		return false, false
	}
	least, most := 1.0, 0.0
	for _, digits := range values[:3] {
		n, err := strconv.ParseUint(digits, 16, 16)
		if err != nil {
			return false, false
		}
		share := float64(n) / float64(uint64(1)<<(4*len(digits))-1)
		least, most = min(least, share), max(most, share)
	}
	return (least+most)/2 < 0.5, true
}
