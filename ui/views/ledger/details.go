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
	"joltui/ui/views/kit"
)

// LogDetails shows all that is known of a row of the log, and how all requests
// ended. A row that changes, because its reply comes, changes here too; one that
// has left the log stays as it was.
type Details struct {
	styles *kit.Styles
	keys   DetailsKeys
	log    *Pane
	w, h   int
	pos    uint64
	row    feed.Row
	scroll kit.Scroll

	drawn   []string // as of these:
	drawnOf detailsVersion
}

// detailsVersion is what the rows of the page depend on.
type detailsVersion struct{ pos, version, w uint64 }

// NewLogDetails returns a page for the rows of log.
func NewDetails(s *kit.Styles, k DetailsKeys, log *Pane) *Details {
	return &Details{styles: s, keys: k, log: log}
}

// SetSize sets the outer size in cells.
func (v *Details) SetSize(w, h int) { v.w, v.h = w, h }

// Open shows the row at pos, from its beginning. There must be one.
func (v *Details) Open(f *feed.Feed, pos uint64) {
	v.pos, v.scroll, v.drawn = pos, kit.Scroll{}, nil
	v.refresh(f)
}

// refresh takes the row as it is now.
func (v *Details) refresh(f *feed.Feed) {
	if row := f.Log().At(v.pos); row != nil {
		v.row = *row
	}
}

// ShortHelp lists the keys that matter most here.
func (v *Details) ShortHelp() []key.Binding {
	return []key.Binding{v.keys.Prev, v.keys.Next, v.keys.Leave}
}

// Update scrolls, goes to other rows, and leaves.
func (v *Details) Update(msg tea.KeyMsg, f *feed.Feed) kit.Intent {
	switch {
	case key.Matches(msg, v.keys.Leave):
		return kit.Leave{}
	case key.Matches(msg, v.keys.Prev):
		v.Open(f, v.log.Step(f, v.pos, -1))
	case key.Matches(msg, v.keys.Next):
		v.Open(f, v.log.Step(f, v.pos, +1))
	default:
		v.scroll.Move(v.keys.Move, msg, len(v.rows(f)), max(v.h-2, 1))
	}
	return nil
}

// View draws the row. What it tells does not age.
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

// rows are those of the page, without its border.
func (v *Details) rows(f *feed.Feed) []string {
	w := max(v.w-2, 0)
	of := detailsVersion{v.pos, f.Log().Version(), uint64(w)}
	if v.drawn != nil && v.drawnOf == of {
		return v.drawn
	}
	v.drawn, v.drawnOf = []string{kit.NewLine(w, kit.Paint{}).String()}, of
	for _, d := range v.log.describe(f, &v.row) {
		v.put(w, d)
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
	text  string // printable, as long as need be
	note  string // after the text: what is missing of it, what it means
}

// detailName is the width of the names, in cells.
const detailName = 10

// put adds a detail, on as many rows as it takes: on none, if there is nothing to
// tell. A text is broken where a row ends, so that it can be copied; a note
// between words.
func (v *Details) put(w int, d detail) {
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
