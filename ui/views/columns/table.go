package columns

import (
	"fmt"
	"slices"
	"strings"

	"joltui/internal/feed"
	"joltui/internal/fields"
	"joltui/internal/printable"
	"joltui/ui/views/kit"
)

// Most columns and rules that a table has.
const (
	maxColumns = 40
	maxRules   = 4 // each takes 10 µs for a row that is new
)

// Column is a field that is shown as a column.
type Column struct {
	Path   string // as jq has it: .order.amount
	Hidden bool   // it is offered, and not shown
	number uint64 // the path, as package fields has it
}

// Title returns the heading of the column. Untrusted.
func (c *Column) Title() string { return strings.TrimPrefix(c.Path, ".") }

// newColumn returns the column of a path, or of the name of a field alone.
func newColumn(text string) (Column, error) {
	steps, ok := feed.PathSteps(text)
	if !ok {
		if steps, ok = feed.PathSteps("." + text); ok {
			text = "." + text
		}
	}
	if !ok || len(steps) == 0 {
		return Column{}, fmt.Errorf("%q is no path to a field: a column is .id, .order.amount or .items[0]", shortly(text))
	}
	return Column{Path: text, number: fields.PathOf(steps...)}, nil
}

// Table is how the messages of a topic are shown: as they are, or as a table.
type Table struct {
	On      bool
	Columns []Column
	Chosen  bool // by the user; else by the messages that were seen
	Rules   []Rule
	Seen    int    // objects that the columns were chosen by
	Key     string // the path of the field that says what a message is about; "" to be guessed

	changed int // grows with each change, for what depends on the columns
}

// Set replaces the columns by those that a user has chosen.
func (t *Table) Set(all []Column) {
	t.Columns, t.Chosen, t.On = slices.Clone(all), true, true
	t.changed++
}

// Reset lets the messages choose the columns again.
func (t *Table) Reset() {
	t.Columns, t.Chosen, t.Seen = nil, false, 0
	t.changed++
}

// Toggle turns the table on or off. The columns are as narrow as can be when it is on again.
func (t *Table) Toggle() {
	t.On = !t.On
	t.changed++
}

// AddRule adds a rule, in place of the one with the same expression if there is one. The error
// says that there is no room for it.
func (t *Table) AddRule(r Rule) error {
	all := slices.DeleteFunc(slices.Clone(t.Rules), func(other Rule) bool { return other.query.String() == r.query.String() })
	if len(all) == maxRules {
		return fmt.Errorf("a table has at most %d rules: remove them first with :colour none", maxRules)
	}
	t.SetRules(append(all, r))
	return nil
}

// SetRules replaces the rules.
func (t *Table) SetRules(all []Rule) {
	t.Rules = all
	t.changed++
}

// Shown returns the columns that are not hidden.
func (t *Table) Shown() []Column {
	return slices.DeleteFunc(slices.Clone(t.Columns), func(c Column) bool { return c.Hidden })
}

// Text returns the columns as a user would write them; those that are hidden have a minus in
// front.
func (t *Table) Text() string {
	var words []string
	for _, c := range t.Columns {
		if c.Hidden {
			words = append(words, "-"+c.Path)
		} else {
			words = append(words, c.Path)
		}
	}
	return strings.Join(words, " ")
}

// Parse reads a list of columns as users write them: paths with blanks or commas between
// them. A dot in front may be left out. The error is one short line.
func Parse(text string) ([]Column, error) {
	var all []Column
	for _, word := range words(text) {
		path, hidden := strings.CutPrefix(word, "-")
		c, err := newColumn(path)
		if err != nil {
			return nil, err
		}
		c.Hidden = hidden
		if !slices.ContainsFunc(all, func(other Column) bool { return other.number == c.number }) {
			all = append(all, c)
		}
	}
	if len(all) > maxColumns {
		return nil, fmt.Errorf("%d columns are too many: there is room for %d", len(all), maxColumns)
	}
	return all, nil
}

// words divides a list at blanks and commas that are in no quotes.
func words(text string) []string {
	quoted := false
	return strings.FieldsFunc(text, func(r rune) bool {
		if r == '"' {
			quoted = !quoted
		}
		return !quoted && (r == ' ' || r == ',')
	})
}

// shortly returns the beginning of what a user typed, for an error of one line.
func shortly(text string) string {
	text, _ = kit.Cut(printable.Prefix(text, 40), 40)
	return text
}

// Offer adds a field that is not shown, if it is not among the columns.
func (t *Table) Offer(path string) {
	c, err := newColumn(path)
	if err != nil || len(t.Columns) == maxColumns || slices.ContainsFunc(t.Columns, func(other Column) bool { return other.number == c.number }) {
		return
	}
	c.Hidden = true
	t.Columns = append(t.Columns, c)
}

// Hide hides or shows column i.
func (t *Table) Hide(i int, hidden bool) {
	t.Columns[i].Hidden = hidden
	t.changed++
}

// Swap exchanges two columns.
func (t *Table) Swap(i, j int) {
	t.Columns[i], t.Columns[j] = t.Columns[j], t.Columns[i]
	t.changed++
}
