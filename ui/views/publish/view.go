package publish

import (
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/ui/views/kit"
)

// The heights that the box asks for, in rows.
const (
	maxPayloadRows = 6 // of a payload; further lines scroll
	searchRows     = 5 // of the search: the text, and the payload found
)

// Height returns how many rows the box asks for, border included, at most maxRows: it grows
// with the lines of the payload.
func (p *Box) Height(maxRows int) int {
	rows := min(p.payload.Lines(), maxPayloadRows)
	if p.search != nil {
		rows = searchRows
	}
	if p.previews() {
		rows++
	}
	if p.repeat != nil {
		rows++
	}
	return min(rows+2, maxRows)
}

// previews reports whether there is a row for the preview of a template.
func (p *Box) previews() bool { return p.template && p.search == nil }

// View draws the box.
func (p *Box) View() []string {
	inner := kit.Rect{W: p.w, H: p.h}.Inner()
	return p.panel().View(*p.styles, p.w, p.h, p.rows(inner.W, inner.H))
}

// rows draws the payload, or the search of the history, and below it the foot.
func (p *Box) rows(w, h int) []string {
	foot := p.foot(w)
	room := h - 1
	if p.repeat != nil && !p.focused {
		room = h // no line is needed for typing
	}
	foot = foot[len(foot)-min(max(room, 0), len(foot)):]
	h -= len(foot)
	var rows []string
	if p.search != nil {
		rows = p.search.view(p.styles, w, h, p.focused)
	} else {
		rows = p.payload.View(p.styles, w, h, p.focused && !p.onTopic)
	}
	return append(append(rows, kit.Blank(w, h-len(rows))...), foot...)
}

// foot draws the preview of a template, and how far a repetition is.
func (p *Box) foot(w int) []string {
	var rows []string
	if p.previews() {
		l := kit.NewLine(w, kit.Paint{}).Space(1).Left(p.styles.Dim, "→", 2)
		if c := p.check(); c.err != nil {
			l.Put(p.styles.Error, printable.Prefix(c.err.Error(), l.Width))
		} else {
			text, _ := kit.Cut(printable.Prefix(c.preview, l.Width), l.Rest()-kit.RowEdge)
			l.Put(p.styles.Dim, text)
		}
		rows = append(rows, l.String())
	}
	if p.repeat != nil {
		rows = append(rows, repeatRow(p.styles, p.repeat, w))
	}
	return rows
}

// panel returns the panel with the topic in its title, where it is edited. A note that
// would not leave room for the topic gets a shorter wording, or is left out; a refusal
// replaces the title instead.
func (p *Box) panel() kit.Panel {
	const least = 8
	panel := kit.Panel{Focused: p.focused, Title: p.heading()}
	prefix := kit.SpansWidth(panel.Title)
	notes := p.notes()
	for _, note := range notes {
		if panel.Note = note; panel.TitleRoom(p.w) >= prefix+least {
			break
		}
		panel.Note = nil
	}
	if panel.Note == nil && p.refusal != "" {
		panel.Title = notes[0]
		return panel
	}
	if p.search != nil {
		panel.Title = append(panel.Title, p.foundTopic(panel.TitleRoom(p.w)-prefix)...)
		return panel
	}
	panel.Title = append(panel.Title, p.topicSpans(panel.TitleRoom(p.w)-prefix)...)
	return panel
}

// heading returns the beginning of the title.
func (p *Box) heading() []kit.Span {
	s := p.styles
	dash := s.Border.Span(" ─ ")
	switch {
	case p.search != nil:
		return []kit.Span{s.Strong.Span("Search history"), dash}
	case p.template:
		return []kit.Span{s.Strong.Span("Publish"), s.Accent.Span(" template"), dash}
	default:
		return []kit.Span{s.Strong.Span("Publish"), dash}
	}
}

func (p *Box) topicSpans(width int) []kit.Span {
	switch {
	case p.focused && p.onTopic:
		return p.topic.Spans(p.styles, 0, len(p.topic.Text), width, true)
	case p.topic.Bytes == 0:
		return kit.Fitted(p.styles.Dim.Span("no topic"), width)
	default:
		return kit.Fitted(p.styles.Accent.Span(printable.Name(p.topic.String(), max(width, 0)+1)), width)
	}
}

// foundTopic returns the topic of the message that was found.
func (p *Box) foundTopic(width int) []kit.Span {
	at, found := p.search.current()
	if !found {
		return nil
	}
	topic := printable.Name(p.search.messages[at].Topic, max(width, 0)+1)
	return kit.Fitted(p.styles.Accent.Span(topic), width)
}

// notes returns the note in several wordings, the longest first.
func (p *Box) notes() [][]kit.Span {
	s := p.styles
	at, of := p.history.place()
	one := func(paint kit.Paint, text string) [][]kit.Span { return [][]kit.Span{{paint.Span(text)}} }
	switch {
	case p.refusal != "":
		return one(s.Error, printable.Line(p.refusal))
	case p.search != nil:
		return one(s.Dim, p.search.note())
	case len(p.check().notJSON) > 0:
		var all [][]kit.Span
		for _, words := range p.check().notJSON {
			paint := s.Warn
			if words == unfinished {
				paint = s.Dim
			}
			all = append(all, []kit.Span{paint.Span(words)})
		}
		return all
	case at < of:
		return one(s.Dim, "history "+human.Count(uint64(at+1))+" of "+human.Count(uint64(of)))
	case p.payload.Bytes >= 10_000:
		return one(s.Dim, human.Bytes(uint64(p.payload.Bytes)))
	default:
		return nil
	}
}
