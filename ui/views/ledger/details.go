package ledger

import (
	"math"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/ui/keys"
	"joltui/ui/views/kit"
)

// Details shows all that is known of a row of the log, and the outcomes of all requests. It
// shows changes of the row, such as a reply that comes. A row that has left the log is
// shown as it was last.
type Details struct {
	styles  *kit.Styles
	actions keys.Set[*Details]
	moves   *kit.MoveKeys
	log     *Pane
	w, h    int
	pos     uint64
	row     feed.Row
	scroll  kit.Scroll

	drawn   []string       // a cache of the rows
	drawnOf detailsVersion // what it was drawn of
}

// detailsVersion is the key of the cache: all that the rows of the page depend on.
type detailsVersion struct{ pos, version, w uint64 }

// NewDetails returns a page for the rows of a log.
func NewDetails(s *kit.Styles, a keys.Set[*Details], m *kit.MoveKeys) *Details {
	return &Details{styles: s, actions: a, moves: m}
}

// SetSize sets the outer size in cells.
func (v *Details) SetSize(w, h int) { v.w, v.h = w, h }

// Open shows the row of a log at pos, from its beginning. There must be such a row.
func (v *Details) Open(log *Pane, f *feed.Feed, pos uint64) {
	v.log = log
	v.pos, v.scroll, v.drawn = pos, kit.Scroll{}, nil
	v.refresh(f)
}

// refresh updates the row, if the log still has it.
func (v *Details) refresh(f *feed.Feed) {
	if row := f.Log().At(v.pos); row != nil {
		v.row = *row
	}
}

// ShortHelp lists the keys that matter most here.
func (v *Details) ShortHelp() []key.Binding {
	return v.actions.Keys("details.message", "details.watch", "details.again", "details.profiles", // of this kind of row
		"details.previous", "details.next", "details.leave")
}

// Update runs the action or the move of a key.
func (v *Details) Update(msg tea.KeyMsg, f *feed.Feed) kit.Intent {
	return keys.Update(v, v.actions, v.moves, msg, f)
}

// Move scrolls.
func (v *Details) Move(by kit.Move, f *feed.Feed) kit.Intent {
	v.scroll.Move(by, len(v.rows(f)), max(v.h-2, 1))
	return nil
}

// Entries returns the actions of the page.
func (v *Details) Entries() keys.Table { return v.actions.Entries(func() *Details { return v }) }

// Place returns where the keys of the page work.
func (v *Details) Place() keys.Place { return DetailsPlace() }

func (v *Details) previous(f *feed.Feed) kit.Intent { return v.step(f, -1) }
func (v *Details) next(f *feed.Feed) kit.Intent     { return v.step(f, +1) }

// step shows the next or the previous of the rows that the filter of the log lets through.
func (v *Details) step(f *feed.Feed, by int) kit.Intent {
	v.Open(v.log, f, v.log.Step(f, v.pos, by))
	return nil
}

// View draws the row. It does not depend on the time.
func (v *Details) View(f *feed.Feed, _ time.Time) []string {
	v.refresh(f)
	rows := v.rows(f)
	page := max(v.h-2, 0)
	v.scroll.Settle(len(rows), page)
	title := []kit.Span{v.styles.Strong.Span(kindWords(&v.row))}
	if f.Log().At(v.pos) == nil {
		title = append(title, v.styles.Border.Span(" ─ "), v.styles.Warn.Span("no longer in the log"))
	}
	panel := kit.Panel{Title: title, Note: v.note(f, len(rows), page), Focused: true}
	return panel.View(*v.styles, v.w, v.h, rows[v.scroll.Top():min(v.scroll.Top()+page, len(rows))])
}

func (v *Details) note(f *feed.Feed, rows, page int) []kit.Span {
	log := f.Log()
	words := "row " + human.Count(v.pos+1) + " of " + human.Count(log.Next())
	if page < rows {
		words += " ─ " + human.Count(uint64(100*min(v.scroll.Top()+page, rows)/rows)) + " %"
	}
	return []kit.Span{v.styles.Dim.Span(words)}
}

// rows returns the rows of the page, without its border.
func (v *Details) rows(f *feed.Feed) []string {
	w := max(v.w-2, 0)
	of := detailsVersion{v.pos, f.Log().Version(), uint64(w)}
	if v.drawn != nil && v.drawnOf == of {
		return v.drawn
	}
	v.drawn, v.drawnOf = []string{kit.NewLine(w, kit.Paint{}).String()}, of
	for _, d := range v.log.describe(f, &v.row) {
		v.putDetail(w, d)
	}
	v.drawn = append(v.drawn, kit.NewLine(w, kit.Paint{}).String(),
		kit.NewLine(w, kit.Paint{}).Space(kit.RowEdge).Put(v.styles.Accent, "All requests so far").String())
	v.drawn = append(v.drawn, v.log.session(f.Log(), w)...)
	return v.drawn
}

// detail is one thing that is known of a row.
type detail struct {
	name  string // at most detailName cells
	paint kit.Paint
	text  string // printable, of any length
	note  string // after the text: what is missing of it, what it means
}

// detailName is the width of the names, in cells.
const detailName = 10

// putDetail draws a detail in as many rows as it needs; none, if it has neither text nor
// note. A text is broken where a row is full, so that it can be copied from the screen; a
// note is broken between words.
func (v *Details) putDetail(w int, d detail) {
	width := max(w-2*kit.RowEdge-detailName-kit.ColumnGap, 1)
	if d.text != "" {
		start, name := 0, d.name
		for _, end := range kit.Fold(d.text, width, math.MaxInt, 0) {
			v.putRow(w, name, d.paint, d.text[start:end])
			start, name = end, ""
		}
		d.name = ""
	}
	if d.note == "" {
		return
	}
	for line := range strings.SplitSeq(ansi.Wrap(d.note, width, ""), "\n") {
		v.putRow(w, d.name, v.styles.Dim, line)
		d.name = ""
	}
}

func (v *Details) putRow(w int, name string, p kit.Paint, text string) {
	l := kit.NewLine(w, kit.Paint{}).Space(kit.RowEdge).Left(v.styles.Dim, name, detailName).Space(kit.ColumnGap)
	v.drawn = append(v.drawn, l.Put(p, text).String())
}
