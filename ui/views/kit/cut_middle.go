package kit

import (
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"joltui/internal/printable"
)

// maxCluster is how many bytes of the end of a name are read for each cell: most
// characters have fewer.
const maxCluster = 16

// CutMiddle makes an untrusted name printable, and replaces its middle with an ellipsis
// where it is wider than room cells: names of topics that stand together mostly begin
// alike and differ at their ends.
func CutMiddle(name string, room int) string {
	text := printable.Name(name, room+1)
	if Width(text) <= room || room < 3 {
		return text
	}
	end := name
	if most := room * maxCluster; len(end) > most {
		end = end[len(end)-most:]
		for len(end) > 0 && !utf8.RuneStart(end[0]) {
			end = end[1:]
		}
	}
	end = printable.Name(end, room*maxCluster)
	end = ansi.TruncateLeft(end, max(Width(end)-room/2, 0), "")
	return Head(text, room-1-Width(end)) + Ellipsis + end
}
