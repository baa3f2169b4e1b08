package stream

import (
	"time"

	"joltui/internal/feed"
	"joltui/ui/views/columns"
	"joltui/ui/views/kit"
)

// tabular is what a stream needs to show its messages as a table.
type tabular struct {
	book *columns.Book // shared by all streams; nil: there are no tables
	view columns.View
	// The columns are chosen again when there are twice as many messages as at tried.
	tried uint64
}

// SetTables sets the tables of the topics, which several streams share.
func (s *Pane) SetTables(b *columns.Book) { s.tabular.book = b }

// Table returns how the messages of the stream are shown, which may be changed. The stream must
// have tables.
func (s *Pane) Table() *columns.Table { return s.tabular.book.Of(s.topic) }

// table returns the table that is shown, or nil.
func (s *Pane) table() *columns.Table {
	if s.tabular.book == nil {
		return nil
	}
	if t := s.tabular.book.Find(s.topic); t != nil && t.On {
		return t
	}
	return nil
}

// ToggleTable shows the messages as a table, or as they are again. It returns what the user
// should know about that.
func (s *Pane) ToggleTable(f *feed.Feed) (words string) {
	t := s.Table()
	t.Toggle()
	s.tabular.tried = 0
	if s.sync(f); t.On && len(t.Columns) == 0 {
		return "a table as soon as there are objects of JSON"
	}
	return ""
}

// chooseColumns lets the messages choose the columns, if the user has not.
func (s *Pane) chooseColumns(rows feed.Rows) {
	t := s.table()
	if t == nil || t.Chosen || rows.Next() < 2*s.tabular.tried || rows.Next() == rows.First() {
		return
	}
	s.tabular.tried = rows.Next()
	t.Choose(s.sample(rows))
}

// Sample returns the latest messages, the latest last.
func (s *Pane) Sample(f *feed.Feed) []columns.Message { return s.sample(s.sync(f)) }

func (s *Pane) sample(rows feed.Rows) []columns.Message {
	var some []columns.Message
	from := max(rows.First(), rows.Next()-min(rows.Next(), columns.Sample))
	for pos := from; pos < rows.Next(); pos++ {
		if e := rows.At(pos); e != nil && e.Gap == nil {
			some = append(some, columns.Message{Number: e.Seq, Data: e.Data})
		}
	}
	return some
}

// Messages returns all messages that the stream shows now.
func (s *Pane) Messages(f *feed.Feed) []*feed.Entry {
	var all []*feed.Entry
	rows := s.sync(f)
	for pos := rows.First(); pos < rows.Next(); pos++ {
		if e := rows.At(pos); e != nil && e.Gap == nil {
			all = append(all, e)
		}
	}
	return all
}

// area returns where the rows are, within the border: under the headings, if there are any.
func (s *Pane) area() kit.Rect {
	inner := kit.Rect{W: s.w, H: s.h}.Inner()
	if s.table() != nil && inner.H > 1 {
		inner.Y++
		inner.H--
	}
	return inner
}

// onScreen calls do with the messages that are about to be drawn.
func (s *Pane) onScreen(rows feed.Rows, inner kit.Rect, do func(e *feed.Entry)) {
	height := uint64(max(inner.H, 0))
	from := max(s.cursor.Top(), rows.First())
	if s.cursor.Following() {
		from = max(rows.First(), rows.Next()-min(height, rows.Next()))
	}
	for pos := from; pos < min(from+height, rows.Next()); pos++ {
		if e := rows.At(pos); e != nil {
			do(e)
		}
	}
}

// beginTable measures the columns for the rows that are about to be drawn.
func (g *grid) beginTable(inner kit.Rect) {
	if g.table == nil {
		return
	}
	g.stream.tabular.view.Begin(g.table, g.data, func(measure func(uint64, string)) {
		g.stream.onScreen(g.rows, inner, func(e *feed.Entry) {
			if e.Gap == nil {
				measure(e.Seq, e.Data)
			}
		})
	})
}

// headings draws the line over the rows of a table.
func (g *grid) headings() string {
	s := g.stream
	l := kit.NewLine(g.width, kit.Paint{}).Space(g.gutter)
	if g.time > 0 {
		l.Left(s.styles.Dim, "time", g.time).Space(kit.ColumnGap)
	}
	if g.topic > 0 {
		l.Left(s.styles.Dim, "topic", g.topic).Space(kit.ColumnGap)
	}
	s.tabular.view.PutTitles(l, s.styles, -1, "")
	return l.String()
}

// putTable writes a message as a row of the table, and reports whether it is an object.
func (g *grid) putTable(dst []string, pos uint64, e *feed.Entry) ([]string, bool) {
	l := g.startLine(pos, e, true)
	note := kit.NotKept(e.Size, len(e.Data))
	if !g.stream.tabular.view.Put(l, g.stream.styles, e.Seq, e.Data, g.isDimmed(pos)) {
		return dst, false
	}
	if room := l.Rest() - kit.RowEdge; note != "" && room >= kit.Width(note)+1 {
		l.Space(room-kit.Width(note)).Put(g.stream.styles.Dim, note)
	}
	return append(dst, l.String()), true
}

// tableView draws the stream as a table: headings, and rows.
func (s *Pane) tableView(f *feed.Feed, rows feed.Rows, inner kit.Rect, now time.Time) []string {
	lines := s.rowsView(f, rows, inner, now)
	g := s.newGrid(rows, inner, now)
	return append([]string{g.headings()}, lines...)
}
