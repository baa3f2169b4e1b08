package columns

import (
	"encoding/json"

	"joltui/internal/fields"
)

// Values appends to dst the values of columns in a payload, whole, as they are written to a
// file: strings without quotes, all else as it is in the payload, and nothing where there is no
// such field. object is false if the payload is no object of JSON; all values are then empty.
// Untrusted.
func Values(dst []string, data string, columns []Column) (values []string, object bool) {
	text := fields.ScanText(data, false)
	object = text.Ending == fields.Whole && text.Parts[0].Kind == fields.Object
	for i := range columns {
		value := ""
		if p, found := text.Value(columns[i].number); found && object {
			value = plainValue(p.Kind, p.Of(data))
		}
		dst = append(dst, value)
	}
	return dst, object
}

// plainValue returns a value without the quotes of a string.
func plainValue(kind fields.Kind, value string) string {
	if kind != fields.String {
		return value
	}
	var plain string
	if err := json.Unmarshal([]byte(value), &plain); err != nil {
		return value
	}
	return plain
}
