package palette

import (
	"cmp"
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

// findNames lists the commands that match a name: first the one with that name or alias,
// then those whose name begins so, then those that have these characters in this order,
// the best first.
func (p *Page) findNames(name string) {
	matches := fuzzy.FindFrom(name, commandWords(p.commands))
	rank := func(m fuzzy.Match) int {
		switch c := &p.commands[m.Index]; {
		case c.isCalled(name):
			return 0
		case strings.HasPrefix(c.Name, name):
			return 1
		default:
			return 2
		}
	}
	slices.SortStableFunc(matches, func(a, b fuzzy.Match) int { return cmp.Compare(rank(a), rank(b)) })
	for _, m := range matches {
		p.rows = append(p.rows, paletteRow{command: &p.commands[m.Index], hits: m.MatchedIndexes})
	}
}

// commandWords is the text by which commands are found. It implements [fuzzy.Source].
type commandWords []Command

// Len returns the number of commands.
func (c commandWords) Len() int { return len(c) }

// String returns the name, the description and the aliases of a command.
func (c commandWords) String(i int) string {
	return strings.Join(append([]string{c[i].Name, c[i].Does}, c[i].Aliases...), " ")
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
	text := p.styles.Text
	if r.command.Away {
		text = p.styles.Dim
	}
	l.Left(text, r.command.Does, c.does)
	if c.where > 0 {
		l.Space(kit.ColumnGap).Left(p.styles.Dim, r.command.Where, c.where)
	}
	return l.Space(kit.ColumnGap).Left(p.styles.Key, r.command.Key, c.key).String()
}

// putName writes the name, with the characters that were typed highlighted. Names are
// ASCII.
func (p *Page) putName(l *kit.Line, r *paletteRow) {
	name := p.styles.Accent
	if r.command.Away {
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
