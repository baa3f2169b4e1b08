package ui

import (
	"slices"

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
			{Name: "palette", Group: "Do", Where: keys.Anywhere(), Key: keys.Bind(": ctrl+p", "commands", ":", "ctrl+p"), Run: keys.Do((*commanding).open)},
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

// all returns all actions and all commands: first those that were run lately, last those
// that cannot be run from where the user is.
func (c *commanding) all() []palette.Command {
	var all []palette.Command
	for i := range c.table {
		e := &c.table[i]
		if !e.On() {
			continue
		}
		h := e.Key().Help()
		one := palette.Command{Name: e.Name, Does: h.Desc, Where: e.Where.String(), Away: !c.reaches(e)}
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
		all[i].Aliases, all[i].Usage = extra.aliases, extra.usage
	}
	slices.SortStableFunc(all, func(a, b palette.Command) int { return c.rank(a) - c.rank(b) })
	return all
}

// rank returns a number by which commands are sorted: negative for those that were run
// lately, the lower the later; 1 for those that cannot be run from here; else 0.
func (c *commanding) rank(of palette.Command) int {
	switch at := slices.Index(c.recent, of.Name); {
	case at >= 0:
		return at - len(c.recent)
	case of.Away:
		return 1
	default:
		return 0
	}
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
	if extra := c.command(chosen.Name); extra != nil && (chosen.Args != "" || extra.usage == "") {
		return extra.run(chosen.Args), true
	}
	if e := c.table.Named(chosen.Name); e != nil {
		return c.run(e), true
	}
	return nil, true
}

// run goes where an action works, and runs it. An action of the page below the palette is
// run there; one of another page cannot be run.
func (c *commanding) run(e *keys.Entry) tea.Cmd {
	below := c.pageBelow()
	switch {
	case !c.reaches(e):
		c.mention(e.Name + " is for another place: " + e.Where.String())
		return nil
	case e.Where == keys.Always(), below != nil && e.WorksIn(below.Place()), c.inDetail(e):
	default:
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
