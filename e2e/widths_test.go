package e2e

import (
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"

	"joltui/internal/printable"
)

// The terminal gives each character, in whatever surroundings, as many cells as
// the dashboard counts on.
func TestWidthsAgree(t *testing.T) {
	screen := vt.NewEmulator(80, 1)
	bad := 0
	for r := rune(0xa0); r <= unicode.MaxRune && bad < 20; r++ {
		switch {
		case !unicode.IsGraphic(r): // always escaped
			continue
		case unicode.In(r, unicode.Han, unicode.Hangul, unicode.Tangut) && r%16 > 0: // all alike
			continue
		}
		for _, around := range [][2]string{{"a", "b"}, {" ", "ﾞ"}, {"漢", "漢"}, {"｡", "e\u0301"}} {
			text := printable.Line(around[0] + string(r) + around[1])
			screen.WriteString("\r" + text + "|")
			got, want := screen.CursorPosition().X, ansi.StringWidth(text)+1
			if got != want {
				t.Errorf("%U in %+q takes %d cells, but %d are counted", r, text, got-1, want-1)
				bad++
			}
		}
	}
}
