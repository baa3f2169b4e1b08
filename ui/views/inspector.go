package views

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/feed"
	"joltui/printable"
)

// Inspector shows one message whole: its JSON laid out, or the payload as it
// came. Long lines go on in the next row.
type Inspector struct {
	styles *Styles
	keys   InspectorKeys
	w, h   int
	entry  feed.Entry
	pretty string // the payload laid out; empty if it is no JSON
	raw    bool   // the user wants it as it came

	text      string // what is on show, printable
	fragments []fragment
	folded    int    // the width that fragments are for
	digits    int    // of the last line number
	scroll    scroll // over the fragments
}

// fragment is as much of a line as fits in a row.
type fragment struct {
	start, end int
	number     int // of the line, from 1; 0 where the line goes on
}

// NewInspector returns an inspector without a message.
func NewInspector(s *Styles, k InspectorKeys) *Inspector {
	return &Inspector{styles: s, keys: k}
}

// SetSize sets the outer size in cells.
func (v *Inspector) SetSize(w, h int) { v.w, v.h = w, h }

// Open shows a message from its beginning.
func (v *Inspector) Open(e feed.Entry) {
	v.entry = e
	v.pretty = indent(e.Data)
	v.show()
}

// show puts up the payload in the format that the user wants.
func (v *Inspector) show() {
	v.text = v.pretty
	if v.raw || v.pretty == "" {
		v.text = v.entry.Data
	}
	v.text = printable.Block(v.text)
	v.digits = len(strconv.Itoa(strings.Count(v.text, "\n") + 1))
	v.scroll, v.folded = scroll{}, -1
}

// fold breaks the text for the current width.
func (v *Inspector) fold() {
	width := v.textWidth()
	if v.folded == width {
		return
	}
	v.folded, v.fragments = width, v.fragments[:0]
	number, start := 0, 0
	for line := range strings.SplitSeq(v.text, "\n") {
		number++
		from, n := 0, number
		for _, end := range fold(line, width, math.MaxInt, 0) {
			v.fragments = append(v.fragments, fragment{start + from, start + end, n})
			from, n = end, 0
		}
		start += len(line) + 1
	}
}

// textWidth is what a row has beside its line number.
func (v *Inspector) textWidth() int {
	return max(v.w-2-2*rowEdge-v.digits-columnGap, 1)
}

// page is how many fragments are on screen.
func (v *Inspector) page() int { return max(v.h-2, 1) }

// ShortHelp lists the keys that matter most here.
func (v *Inspector) ShortHelp() []key.Binding {
	return []key.Binding{v.keys.Prev, v.keys.Next, v.keys.Format, v.keys.Leave}
}

// Update scrolls, changes the format, and asks for other messages.
func (v *Inspector) Update(msg tea.KeyMsg, _ *feed.Feed) Intent {
	switch {
	case key.Matches(msg, v.keys.Leave):
		return Leave{}
	case key.Matches(msg, v.keys.Prev):
		return Step{By: -1}
	case key.Matches(msg, v.keys.Next):
		return Step{By: +1}
	case key.Matches(msg, v.keys.Edit):
		return EditMessage{Entry: v.entry}
	case key.Matches(msg, v.keys.Format):
		v.raw = !v.raw
		v.show()
	default:
		v.fold()
		v.scroll.move(v.keys.Move, msg, len(v.fragments), v.page())
	}
	return nil
}

// View draws the message. A message does not age: the time is not needed.
func (v *Inspector) View(*feed.Feed, time.Time) []string {
	v.fold()
	v.scroll.settle(len(v.fragments), v.page())
	inner := Rect{W: v.w, H: v.h}.Inner()
	rows := make([]string, 0, inner.H)
	for i := v.scroll.top; i < len(v.fragments) && len(rows) < inner.H; i++ {
		p := v.fragments[i]
		number := ""
		if p.number > 0 {
			number = strconv.Itoa(p.number)
		}
		l := NewLine(inner.W, Paint{}).Space(rowEdge).Right(v.styles.Dim, number, v.digits).Space(columnGap)
		rows = append(rows, l.Put(v.styles.Text, v.text[p.start:p.end]).String())
	}
	panel := Panel{Title: v.title(), Note: v.note(), Focused: true}
	return panel.View(*v.styles, v.w, v.h, rows)
}

// title tells what is known of the message beside its payload.
func (v *Inspector) title() []Span {
	s, e := v.styles, v.entry
	dash := Span{s.Border, " ─ "}
	size := Bytes(uint64(e.Size))
	if m := missing(&e); m != "" {
		size += strings.Replace(m, Ellipsis, ",", 1)
	}
	return []Span{
		{s.Strong, printable.Prefix(e.Topic, max(v.w/2, 0))}, dash,
		{s.Text, e.At.Format("2006-01-02 " + clock)}, dash,
		{s.Text, size}, dash,
		{s.Dim, "message " + Count(e.Seq)},
	}
}

func (v *Inspector) note() []Span {
	format := "pretty"
	switch {
	case v.entry.Data == "":
		format = "empty payload"
	case v.pretty == "":
		format = "raw, not JSON"
	case v.raw:
		format = "raw"
	}
	last := min(v.scroll.top+v.page(), len(v.fragments))
	if last-v.scroll.top < len(v.fragments) {
		format += " ─ " + strconv.Itoa(100*last/len(v.fragments)) + " %"
	}
	return []Span{{v.styles.Dim, format}}
}
