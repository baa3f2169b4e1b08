package views

import (
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"joltui/feed"
	"joltui/printable"
)

// profileColumns are the widths of the columns after the marks, in cells; 0
// leaves one out.
type profileColumns struct{ name, addr, user, test int }

// profileColumnsFor gives each column what its texts need, up to a bound. What is
// left over is for what a profile is like.
func profileColumnsFor(w int, all []Profile) profileColumns {
	c := profileColumns{name: len("profile"), addr: len("broker"), user: len("user"), test: 11}
	for _, p := range all {
		c.name = max(c.name, Width(printable.Prefix(p.Name, 24)))
		c.addr = max(c.addr, Width(printable.Prefix(p.Addr, 32)))
		c.user = max(c.user, Width(printable.Prefix(p.User, 16)))
	}
	const marks, like = 3, 10
	if w < marks+c.name+c.addr+c.user+like+c.test+4 {
		c.user = 0
	}
	if w < marks+c.name+c.addr+c.test+2 {
		c.addr = 0
	}
	return c
}

// View draws the page.
func (p *ProfilesPage) View(*feed.Feed, time.Time) []string {
	inner := Rect{W: p.w, H: p.h}.Inner()
	panel := Panel{
		Title:   []Span{{p.styles.Strong, "Profiles"}, {p.styles.Dim, " " + Count(uint64(len(p.all)))}},
		Focused: true,
	}
	if room := panel.titleRoom(p.w) - 12; room > 0 {
		panel.Note = []Span{{p.styles.Dim, printable.Prefix(p.file, room)}}
	}
	below := p.below(inner.W)
	var rows []string
	if len(p.all) == 0 && p.err == nil {
		rows = p.nothing(inner.W)
	} else {
		rows = p.table(inner.W, inner.H-len(below))
	}
	if pad := inner.H - len(rows) - len(below); pad > 0 {
		rows = append(rows, blank(inner.W, pad)...)
	}
	return panel.View(*p.styles, p.w, p.h, append(rows, below...))
}

// nothing says how to begin.
func (p *ProfilesPage) nothing(w int) []string {
	var rows []string
	for _, text := range []string{
		"",
		"There is no profile yet.",
		"",
		press(p.keys.Add, "to add one: a name, a broker, and who logs in there,"),
		press(p.keys.Edit, "to write the file yourself."),
		"joltui config init writes one with every setting in it.",
	} {
		rows = append(rows, NewLine(w, Paint{}).Space(2).Put(p.styles.Text, text).String())
	}
	return rows
}

func (p *ProfilesPage) table(w, h int) []string {
	c := profileColumnsFor(w, p.all)
	l := NewLine(w, Paint{}).Space(3)
	for _, column := range []struct {
		title string
		width int
	}{{"profile", c.name}, {"broker", c.addr}, {"user", c.user}} {
		if column.width > 0 {
			l.Left(p.styles.Dim, column.title, column.width).Space(1)
		}
	}
	rows := []string{l.String()}
	room := max(h-1, 0)
	p.cursor.page = room
	p.cursor.settle(0, uint64(len(p.all)), room, oneLine)
	for i := p.cursor.top.row; i < uint64(len(p.all)) && len(rows) <= room; i++ {
		rows = append(rows, p.row(p.all[i], w, c, i == p.cursor.pos))
	}
	return rows
}

func (p *ProfilesPage) row(of Profile, w int, c profileColumns, selected bool) string {
	l := NewLine(w, Paint{})
	if selected {
		l = NewLine(w, p.styles.Selected).Put(p.styles.Accent, "▸")
	} else {
		l.Space(1)
	}
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
	p.putLike(l, of, l.Rest()-c.test-1)
	paint, text := p.outcome(of.Name)
	return l.Space(1).Right(paint, text, l.Rest()-1).String()
}

// putLike puts what a profile is like, in at most width cells. What is dangerous
// comes first.
func (p *ProfilesPage) putLike(l *Line, of Profile, width int) {
	var spans []Span
	put := func(on bool, paint Paint, text string) {
		if !on || spansWidth(spans)+len(text)+2 > width {
			return
		}
		if len(spans) > 0 {
			text = "  " + text
		}
		spans = append(spans, Span{paint, text})
	}
	put(of.NotVerified, p.styles.Warn, "TLS not verified")
	put(of.TLS && !of.NotVerified, p.styles.Text, "TLS")
	put(of.ReadOnly, p.styles.Text, "read-only")
	put(of.Default, p.styles.Dim, "default")
	putSpans(l, spans)
	l.Space(width - spansWidth(spans))
}

// outcome is that of the latest test, in a few cells.
func (p *ProfilesPage) outcome(name string) (Paint, string) {
	t, tested := p.tests[name]
	switch {
	case !tested:
		return p.styles.Dim, ""
	case !t.Done:
		return p.styles.Warn, "◌ testing…"
	case t.Err != nil:
		return p.styles.Error, "✗ failed"
	default:
		return p.styles.OK, "✓ " + Duration(t.RTT)
	}
}

// below says at the bottom what is wrong with the file, or what came of testing
// the selected profile.
func (p *ProfilesPage) below(w int) []string {
	selected, any := p.selected()
	t, tested := p.tests[selected.Name]
	switch {
	case p.err != nil:
		return p.lines(w, p.styles.Error, "✗ "+p.err.Error()+"; "+press(p.keys.Edit, "to put it right"))
	case !any || !tested || !t.Done:
		return nil
	case t.Err != nil:
		return p.lines(w, p.styles.Error, "✗ "+selected.Name+": "+t.Err.Error())
	case selected.User != "":
		return p.lines(w, p.styles.OK, "✓ "+selected.Name+" let "+selected.User+" in, and answered in "+Duration(t.RTT))
	default:
		return p.lines(w, p.styles.OK, "✓ "+selected.Name+" answered in "+Duration(t.RTT))
	}
}

// lines breaks an untrusted text between words.
func (p *ProfilesPage) lines(w int, paint Paint, text string) []string {
	const edge, most = 2, 2000
	var rows []string
	for line := range strings.SplitSeq(ansi.Wrap(printable.Prefix(text, most), max(w-2*edge, 1), ""), "\n") {
		rows = append(rows, NewLine(w, Paint{}).Space(edge).Put(paint, line).String())
	}
	return rows
}
