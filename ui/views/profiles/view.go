package profiles

import (
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/ui/views/kit"
)

// profileColumns is the widths of the columns after the marks, in cells. A column of width
// 0 is left out.
type profileColumns struct{ name, addr, user, properties, test int }

// columns makes each column as wide as its texts, up to a bound. In a narrow window the
// address is cut first, and then the user is left out: what is dangerous about a profile
// must stay.
func (p *Page) columns(w int) profileColumns {
	c := profileColumns{name: len("profile"), addr: len("broker"), user: len("user")}
	for _, of := range p.all {
		c.name = max(c.name, kit.Width(printable.Prefix(of.Name, 24)))
		c.addr = max(c.addr, kit.Width(printable.Prefix(of.Addr, 40)))
		c.user = max(c.user, kit.Width(printable.Prefix(of.User, 16)))
		c.properties = max(c.properties, kit.SpansWidth(p.properties(of)))
	}
	if len(p.tests) > 0 {
		c.test = 11
	}
	const marks, gaps, leastAddr = 3, 5, 14 // with a blank at the end
	spare := func() int { return w - marks - gaps - c.name - c.addr - c.user - c.properties - c.test }
	c.addr = max(c.addr+min(spare(), 0), min(c.addr, leastAddr))
	if spare() < 0 {
		c.user = 0
	}
	if spare() < 0 {
		c.addr = 0
	}
	c.properties += max(spare(), 0)
	return c
}

// View draws the page.
func (p *Page) View(*feed.Feed, time.Time) []string {
	inner := kit.Rect{W: p.w, H: p.h}.Inner()
	panel := kit.Panel{
		Title:   []kit.Span{p.styles.Strong.Span("Profiles"), p.styles.Dim.Span(" " + human.Count(uint64(len(p.all))))},
		Focused: true,
	}
	if room := panel.TitleRoom(p.w) - 12; room > 0 {
		panel.Note = []kit.Span{p.styles.Dim.Span(printable.Prefix(p.file, room))}
	}
	below := p.bottomRows(inner.W)
	var rows []string
	if len(p.all) == 0 && p.err == nil {
		rows = p.emptyRows(inner.W)
	} else {
		rows = p.table(inner.W, inner.H-len(below))
	}
	if pad := inner.H - len(rows) - len(below); pad > 0 {
		rows = append(rows, kit.Blank(inner.W, pad)...)
	}
	return panel.View(*p.styles, p.w, p.h, append(rows, below...))
}

// emptyRows says how to begin, while there are no profiles.
func (p *Page) emptyRows(w int) []string {
	var rows []string
	for _, text := range []string{
		"",
		"There is no profile yet.",
		"",
		kit.Press(p.actions.Key("profiles.add"), "to add one: a name, a broker, and who logs in there,"),
		kit.Press(p.actions.Key("profiles.edit"), "to write the file yourself."),
		"joltui config init writes one with every setting in it.",
	} {
		rows = append(rows, kit.NewLine(w, kit.Paint{}).Space(2).Put(p.styles.Text, text).String())
	}
	return rows
}

func (p *Page) table(w, h int) []string {
	c := p.columns(w)
	l := kit.NewLine(w, kit.Paint{}).Space(3)
	for _, column := range []struct {
		title string
		width int
	}{{"profile", c.name}, {"broker", c.addr}, {"user", c.user}} {
		if column.width > 0 {
			l.Left(p.styles.Dim, column.title, column.width).Space(1)
		}
	}
	rows := []string{l.String()}
	return append(rows, p.cursor.Draw(max(h-1, 0), func(i uint64, selected bool) string {
		return p.row(p.all[i], w, c, selected)
	})...)
}

func (p *Page) row(of Profile, w int, c profileColumns, selected bool) string {
	l := kit.StartRow(p.styles, w, selected)
	if of.Name == p.inUse {
		l.Put(p.styles.OK, "●").Space(1)
	} else {
		l.Space(2)
	}
	l.Left(p.styles.Strong, printable.Prefix(of.Name, c.name+1), c.name).Space(1)
	if c.addr > 0 {
		l.Left(p.styles.Text, printable.Prefix(of.Addr, c.addr+1), c.addr).Space(1)
	}
	if c.user > 0 {
		l.Left(p.styles.Dim, printable.Prefix(of.User, c.user+1), c.user).Space(1)
	}
	like := p.properties(of)
	kit.PutSpans(l, like)
	l.Space(c.properties - kit.SpansWidth(like))
	if c.test > 0 {
		paint, text := p.outcome(of.Name)
		l.Space(1).Right(paint, text, c.test)
	}
	return l.String()
}

// properties lists the properties of a profile, the dangerous one first.
func (p *Page) properties(of Profile) []kit.Span {
	var spans []kit.Span
	put := func(on bool, paint kit.Paint, text string) {
		if !on {
			return
		}
		if len(spans) > 0 {
			text = "  " + text
		}
		spans = append(spans, paint.Span(text))
	}
	put(of.NotVerified, p.styles.Warn, "TLS not verified")
	put(of.TLS && !of.NotVerified, p.styles.Text, "TLS")
	put(of.ReadOnly, p.styles.Text, "read-only")
	put(of.Default, p.styles.Dim, "default")
	return spans
}

// outcome says how the latest test of a profile ended, in at most 11 cells.
func (p *Page) outcome(name string) (kit.Paint, string) {
	t, tested := p.tests[name]
	switch {
	case !tested:
		return p.styles.Dim, ""
	case !t.Done:
		return p.styles.Warn, "◌ testing…"
	case t.Err != nil:
		return p.styles.Error, "✗ failed"
	default:
		return p.styles.OK, "✓ " + human.Duration(t.RTT)
	}
}

// bottomRows says, at the bottom of the page, what is wrong with the file, or how the test of
// the selected profile ended.
func (p *Page) bottomRows(w int) []string {
	selected, any := p.selected()
	t, tested := p.tests[selected.Name]
	switch {
	case p.err != nil:
		return p.lines(w, p.styles.Error, "✗ "+p.err.Error()+"; "+kit.Press(p.actions.Key("profiles.edit"), "to put it right"))
	case !any || !tested || !t.Done:
		return nil
	case t.Err != nil:
		return p.lines(w, p.styles.Error, "✗ "+selected.Name+": "+t.Err.Error())
	case selected.User != "":
		return p.lines(w, p.styles.OK, "✓ "+selected.Name+" let "+selected.User+" in, and answered in "+human.Duration(t.RTT))
	default:
		return p.lines(w, p.styles.OK, "✓ "+selected.Name+" answered in "+human.Duration(t.RTT))
	}
}

// lines draws an untrusted text in rows of w cells, broken between words.
func (p *Page) lines(w int, paint kit.Paint, text string) []string {
	const edge, most = 2, 2000
	var rows []string
	for line := range strings.SplitSeq(ansi.Wrap(printable.Prefix(text, most), max(w-2*edge, 1), ""), "\n") {
		rows = append(rows, kit.NewLine(w, kit.Paint{}).Space(edge).Put(paint, line).String())
	}
	return rows
}
