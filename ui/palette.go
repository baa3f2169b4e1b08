package ui

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/ui/keys"
	"joltui/ui/layout"
	"joltui/ui/views/kit"
	"joltui/ui/views/palette"
)

// commanding is the feature of the palette, which runs every action and every command by
// its name.
type commanding struct {
	*desk
	set      keys.Set[*commanding]
	page     *palette.Page
	features []feature // all features, for their commands
	recent   []string  // the names of commands that were run, the latest first
}

func newCommanding(d *desk) *commanding {
	return &commanding{
		desk: d,
		page: palette.New(&d.styles, palette.Actions()),
		set: keys.Set[*commanding]{
			{Name: "palette", Group: "Do", Where: keys.Anywhere(), Key: keys.Bind(": ctrl+p", "commands", ":", "ctrl+p"), Opens: palette.Place(), Run: keys.Do((*commanding).open)},
		},
	}
}

func (c *commanding) entries() keys.Table {
	return append(c.set.Entries(func() *commanding { return c }), c.page.Entries()...)
}

func (c *commanding) open() {
	c.page.Open(c.all(), arguments{c})
	c.push(c.page)
}

// all returns all actions and all commands: first those that were run lately, then those of
// the place that the user is in, last those that can do nothing from there.
func (c *commanding) all() []palette.Command {
	var all []palette.Command
	here, _ := c.places(c.page)
	for i := range c.table {
		e := &c.table[i]
		if !e.On() {
			continue
		}
		h := e.Key().Help()
		one := palette.Command{
			Name: e.Name, Does: h.Desc, Where: e.Where.String(), Why: c.why(e), Loses: e.Loses(),
			Here: e.Where.OfOnePlace() && e.WorksIn(here),
		}
		if e.HasKey() {
			one.Key = h.Key
		}
		all = append(all, one)
	}
	for _, extra := range c.extras() {
		i := slices.IndexFunc(all, func(other palette.Command) bool { return other.Name == extra.name })
		if i < 0 {
			all = append(all, palette.Command{Name: extra.name})
			i = len(all) - 1
		}
		if extra.does != "" {
			all[i].Does = extra.does
		}
		if extra.usage == "" && extra.does != "" { // its key does something else
			all[i].Key = ""
		}
		all[i].Aliases, all[i].Usage = extra.aliases, extra.usage
	}
	slices.SortStableFunc(all, func(a, b palette.Command) int { return c.rank(a) - c.rank(b) })
	return all
}

// rank returns a number by which commands are sorted.
func (c *commanding) rank(of palette.Command) int {
	switch at := slices.Index(c.recent, of.Name); {
	case of.Why != "":
		return 3
	case at >= 0:
		return at - len(c.recent)
	case of.Here:
		return 0
	case strings.HasPrefix(of.Name, "move."): // everybody has keys for that
		return 2
	default:
		return 1
	}
}

// why says why an action can do nothing from here, or now; "" where it can.
func (c *commanding) why(e *keys.Entry) string {
	if !c.reaches(e) {
		here, below := c.places(c.page)
		return c.table.Whereabouts(here, below, e)
	}
	return c.table.Words(e.Why(c.feed))
}

// carry closes the palette and runs the command that was chosen there.
func (c *commanding) carry(in kit.Intent) (tea.Cmd, bool) {
	chosen, ok := in.(palette.RunCommand)
	if !ok {
		return nil, false
	}
	c.pages.remove(c.page)
	c.recent = slices.DeleteFunc(c.recent, func(name string) bool { return name == chosen.Name })
	c.recent = slices.Insert(c.recent, 0, chosen.Name)
	extra := c.command(chosen.Name)
	switch {
	case extra != nil && chosen.Ask:
		return c.askArguments(extra, chosen.Args), true
	case extra != nil && (chosen.Args != "" || extra.usage == ""):
		return extra.run(chosen.Args), true
	}
	if e := c.table.Named(chosen.Name); e != nil {
		return c.run(e), true
	}
	if extra != nil {
		return extra.run(""), true
	}
	return nil, true
}

// askArguments opens the question that a command has for its arguments, where it can be seen
// what they do.
func (c *commanding) askArguments(of *command, args string) tea.Cmd {
	c.pages.close()
	q, cmd := of.ask()
	c.prompt.Ask(q)
	if q.Suggest != nil && args == "" { // it begins with something to complete
		return cmd
	}
	return tea.Batch(cmd, c.do(c.prompt.Type(args)))
}

// run goes where an action works, and runs it. An action of the page below the palette is
// run there; the palette runs none of another page.
func (c *commanding) run(e *keys.Entry) tea.Cmd {
	below := c.pageBelow()
	if e.Where != keys.Always() && (below == nil || !e.WorksIn(below.Place())) && !c.inDetail(e) {
		c.pages.close()
		c.leave()
		c.goTo(e.Where)
	}
	return c.do(e.Run(c.feed))
}

// reaches reports whether an action can be run from here.
func (c *commanding) reaches(e *keys.Entry) bool {
	below := c.pageBelow()
	return e.Where.OnDashboard() || below != nil && e.Where == below.Place() || c.inDetail(e)
}

// inDetail reports whether an action works in the message beside the streams, which has the
// focus.
func (c *commanding) inDetail(e *keys.Entry) bool {
	return c.pageBelow() == nil && c.focus == layout.RegionDetail && e.WorksIn(c.detail.Place())
}

// pageBelow returns the page below the palette; nil is the dashboard.
func (c *commanding) pageBelow() page {
	return slices.DeleteFunc(slices.Clone(c.pages), func(p page) bool { return p == page(c.page) }).top()
}
