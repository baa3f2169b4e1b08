package dashboard

import (
	"fmt"
	"io"

	"joltui/internal/printable"
)

// farewells are lines that tell the user something when the dashboard has given the
// terminal back. They are for one goroutine.
type farewells []string

func (f *farewells) add(text string) { *f = append(*f, text) }

func (f *farewells) tell(w io.Writer) {
	for _, text := range *f {
		fmt.Fprintf(w, "joltui: %s\n", printable.Line(text))
	}
}
