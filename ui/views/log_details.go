package views

import (
	"math"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"joltui/internal/feed"
	"joltui/internal/human"
)

// LogDetails shows all that is known of a row of the log, and how all requests
// ended. A row that changes, because its reply comes, changes here too; one that
// has left the log stays as it was.
type LogDetails struct {
	styles *Styles
	keys   LogDetailsKeys
	log    *Log
	w, h   int
	pos    uint64
	row    feed.Row
	scroll Scroll

	drawn   []string // as of these:
	drawnOf detailsVersion
}

// detailsVersion is what the rows of the page depend on.
type detailsVersion struct{ pos, version, w uint64 }

// NewLogDetails returns a page for the rows of log.
func NewLogDetails(s *Styles, k LogDetailsKeys, log *Log) *LogDetails {
	return &LogDetails{styles: s, keys: k, log: log}
}

// SetSize sets the outer size in cells.
func (v *LogDetails) SetSize(w, h int) { v.w, v.h = w, h }

// Open shows the row at pos, from its beginning. There must be one.
func (v *LogDetails) Open(f *feed.Feed, pos uint64) {
	v.pos, v.scroll, v.drawn = pos, Scroll{}, nil
	v.refresh(f)
}

// refresh takes the row as it is now.
func (v *LogDetails) refresh(f *feed.Feed) {
	if row := f.Log().At(v.pos); row != nil {
		v.row = *row
	}
}

// ShortHelp lists the keys that matter most here.
func (v *LogDetails) ShortHelp() []key.Binding {
	return []key.Binding{v.keys.Prev, v.keys.Next, v.keys.Leave}
}

// Update scrolls, goes to other rows, and leaves.
func (v *LogDetails) Update(msg tea.KeyMsg, f *feed.Feed) Intent {
	switch {
	case key.Matches(msg, v.keys.Leave):
		return Leave{}
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
func (v *LogDetails) View(f *feed.Feed, _ time.Time) []string {
	v.refresh(f)
	rows := v.rows(f)
	page := max(v.h-2, 0)
	v.scroll.Settle(len(rows), page)
	title := []Span{{v.styles.Strong, kindWords(&v.row)}}
	if f.Log().At(v.pos) == nil {
		title = append(title, Span{v.styles.Border, " ─ "}, Span{v.styles.Warn, "no longer in the log"})
	}
	panel := Panel{Title: title, Note: v.note(f, len(rows), page), Focused: true}
	return panel.View(*v.styles, v.w, v.h, rows[v.scroll.Top():min(v.scroll.Top()+page, len(rows))])
}

func (v *LogDetails) note(f *feed.Feed, rows, page int) []Span {
	log := f.Log()
	words := "row " + human.Count(v.pos+1) + " of " + human.Count(log.Next())
	if page < rows {
		words += " ─ " + human.Count(uint64(100*min(v.scroll.Top()+page, rows)/rows)) + " %"
	}
	return []Span{{v.styles.Dim, words}}
}

// rows are those of the page, without its border.
func (v *LogDetails) rows(f *feed.Feed) []string {
	w := max(v.w-2, 0)
	of := detailsVersion{v.pos, f.Log().Version(), uint64(w)}
	if v.drawn != nil && v.drawnOf == of {
		return v.drawn
	}
	v.drawn, v.drawnOf = []string{NewLine(w, Paint{}).String()}, of
	for _, d := range v.log.describe(f, &v.row) {
		v.put(w, d)
	}
	v.drawn = append(v.drawn, NewLine(w, Paint{}).String(),
		NewLine(w, Paint{}).Space(rowEdge).Put(v.styles.Accent, "All requests so far").String())
	v.drawn = append(v.drawn, v.log.session(f.Log(), w)...)
	return v.drawn
}

// detail is one thing that is known of a row.
type detail struct {
	name  string // at most detailName cells
	paint Paint
	text  string // printable, as long as need be
	note  string // after the text: what is missing of it, what it means
}

// detailName is the width of the names, in cells.
const detailName = 10

// put adds a detail, on as many rows as it takes: on none, if there is nothing to
// tell. A text is broken where a row ends, so that it can be copied; a note
// between words.
func (v *LogDetails) put(w int, d detail) {
	width := max(w-2*rowEdge-detailName-columnGap, 1)
	if d.text != "" {
		start, name := 0, d.name
		for _, end := range fold(d.text, width, math.MaxInt, 0) {
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

func (v *LogDetails) putRow(w int, name string, p Paint, text string) {
	l := NewLine(w, Paint{}).Space(rowEdge).Left(v.styles.Dim, name, detailName).Space(columnGap)
	v.drawn = append(v.drawn, l.Put(p, text).String())
}
