package stream

import (
	"joltui/internal/human"
	"joltui/ui/views/kit"
)

// signWidth is how many cells the sign of a row and the blank after it take, if rows have
// signs.
const signWidth = 2

// The signs left of a row, which show without colours, too.
const (
	markSign      = "◆"
	hitSign       = "•"
	markedHitSign = "◈"
)

// hasSigns reports whether rows may have a sign.
func (s *Pane) hasSigns() bool { return s.signsHits() || len(s.marks()) > 0 }

// signsHits reports whether hits need a sign: other rows are shown among them.
func (s *Pane) signsHits() bool {
	return s.source.index != nil && (!s.source.hides() || s.options.Context > 0)
}

// edge begins a line with the cursor sign, and the sign of the row on its first line.
func (g *grid) edge(pos uint64, first bool) *kit.Line {
	s := g.stream
	selected := g.selected(pos)
	if !first {
		return kit.ContinueRow(s.styles, g.width, selected).Space(g.gutter - kit.RowEdge)
	}
	l := kit.StartRow(s.styles, g.width, selected)
	if g.gutter == kit.RowEdge {
		return l
	}
	marked, hit := s.isMarked(g.rows.At(pos)), s.signsHits() && s.source.isHit(pos)
	switch {
	case marked && hit:
		l.Put(s.styles.Warn, markedHitSign)
	case marked:
		l.Put(s.styles.Warn, markSign)
	case hit:
		l.Put(s.styles.Accent, hitSign)
	default:
		l.Space(1)
	}
	return l.Space(signWidth - 1)
}

// selected reports whether the row at pos is shown as the one under the cursor.
func (g *grid) selected(pos uint64) bool { return g.stream.focused && pos == g.stream.cursor.At() }

// isDimmed reports whether the row at pos is dimmed because it is no hit.
func (g *grid) isDimmed(pos uint64) bool {
	s := g.stream
	return s.options.Filter != ShowOthers && s.signsHits() && s.source.isOther(pos)
}

// paint returns the paint of the payload of the row at pos.
func (g *grid) paint(pos uint64) kit.Paint {
	if g.isDimmed(pos) {
		return g.stream.styles.Dim
	}
	return g.stream.styles.Text
}

// hitsIn returns where the filter matches the text of a row. It does not try a row that is
// known to be no hit: text is only a part of the payload, and may match where the whole does
// not.
func (g *grid) hitsIn(pos uint64, text string) [][]int {
	if g.stream.source.isOther(pos) {
		return nil
	}
	return g.stream.source.filter.Find(text)
}

// separator returns how many lines are above the row at pos, if there is room: one where a
// day begins, one where what is kept ends, and one that says that rows are hidden before it.
// Without context there are none of the latter: rows would be hidden almost everywhere.
func (g *grid) separator(pos uint64) int {
	n := 0
	if g.tellsLeftOut(pos) {
		n++
	}
	if g.keptEnds(pos) {
		n++
	}
	if g.dayBegins(pos) {
		n++
	}
	return min(n, max(g.height-1, 0))
}

// tellsLeftOut reports whether a line says what was left out before the row at pos.
func (g *grid) tellsLeftOut(pos uint64) bool {
	return g.stream.options.Context > 0 && g.leftOut(pos) > 0
}

// dayBegins reports whether the row at pos is the first of a day, where times of day are
// shown. What came today, at the beginning of the list, needs no date.
func (g *grid) dayBegins(pos uint64) bool {
	if g.stream.options.Times != TimeAbsolute {
		return false
	}
	before := g.now
	if e := g.rows.At(pos - 1); pos > g.rows.First() && e != nil {
		before = e.At
	}
	return !human.SameDay(before, g.rows.At(pos).At)
}

// drawSeparators appends the lines above the row at pos, without the first skip of them.
func (g *grid) drawSeparators(dst []string, pos uint64, skip int) []string {
	var lines []string
	if g.tellsLeftOut(pos) {
		lines = append(lines, g.drawLeftOut(pos))
	}
	if g.keptEnds(pos) {
		lines = append(lines, g.drawKeptEnd())
	}
	if g.dayBegins(pos) {
		lines = append(lines, kit.DayRow(g.stream.styles, g.width, g.gutter, g.rows.At(pos).At))
	}
	lines = lines[:g.separator(pos)]
	return append(dst, lines[min(skip, len(lines)):]...)
}

// leftOut returns how many rows the filter hides right before the one at pos.
func (g *grid) leftOut(pos uint64) uint64 {
	s := &g.stream.source
	if !s.hides() || pos <= g.rows.First() {
		return 0
	}
	before, held := s.place(pos - 1)
	if !held {
		return 0
	}
	place, _ := s.place(pos)
	return place - before - 1
}

func (g *grid) drawLeftOut(pos uint64) string {
	return g.drawHole(human.Count(g.leftOut(pos)) + " hidden")
}

// keptEnds reports whether the row at pos is the oldest that is held, after some that are
// only kept.
func (g *grid) keptEnds(pos uint64) bool {
	s := &g.stream.source
	return len(s.kept.rows) > 0 && pos == s.border()
}

// drawKeptEnd says what is missing among the rows that are only kept.
func (g *grid) drawKeptEnd() string {
	n, known := g.stream.source.othersGone()
	switch {
	case !known:
		return g.drawHole("kept from before the topic was forgotten")
	case n == 0:
		return g.drawHole("kept")
	default:
		return g.drawHole("kept; " + human.Counted(n, "other") + " no longer held")
	}
}

// drawHole draws a line that says what is not shown.
func (g *grid) drawHole(words string) string {
	l := kit.NewLine(g.width, kit.Paint{}).Space(g.gutter)
	words, _ = kit.Cut("┄┄ "+words+" ", l.Rest()-kit.RowEdge)
	return l.Put(g.stream.styles.Dim, words).Fill(g.stream.styles.Dim, "┄", kit.RowEdge).String()
}
