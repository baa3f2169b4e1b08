package columns

import (
	"strings"

	"joltui/internal/fields"
	"joltui/internal/printable"
	"joltui/ui/views/kit"
)

// maxCell is how wide a column may become, in cells.
const maxCell = 24

// cell is the value of a column in a row.
type cell struct {
	kind         fields.Kind
	none         bool   // the message has no such field
	text         string // printable, a little longer than maxCell if it was cut
	whole, point int    // of a number: the cells before its point, and from there on
}

// row is what a message shows in a table.
type row struct {
	object bool
	text   fields.Text // of the payload, as far as it was read
	cells  []cell      // of the columns that are not hidden
	paints []int       // for each of them, and last for the whole row: the rule that gives the colour, from 1
}

// read reads a message, whose payload begins with data. It uses the memory of r again.
func (r *row) read(data string, columns []Column, rules []Rule) {
	text := data[:min(len(data), readBytes)]
	r.text.Text = text
	r.text.Parts, r.text.Ending = fields.Scan(r.text.Parts[:0], text, false)
	r.object = r.text.Ending != fields.NotJSON && r.text.Parts[0].Kind == fields.Object
	r.cells, r.paints = r.cells[:0], r.paints[:0]
	if !r.object {
		return
	}
	for i := range columns {
		r.cells = append(r.cells, r.cell(columns[i].number))
		r.paints = append(r.paints, 0)
	}
	r.paints = append(r.paints, 0)
	for i := len(rules) - 1; i >= 0; i-- { // the first rule goes before the others
		if rules[i].selects(data) {
			r.paints[rules[i].column(columns)] = i + 1
		}
	}
}

// column returns the position of the column that the rule is about, or the number of columns
// for the whole row.
func (r *Rule) column(columns []Column) int {
	for i := range columns {
		if r.number != 0 && columns[i].number == r.number {
			return i
		}
	}
	return len(columns)
}

func (r *row) cell(path uint64) cell {
	part, found := r.text.Value(path)
	if !found {
		return cell{none: true}
	}
	c := cell{kind: part.Kind}
	value := part.Of(r.text.Text)
	c.text = shownValue(part.Kind, value, maxCell)
	if c.kind == fields.Number {
		c.whole, c.point = decimals(c.text)
	}
	return c
}

// shownValue returns a value of JSON as a cell shows it: a string without its quotes. An
// empty one keeps them.
func shownValue(kind fields.Kind, value string, cells int) string {
	if kind != fields.String || len(value) < 3 {
		return printable.Prefix(value, cells)
	}
	inside := strings.TrimSuffix(value[1:], `"`)
	if strings.IndexByte(inside, '\\') < 0 {
		return printable.Prefix(inside, cells)
	}
	const bytesPerCell = 12 // of two escapes of a character beyond the first plane
	end := printable.EscapeEnd(inside, min(len(inside), bytesPerCell*(cells+1)))
	text, _ := printable.MapJSON(inside[:end])
	return text
}

// decimals returns how many cells of a number are before its point, and how many from there
// on. A number with an exponent has no point to align: 1.5e9 is no 1.5.
func decimals(number string) (whole, point int) {
	if at := strings.IndexByte(number, '.'); at >= 0 && !strings.ContainsAny(number, "eE") {
		return at, len(number) - at
	}
	return len(number), 0
}

// rest writes the values that have no column as name and value, to fill so many cells and a
// little more. numbers are the paths that have one.
func (r *row) rest(numbers map[uint64]bool, cells int) string {
	var b strings.Builder
	name, skip := "", int32(0)
	for i := range r.text.Parts {
		p := &r.text.Parts[i]
		switch {
		case p.Start < skip:
			continue
		case p.Kind == fields.Name:
			name = shownValue(fields.String, p.Of(r.text.Text), cells)
			continue
		case numbers[p.Path]:
			skip = p.End
			continue
		case p.Kind == fields.Object:
			continue
		case p.Kind == fields.Array:
			skip = p.End
		}
		if b.Len() > 0 {
			b.WriteString("  ")
		}
		b.WriteString(name + " " + shownValue(p.Kind, p.Of(r.text.Text), cells))
		if kit.Width(b.String()) > cells {
			break
		}
	}
	return b.String()
}
