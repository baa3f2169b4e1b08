package inspect

import (
	"strconv"
	"time"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/ui/views/kit"
)

// footRows returns how many rows there are below the message, to say where the cursor is.
func (v *Page) footRows() int {
	const few = 5
	if v.h < few {
		return 0
	}
	return 1
}

// View draws the message. It does not depend on the time.
func (v *Page) View(*feed.Feed, time.Time) []string {
	in, page := v.layout(), v.page()
	v.viewport.settle(in, page)
	inner := kit.Rect{W: v.w, H: v.h}.Inner()
	rows := make([]string, 0, inner.H)
	last := v.viewport.top
	for _, s := range v.viewport.rows(in, page) {
		l := v.edge(inner.W, s)
		in.draw(l, s)
		rows = append(rows, l.String())
		last = s
	}
	if v.footRows() > 0 {
		rows = append(rows, kit.Blank(inner.W, page-len(rows))...)
		rows = append(rows, v.foot(inner.W))
	}
	panel := kit.Panel{Title: v.title(), Note: v.note(last), Focused: v.focused}
	return panel.View(*v.styles, v.w, v.h, rows)
}

// edge begins a row, with the cursor sign if the cursor is on it.
func (v *Page) edge(width int, s rowPosition) *kit.Line {
	return kit.StartRow(v.styles, width, v.focused && s == v.viewport.cursor)
}

// title shows the topic, the time, the size and the number of the message.
func (v *Page) title() []kit.Span {
	s, e := v.styles, v.entry
	dash := s.Border.Span(" ─ ")
	size := human.Count(uint64(e.Size)) + " B"
	if rest := e.Size - len(e.Data); rest > 0 {
		size += ", " + human.Count(uint64(rest)) + " not kept"
	}
	return []kit.Span{
		s.Strong.Span(printable.Name(e.Topic, max(v.w/2, 0))), dash,
		s.Text.Span(e.At.Format("2006-01-02 " + human.ClockLayout)), dash,
		s.Text.Span(size), dash,
		s.Dim.Span("message " + human.Count(e.Seq)),
	}
}

// note says how the payload is shown, and how much of it is above the end of the screen.
func (v *Page) note(last rowPosition) []kit.Span {
	words := [...]string{formatPretty: "pretty", formatRaw: "raw", formatHex: "hex"}[v.showing()]
	if v.entry.Data == "" {
		words = "empty payload"
	}
	end, more := v.shown.next(last)
	if _, above := v.shown.prev(v.viewport.top); above || more {
		percent := 100
		if more {
			percent = min(100*end.offset/max(len(v.entry.Data), 1), 99)
		}
		words += " ─ " + strconv.Itoa(percent) + " %"
	}
	return []kit.Span{v.styles.Dim.Span(words)}
}

// foot says where the cursor is, and what the search has found.
func (v *Page) foot(width int) string {
	found, paint := v.searchWords()
	l := kit.NewLine(width, kit.Paint{}).Space(kit.RowEdge)
	room := max(width-2*kit.RowEdge, 0)
	if cells := kit.Width(found); cells > 0 {
		room -= cells + kit.ColumnGap
	}
	v.putPosition(l, room)
	l.Space(room + kit.RowEdge - l.Used)
	if found != "" {
		l.Space(kit.ColumnGap).Put(paint, found)
	}
	return l.String()
}

// putPosition writes the path of the value under the cursor, and in raw and hex its offset.
func (v *Page) putPosition(l *kit.Line, room int) {
	words := ""
	if v.showing() != formatPretty && v.entry.Data != "" {
		words = "byte " + human.Count(uint64(v.viewport.cursor.offset)) + "  "
	}
	words, cells := kit.Cut(words, room)
	l.Put(v.styles.Dim, words)
	room -= cells
	n, ok := v.node()
	if !ok {
		if err := v.tree.tree.Err(); !v.pretty && err != nil && v.entry.Data != "" {
			words, _ := kit.Cut("no JSON: "+err.Error(), room)
			l.Put(v.styles.Dim, words)
		}
		return
	}
	path, whole := v.tree.tree.PathEnd(n, max(room, 0))
	path = kit.PathEnd(path, whole, room)
	l.Put(v.styles.Accent, path)
	t := v.tree.tree
	if what := t.Kind(n).String() + ", " + human.Count(uint64(len(t.Value(n)))) + " B"; kit.Width(path)+kit.ColumnGap+len(what) <= room {
		l.Space(kit.ColumnGap).Put(v.styles.Dim, what)
	}
}

// searchWords says what the search has found.
func (v *Page) searchWords() (string, kit.Paint) {
	s := &v.search
	n := human.Count(uint64(len(v.hits.at)))
	if v.hits.more {
		n += "+"
	}
	const room = 24
	expr, _ := kit.Cut(printable.Prefix(s.text, room), room)
	switch {
	case s.re == nil:
		return "", kit.Paint{}
	case s.due:
		return "searching /" + expr + "/" + kit.Ellipsis, v.styles.Dim
	case len(v.hits.at) == 0:
		return "no hit for /" + expr + "/", v.styles.Warn
	case v.hits.selected < 0:
		return n + " " + human.Plural(uint64(len(v.hits.at)), "hit") + " for /" + expr + "/", v.styles.Match
	default:
		return "hit " + human.Count(uint64(v.hits.selected+1)) + " of " + n + " for /" + expr + "/", v.styles.Match
	}
}
