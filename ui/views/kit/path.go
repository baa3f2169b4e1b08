package kit

import (
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"joltui/internal/printable"
)

// PathEnd makes an untrusted path printable, and keeps as much of its end as fits in so
// many cells. An ellipsis is in front where something was cut, or where the path was not
// whole to begin with.
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

// CopyRoom bounds the name of a copied value in a notice, in cells.
const CopyRoom = 60
