package ui

import (
	"fmt"

	"joltui/internal/human"
	"joltui/ui/views/stream"
)

// jsonNames returns the names of the ways to show JSON in a stream.
func jsonNames() []string { return []string{"coloured", "plain"} }

// parseJSON reports whether a name is that of JSON in one colour.
func parseJSON(name string) (plain bool, err error) {
	switch name {
	case "coloured", "colored":
		return false, nil
	case "plain":
		return true, nil
	default:
		return false, fmt.Errorf("JSON cannot be %q: it is %s", name, human.List(jsonNames()))
	}
}

func (d *desk) jsonCommand() command {
	c := choice("json", "JSON in streams: coloured, or plain", jsonNames(), parseJSON, d.setPlain)
	c.usage = "NAME"
	return c
}

func (d *desk) setPlain(on bool) {
	d.changeOptions(func(o *stream.Options) { o.Plain = on })
}
