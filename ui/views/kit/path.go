package kit

import (
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"joltui/internal/printable"
)

// PathEnd is as much of the end of a path as fits.
func PathEnd(path string, whole bool, cells int) string {
	if most := 4 * max(cells, 0); len(path) > most {
		path, whole = path[len(path)-most:], false
		for path != "" && !utf8.RuneStart(path[0]) {
			path = path[1:]
		}
	}
	path = printable.Line(path)
	if !whole {
		path = Ellipsis + path
	}
	if over := Width(path) - cells; over > 0 {
		path = ansi.TruncateLeft(path, over+1, Ellipsis)
	}
	return path
}

// CopyRoom is how many cells the name of what is copied may take.
const CopyRoom = 60
