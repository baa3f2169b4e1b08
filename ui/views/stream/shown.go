package stream

import (
	"strings"

	"joltui/internal/feed"
	"joltui/internal/fields"
	"joltui/internal/printable"
	"joltui/ui/views/kit"
)

// shown is a payload as the rows of a stream show it: the beginning, printable. It is made
// once for as long as its row stays on screen.
type shown struct {
	fields.Text
	compared bool // with the message before it
	drawn    bool // in an earlier frame
	runs     []kit.Run

	painted kit.Painted // one row of it, cut to so many bytes; 0: not painted yet
	room    int
}

// shownRows keeps what the latest frames showed, by the number of the message.
type shownRows struct {
	kit.Recent[shown]
	cells  int  // as many as a payload may show
	plain  bool // JSON has no colours
	styles kit.Styles
	inks   []kit.Paint
	flood  flood
}

// The inks of a row: what is no value, then the values; with inkChanged added those that
// have changed.
const (
	inkQuiet uint8 = iota
	inkString
	inkNumber
	inkLiteral
	inkChanged
)

// prepare forgets all if payloads are to be shown otherwise from now on.
func (r *shownRows) prepare(cells int, plain bool, s *kit.Styles) {
	if r.cells != cells || r.plain != plain || r.styles != *s || r.inks == nil {
		*r = shownRows{cells: cells, plain: plain, styles: *s}
		r.inks = []kit.Paint{s.Quiet, s.String, s.Number, s.Literal, s.Quiet}
		for _, p := range r.inks[inkString:inkChanged] {
			r.inks = append(r.inks, p.And(s.Changed))
		}
	}
}

// of returns what a message shows. Only JSON is kept: other text takes less time to make
// than to find.
func (r *shownRows) of(e *feed.Entry) *shown {
	if r.plain || r.flood.on || !beginsJSON(e.Data) {
		return &shown{Text: fields.Text{Text: printable.Prefix(e.Data, r.cells)}}
	}
	row, fresh := r.Get(e.Seq)
	if !fresh {
		row.drawn = row.drawn || r.Was(e.Seq)
		return row
	}
	*row = shown{Text: fields.Text{Text: printable.Prefix(e.Data, r.cells), Parts: row.Parts[:0]}, runs: row.runs[:0]}
	row.Parts, row.Ending = fields.Scan(row.Parts, row.Text.Text, true)
	return row
}

// beginsJSON reports whether a payload may be an object or an array.
func beginsJSON(data string) bool {
	data = strings.TrimLeft(data[:min(len(data), 100)], " \t\r\n")
	return data != "" && (data[0] == '{' || data[0] == '[')
}

// compare marks what has changed since the message before, nil if that is not known.
func (r *shownRows) compare(row *shown, before *feed.Entry) {
	row.compared = true
	if before != nil {
		row.MarkChanged(&r.of(before).Text)
	}
	for i := range row.Parts {
		p := &row.Parts[i]
		if p.Kind < fields.String {
			continue
		}
		ink := inkString + uint8(p.Kind-fields.String)
		if p.Changed {
			ink += inkChanged
		}
		row.runs = append(row.runs, kit.Run{End: int(p.Start), Ink: inkQuiet}, kit.Run{End: int(p.End), Ink: ink})
	}
}

// before returns the message before the one at pos on its topic, if there is one and no gap
// is between them.
func (g *grid) before(pos uint64, e *feed.Entry) *feed.Entry {
	if above := g.rows.At(pos - 1); above != nil && !g.stream.source.hides() && above.Topic == e.Topic && above.Gap == nil {
		return above
	}
	t := g.feed.Topic(e.Topic)
	if t == nil {
		return nil
	}
	rows := t.History().Window()
	above := rows.At(findSeq(rows, e.Seq) - 1)
	if above == nil || above.Gap != nil {
		return nil
	}
	return above
}

// runs returns the runs of a row of JSON; nil for any other row, and for one that is dimmed.
func (g *grid) runs(pos uint64, e *feed.Entry, row *shown) []kit.Run {
	if row.Ending == fields.NotJSON || g.isDimmed(pos) {
		return nil
	}
	if !row.compared {
		g.stream.shown.compare(row, g.before(pos, e))
	}
	return row.runs
}

// payload is what a row is drawn with.
type payload struct {
	row   *shown
	runs  []kit.Run // nil: all is in one paint
	paint kit.Paint
	hits  [][]int
	keep  bool // it may be drawn as in an earlier frame: without hits, and not under the cursor
}

// putPayload writes a stretch of a payload that begins at byte start of what is shown.
func (g *grid) putPayload(l *kit.Line, p *payload, text string, start int) {
	inks, row := g.stream.shown.inks, p.row
	switch {
	case p.runs == nil:
		l.PutHits(p.paint, g.stream.styles.Match, text, start, p.hits)
	case !p.keep || !row.drawn:
		l.PutRuns(inks, g.stream.styles.Match, p.runs, text, start, p.hits)
	default:
		if row.room != len(text) {
			row.painted, row.room = kit.PaintRuns(inks, p.runs, text), len(text)
		}
		l.PutPainted(row.painted)
	}
}
