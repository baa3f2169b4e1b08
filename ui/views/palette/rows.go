package palette

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sahilm/fuzzy"

	"joltui/internal/printable"
	"joltui/ui/views/kit"
)

// paletteRow is a command, or a suggestion for its arguments.
type paletteRow struct {
	command *Command
	args    string
	hits    []int // offsets in the name of the characters that were typed
}

// find lists the commands that match the text, or suggestions for its arguments.
func (p *Page) find() {
	name, args, hasArgs := p.split()
	p.rows, p.err = nil, nil
	switch {
	case hasArgs:
		p.findArgs(name, args)
	case name == "":
		for i := range p.commands {
			p.rows = append(p.rows, paletteRow{command: &p.commands[i]})
		}
	default:
		p.findNames(name)
	}
}

func (p *Page) findArgs(name, args string) {
	c, err := p.resolve(name)
	if err != nil {
		p.err = err
		return
	}
	for _, choice := range p.arguments.Suggest(c.Name, args) {
		p.rows = append(p.rows, paletteRow{command: c, args: choice})
	}
	if args != "" && len(p.rows) == 0 {
		p.err = p.check(name, args)
	}
}

// findNames lists the commands that match a name: first the one with that name or alias.
// Of the others come those first that can be run, then those of the place that the user is
// in; then those whose name begins so, whose name has these characters in this order, the
// best first, and which have them in their description.
func (p *Page) findNames(name string) {
	var found []paletteRow
	for _, m := range fuzzy.FindFrom(name, commandNames(p.commands)) {
		found = append(found, paletteRow{command: &p.commands[m.Index], hits: m.MatchedIndexes})
	}
	for i := range p.commands {
		c := &p.commands[i]
		if (c.isCalled(name) || c.describes(name)) && !slices.ContainsFunc(found, func(r paletteRow) bool { return r.command == c }) {
			found = append(found, paletteRow{command: c})
		}
	}
	slices.SortStableFunc(found, func(a, b paletteRow) int {
		return slices.Compare(a.ranks(name), b.ranks(name))
	})
	p.rows = found
}

// ranks returns numbers by which rows are sorted, the most important first.
func (r paletteRow) ranks(name string) []int {
	rank := func(last bool) int {
		if last {
			return 1
		}
		return 0
	}
	c := r.command
	return []int{
		rank(!c.isCalled(name)), rank(c.Why != ""), rank(r.hits == nil),
		rank(!strings.HasPrefix(c.Name, name)), rank(!c.Here),
	}
}

// commandNames is the text in which the characters of a name are looked for. It implements
// [fuzzy.Source].
type commandNames []Command

// Len returns the number of commands.
func (c commandNames) Len() int { return len(c) }

// String returns the name of a command.
func (c commandNames) String(i int) string { return c[i].Name }

// describes reports whether the description or an alias has a text.
func (c *Command) describes(text string) bool {
	words := strings.Join(append([]string{c.Does}, c.Aliases...), " ")
	return strings.Contains(strings.ToLower(words), strings.ToLower(text))
}

func (c *Command) isCalled(name string) bool {
	return c.Name == name || slices.Contains(c.Aliases, name)
}

// resolve finds the command that arguments are for, by its name, an alias, or a beginning
// of its name that no other command with arguments shares.
func (p *Page) resolve(name string) (*Command, error) {
	var begin []*Command
	for i := range p.commands {
		c := &p.commands[i]
		if c.isCalled(name) {
			if c.Usage == "" {
				return nil, fmt.Errorf("%s takes nothing after its name", name)
			}
			return c, nil
		}
		if c.Usage != "" && strings.HasPrefix(c.Name, name) {
			begin = append(begin, c)
		}
	}
	switch len(begin) {
	case 1:
		return begin[0], nil
	case 0:
		return nil, fmt.Errorf("no command is called %q", name)
	default:
		return nil, fmt.Errorf("%q may be %s or %s", name, begin[0].Name, begin[1].Name)
	}
}

// paletteColumns is the widths of the columns, in cells.
type paletteColumns struct{ name, does, where, key int }

// columns makes the columns wide enough for all commands, so that they do not move while
// the user types. In a narrow window the column of places is left out first; names are
// never cut.
func (p *Page) columns(w int) paletteColumns {
	const least = 24 // cells for a readable description
	var c paletteColumns
	for i := range p.commands {
		command := &p.commands[i]
		c.name = max(c.name, kit.Width(command.Name+" "+command.Usage))
		c.does = max(c.does, kit.Width(command.Does))
		c.where = max(c.where, kit.Width(command.Where))
		c.key = max(c.key, min(kit.Width(command.Key), kit.HelpKeyWidth))
	}
	room := w - 2*kit.RowEdge - kit.ColumnGap - c.name - kit.ColumnGap - kit.ColumnGap - c.key
	if room < least+kit.ColumnGap+c.where {
		c.where = 0
	} else {
		room -= kit.ColumnGap + c.where
	}
	c.does = min(c.does, room)
	return c
}

func (p *Page) draw(r *paletteRow, w int, c paletteColumns, selected bool) string {
	l := kit.StartRow(p.styles, w, selected).Space(kit.ColumnGap)
	if _, _, hasArgs := p.split(); hasArgs {
		return l.Put(p.styles.Text, printable.Prefix(r.args, max(w, 0))).String()
	}
	rest := l.Rest()
	p.putName(l, r)
	l.Put(p.styles.Dim, " "+r.command.Usage)
	l.Space(c.name - (rest - l.Rest())).Space(kit.ColumnGap)
	text, does := p.styles.Text, r.command.Does
	if r.command.Why != "" {
		text, does = p.styles.Dim, "─ "+r.command.Why
	}
	l.Left(text, does, c.does)
	if c.where > 0 {
		l.Space(kit.ColumnGap).Left(p.styles.Dim, r.command.Where, c.where)
	}
	return l.Space(kit.ColumnGap).Left(p.styles.Key, r.command.Key, c.key).String()
}

// putName writes the name, with the characters that were typed highlighted. Names are
// ASCII.
func (p *Page) putName(l *kit.Line, r *paletteRow) {
	name := p.styles.Accent
	if r.command.Why != "" {
		name = p.styles.Dim
	}
	at := 0
	for _, hit := range r.hits {
		if hit < len(r.command.Name) && hit >= at {
			l.Put(name, r.command.Name[at:hit]).Put(p.styles.Match, r.command.Name[hit:hit+1])
			at = hit + 1
		}
	}
	l.Put(name, r.command.Name[at:])
}
