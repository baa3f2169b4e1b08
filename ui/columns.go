package ui

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/human"
	"joltui/ui/keys"
	"joltui/ui/views/columns"
	"joltui/ui/views/picker"
	"joltui/ui/views/sorted"
	"joltui/ui/views/stream"
)

// tabling is the feature that shows JSON as a table.
type tabling struct {
	*desk
	set    keys.Set[*tabling]
	picker *picker.Page
	sorted *sorted.Page
}

func newTabling(d *desk) *tabling {
	picking, sorting := picker.New(&d.styles, picker.Actions(), d.moves), sorted.New(&d.styles, sorted.Actions(), d.moves)
	return &tabling{desk: d, picker: picking, sorted: sorting, set: keys.Set[*tabling]{
		{Name: "columns.sorted", Group: "Look", Where: keys.Dashboard(), Key: keys.Bind("%", "table sorted, grouped", "%"), Run: keys.Do((*tabling).sort)},
		{Name: "columns.choose", Group: "Look", Where: keys.Dashboard(), Key: keys.Bind("\\", "choose columns", "\\"), Run: keys.Do((*tabling).choose)},
		{Name: "columns", Group: "Look", Where: keys.Dashboard(), Key: keys.Bind("|", "JSON as a table", "|"), Run: keys.Do((*tabling).toggle)},
	}}
}

func (t *tabling) entries() keys.Table {
	table := t.set.Entries(func() *tabling { return t })
	return append(append(table, t.picker.Entries()...), t.sorted.Entries()...)
}

// choose opens the page on which the columns of the stream are chosen.
func (t *tabling) choose() {
	t.picker.Open(t.stream().Table(), t.stream().Sample(t.feed))
	t.push(t.picker)
}

// sort opens the page with what the stream shows now.
func (t *tabling) sort() {
	s := t.stream()
	table := s.Table()
	table.Choose(s.Sample(t.feed))
	t.sorted.Open(cmp.Or(s.Topic(), "all topics"), table, s.Messages(t.feed))
	t.push(t.sorted)
}

func (t *tabling) toggle() {
	if words := t.stream().ToggleTable(t.feed); words != "" {
		t.mention(words)
	}
}

func (t *tabling) commands() []command {
	return []command{
		{name: "columns", usage: "[FIELD…]", does: "JSON as a table, of these fields", suggest: t.suggest,
			check: func(args string) error {
				_, err := parseColumns(args)
				return err
			},
			run: t.setColumns},
		{name: "colour", aliases: []string{"color"}, usage: "RULE", does: "colour values in tables by a rule",
			suggest: suggestRules,
			check: func(args string) error {
				_, err := parseRule(args)
				return err
			},
			run: t.setRule},
	}
}

// The words that stand for no fields in :columns.
const (
	columnsOff  = "off"
	columnsAuto = "auto"
)

func parseColumns(args string) ([]columns.Column, error) {
	if args == columnsOff || args == columnsAuto {
		return nil, nil
	}
	return columns.Parse(args)
}

// setColumns shows a table of some fields, of those that the messages choose, or none.
func (t *tabling) setColumns(args string) tea.Cmd {
	table := t.stream().Table()
	all, err := parseColumns(args)
	switch {
	case err != nil: // the palette has said so
	case args == columnsOff && table.On:
		table.Toggle()
	case args == columnsOff:
	case args == columnsAuto || len(all) == 0:
		table.Reset()
		if !table.On {
			t.toggle()
		}
	default:
		table.Set(all)
	}
	return nil
}

// suggest completes the last of the fields, by those that the messages have.
func (t *tabling) suggest(args string) []string {
	at := strings.LastIndexAny(args, " ,") + 1
	before, last := args[:at], strings.TrimPrefix(args[at:], ".")
	var found []string
	uses, _ := columns.Uses(t.stream().Sample(t.feed))
	for _, u := range uses {
		if strings.HasPrefix(u.Path, "."+last) && !strings.Contains(" "+before, " "+u.Path+" ") {
			found = append(found, before+u.Path)
		}
	}
	return found
}

// noRules is the word that stands for no rules in :colour.
const noRules = "none"

func parseRule(args string) (columns.Rule, error) {
	if strings.TrimSpace(args) == noRules {
		return columns.Rule{}, nil
	}
	return columns.ParseRule(args)
}

// suggestRules completes the colour with which a rule ends.
func suggestRules(args string) []string {
	at := strings.LastIndexByte(args, ' ') + 1
	if at == 0 {
		return nil
	}
	var found []string
	for _, name := range columns.Colours() {
		if strings.HasPrefix(name, args[at:]) && !strings.HasSuffix(strings.TrimSpace(args[:at]), name) {
			found = append(found, args[:at]+name)
		}
	}
	return found
}

// setRule adds a rule to the table of the stream, or removes all.
func (t *tabling) setRule(args string) tea.Cmd {
	table := t.stream().Table()
	r, err := parseRule(args)
	switch {
	case err != nil:
	case strings.TrimSpace(args) == noRules:
		table.SetRules(nil)
	default:
		if err := table.AddRule(r); err != nil {
			t.say(err.Error())
			break
		}
		if !table.On {
			t.mention("the colour shows in the table: " + t.key("columns").Help().Key)
		}
	}
	return nil
}

// errTables says that what was kept of tables is not used.
func errTables(err error) error {
	if err == nil {
		return nil
	}
	return errors.New("columns: " + err.Error())
}

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
	c := choice("json", "JSON coloured, or plain", jsonNames(), parseJSON, d.setPlain)
	c.usage = "NAME"
	return c
}

func (d *desk) setPlain(on bool) {
	d.changeOptions(func(o *stream.Options) { o.Plain = on })
}
