package views

import (
	"strconv"
	"time"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/printable"
)

// footRows is how many rows below the message say where the cursor is.
func (v *Inspector) footRows() int {
	const few = 5
	if v.h < few {
		return 0
	}
	return 1
}

// View draws the message. A message does not age: the time is not needed.
func (v *Inspector) View(*feed.Feed, time.Time) []string {
	in, page := v.layout(), v.page()
	v.reader.settle(in, page)
	inner := Rect{W: v.w, H: v.h}.Inner()
	rows := make([]string, 0, inner.H)
	last := v.reader.top
	for _, s := range v.reader.rows(in, page) {
		l := v.edge(inner.W, s)
		in.draw(l, s)
		rows = append(rows, l.String())
		last = s
	}
	if v.footRows() > 0 {
		rows = append(rows, blank(inner.W, page-len(rows))...)
		rows = append(rows, v.foot(inner.W))
	}
	panel := Panel{Title: v.title(), Note: v.note(last), Focused: true}
	return panel.View(*v.styles, v.w, v.h, rows)
}

// edge begins a row with the mark of the cursor.
func (v *Inspector) edge(width int, s spot) *Line {
	return StartRow(v.styles, width, s == v.reader.cursor)
}

// title tells what is known of the message beside its payload.
func (v *Inspector) title() []Span {
	s, e := v.styles, v.entry
	dash := Span{s.Border, " ─ "}
	size := human.Count(uint64(e.Size)) + " B"
	if rest := e.Size - len(e.Data); rest > 0 {
		size += ", " + human.Count(uint64(rest)) + " not kept"
	}
	return []Span{
		{s.Strong, printable.Prefix(e.Topic, max(v.w/2, 0))}, dash,
		{s.Text, e.At.Format("2006-01-02 " + human.ClockLayout)}, dash,
		{s.Text, size}, dash,
		{s.Dim, "message " + human.Count(e.Seq)},
	}
}

// note says how the payload is shown, and how far down its last row is.
func (v *Inspector) note(last spot) []Span {
	words := [...]string{formatPretty: "pretty", formatRaw: "raw", formatHex: "hex"}[v.showing()]
	if v.entry.Data == "" {
		words = "empty payload"
	}
	end, more := v.shown.next(last)
	if _, above := v.shown.prev(v.reader.top); above || more {
		percent := 100
		if more {
			percent = min(100*end.offset/max(len(v.entry.Data), 1), 99)
		}
		words += " ─ " + strconv.Itoa(percent) + " %"
	}
	return []Span{{v.styles.Dim, words}}
}

// foot says where the cursor is, and what the search has found.
func (v *Inspector) foot(width int) string {
	found, paint := v.searchWords()
	l := NewLine(width, Paint{}).Space(rowEdge)
	room := max(width-2*rowEdge, 0)
	if cells := Width(found); cells > 0 {
		room -= cells + columnGap
	}
	v.putPlace(l, room)
	l.Space(room + rowEdge - l.used)
	if found != "" {
		l.Space(columnGap).Put(paint, found)
	}
	return l.String()
}

// putPlace puts the path of what is under the cursor.
func (v *Inspector) putPlace(l *Line, room int) {
	words := ""
	if v.showing() != formatPretty && v.entry.Data != "" {
		words = "byte " + human.Count(uint64(v.reader.cursor.offset)) + "  "
	}
	words, cells := Cut(words, room)
	l.Put(v.styles.Dim, words)
	room -= cells
	n, ok := v.node()
	if !ok {
		if err := v.tree.tree.Err(); !v.pretty && err != nil && v.entry.Data != "" {
			words, _ := Cut("no JSON: "+err.Error(), room)
			l.Put(v.styles.Dim, words)
		}
		return
	}
	path, whole := v.tree.tree.PathEnd(n, max(room, 0))
	path = pathEnd(path, whole, room)
	l.Put(v.styles.Accent, path)
	t := v.tree.tree
	if what := t.Kind(n).String() + ", " + human.Count(uint64(len(t.Value(n)))) + " B"; Width(path)+columnGap+len(what) <= room {
		l.Space(columnGap).Put(v.styles.Dim, what)
	}
}

// searchWords say what the search has found.
func (v *Inspector) searchWords() (string, Paint) {
	s := &v.search
	n := human.Count(uint64(len(v.hits.at)))
	if v.hits.more {
		n += "+"
	}
	const room = 24
	expr, _ := Cut(printable.Prefix(s.text, room), room)
	switch {
	case s.re == nil:
		return "", Paint{}
	case s.due:
		return "searching /" + expr + "/" + Ellipsis, v.styles.Dim
	case len(v.hits.at) == 0:
		return "no hit for /" + expr + "/", v.styles.Warn
	case v.hits.on < 0:
		return n + " " + human.Plural(uint64(len(v.hits.at)), "hit") + " for /" + expr + "/", v.styles.Match
	default:
		return "hit " + human.Count(uint64(v.hits.on+1)) + " of " + n + " for /" + expr + "/", v.styles.Match
	}
}
