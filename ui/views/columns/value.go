package columns

import (
	"cmp"

	"joltui/internal/decimal"
	"joltui/internal/fields"
)

// Value is the value of a column in a message, to sort and group by.
type Value struct {
	Kind fields.Kind
	None bool   // the message has no such field, or is no object
	JSON string // as it stands in the payload. Untrusted
}

// ValueOf returns the value of a column in a payload, of which it reads the beginning.
func (c *Column) ValueOf(data string) Value {
	text := fields.ScanText(data[:min(len(data), readBytes)], false)
	if text.Ending != fields.NotJSON {
		if p, found := text.Value(c.number); found {
			return Value{Kind: p.Kind, JSON: p.Of(text.Text)}
		}
	}
	return Value{None: true}
}

// Compare returns -1 where v comes before w, 1 where it comes after it, else 0: numbers by
// what they are, then strings, then other values; what is not there comes last.
func (v Value) Compare(w Value) int {
	if v.None || w.None || v.Kind != w.Kind {
		return cmp.Compare(v.rank(), w.rank())
	}
	if v.Kind == fields.Number {
		return decimal.Compare(v.JSON, w.JSON)
	}
	return cmp.Compare(v.JSON, w.JSON)
}

func (v Value) rank() int {
	switch {
	case v.None:
		return 4
	case v.Kind == fields.Number:
		return 0
	case v.Kind == fields.String:
		return 1
	case v.Kind == fields.Literal:
		return 2
	default:
		return 3
	}
}

// Text returns the value as a cell shows it, printable, for so many cells and a little more.
func (v Value) Text(cells int) string {
	if v.None {
		return "none"
	}
	return shownValue(v.Kind, v.JSON, cells)
}
