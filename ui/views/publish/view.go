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
	} else if p.focused {
		rows++ // the topic
	}
	if p.previews() {
		rows++
	}
	if len(p.says()) > 0 {
		rows++
	}
	if p.repeat != nil {
		rows++
	}
	return min(rows+2, maxRows)
}

// previews reports whether there is a row for the preview of a template.
func (p *Box) previews() bool { return p.template && p.search == nil }

// Idle reports whether the box needs no more than one row: nobody writes in it, and it shows
// no repetition.
func (p *Box) Idle() bool { return !p.focused && p.repeat == nil }

// strip draws the box in one row: the topic, the beginning of the draft, and what has become
// of the latest message.
func (p *Box) strip() string {
	l := kit.Strip(p.styles, p.w, "Publish").Space(kit.RowEdge)
	notes := p.notes()
	note := []kit.Span(nil)
	if len(notes) > 0 && kit.SpansWidth(notes[len(notes)-1]) < l.Rest()/2 {
		note = notes[len(notes)-1]
	}
	room := l.Rest() - kit.SpansWidth(note) - 2*kit.RowEdge
	for _, span := range p.topicSpans(room / 2) {
		room -= kit.Width(span.Text)
		l.Put(span.Paint, span.Text)
	}
	if text, cells := kit.Cut(printable.Prefix(p.payload.String(), max(room, 0)), room-kit.ColumnGap); cells > 0 {
		l.Space(kit.ColumnGap).Put(p.styles.Dim, text)
	}
	l.Space(l.Rest() - kit.SpansWidth(note) - kit.RowEdge)
	kit.PutSpans(l, note)
	return l.String()
}

// View draws the box, and without a border where there is one row for it.
func (p *Box) View() []string {
	if p.h == 1 {
		return []string{p.strip()}
	}
	inner := kit.Rect{W: p.w, H: p.h}.Inner()
	return p.panel().View(*p.styles, p.w, p.h, p.rows(inner.W, inner.H))
}

// labels is how wide what stands before topic and payload is, in cells.
const labels = 4

// labelled reports whether topic and payload have a row each: where there is only one, the
// topic is in the title.
func (p *Box) labelled() bool { return p.focused && p.search == nil && p.h >= 4 }

// rows draws the topic and the payload, or the search of the history, and below it the foot.
func (p *Box) rows(w, h int) []string {
	foot := p.foot(w)
	least := 1
	if p.labelled() {
		least = 2
	}
	room := h - least
	if p.repeat != nil && !p.focused {
		room = h // no line is needed for typing
	}
	foot = foot[len(foot)-min(max(room, 0), len(foot)):]
	h -= len(foot)
	var rows []string
	switch {
	case p.search != nil:
		rows = p.search.view(p.styles, w, h, p.focused)
	case p.labelled():
		rows = append([]string{p.topicRow(w)}, p.payloadRows(w, h-1)...)
	default:
		rows = p.payload.View(p.styles, w, h, p.focused && !p.onTopic)
	}
	return append(append(rows, kit.Blank(w, h-len(rows))...), foot...)
}

// topicRow draws the topic, and beside it whether it is the selected one, or those that it
// could become.
func (p *Box) topicRow(w int) string {
	l := kit.NewLine(w, kit.Paint{})
	p.putEdge(l, p.onTopic)
	label := p.styles.Dim
	if p.onTopic {
		label = p.styles.Accent
	}
	l.Left(label, "to", labels-kit.RowEdge)
	if p.onTopic {
		width := min(max(w/2, w-labels-24), l.Rest()-1)
		kit.PutSpans(l, p.topic.Spans(p.styles, 0, len(p.topic.Text), width, true))
	} else if p.topic.Bytes == 0 {
		l.Put(p.styles.Dim, "no topic")
	} else {
		paint := p.styles.Accent
		if p.elsewhere() {
			paint = p.styles.Warn
		}
		l.Put(paint, printable.Name(p.topic.String(), l.Rest()))
	}
	p.putBeside(l)
	return l.String()
}

// elsewhere reports whether the topic is not that of the selection.
func (p *Box) elsewhere() bool { return p.proposed != "" && p.topic.String() != p.proposed }

// putBeside puts the hint behind the topic, if there is room.
func (p *Box) putBeside(l *kit.Line) {
	const gap = 2
	if l.Rest() < 2*gap {
		return
	}
	switch {
	case p.onTopic:
		for _, topic := range p.completions() {
			text := kit.CutMiddle(topic, 24)
			if kit.Width(text)+2*gap > l.Rest() {
				return
			}
			l.Space(gap).Put(p.styles.Dim, text)
		}
	case p.elsewhere():
		text := "▲ not the selected " + kit.CutMiddle(p.proposed, 24)
		if kit.Width(text)+2*gap <= l.Rest() {
			l.Space(gap).Put(p.styles.Warn, text)
		}
	}
}

// putEdge marks the row in which one types, for who sees no colours too.
func (p *Box) putEdge(l *kit.Line, typing bool) {
	if typing {
		l.Put(p.styles.Accent, "▸")
	} else {
		l.Space(kit.RowEdge)
	}
}

// payloadRows draws the payload behind its label.
func (p *Box) payloadRows(w, h int) []string {
	edge := min(kit.RowEdge, w)
	rows := p.payload.View(p.styles, w-edge, h, !p.onTopic)
	for i, row := range rows {
		l := kit.NewLine(edge, kit.Paint{})
		p.putEdge(l, i == 0 && !p.onTopic)
		rows[i] = l.String() + row
	}
	return rows
}

// says is what has to be said about the draft, in a row of its own: in several wordings, the
// longest first, none if there is nothing to say. They are untrusted.
func (p *Box) says() []string {
	switch notJSON := p.check().notJSON; {
	case !p.focused:
		return nil
	case p.refusal != "":
		return []string{p.refusal}
	case p.search == nil && len(notJSON) > 0 && notJSON[0] != unfinished:
		return notJSON
	default:
		return nil
	}
}

// saysRow draws the longest wording that fits.
func (p *Box) saysRow(wordings []string, w int) string {
	paint := p.styles.Warn
	if p.refusal != "" && p.asked == "" {
		paint = p.styles.Error
	}
	text := wordings[len(wordings)-1]
	for _, wording := range wordings {
		if kit.Width(printable.Prefix(wording, w)) <= w-labels-kit.RowEdge {
			text = wording
			break
		}
	}
	return kit.NewLine(w, kit.Paint{}).Space(labels).Put(paint, printable.Prefix(text, w)).String()
}

// foot draws the preview of a template, and how far a repetition is.
func (p *Box) foot(w int) []string {
	var rows []string
	if wordings := p.says(); len(wordings) > 0 {
		rows = append(rows, p.saysRow(wordings, w))
	}
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

// panel returns the panel, which has the topic in its title where there is no row for it. A
// note that would not leave room for the topic gets a shorter wording, or is left out.
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
	if p.search != nil {
		panel.Title = append(panel.Title, p.foundTopic(panel.TitleRoom(p.w)-prefix)...)
		return panel
	}
	if p.labelled() {
		panel.Title = panel.Title[:len(panel.Title)-1] // the dash
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
	case p.search != nil:
		return one(s.Dim, p.search.note())
	case len(p.check().notJSON) > 0 && len(p.says()) == 0:
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
	case p.outcome != nil:
		return [][]kit.Span{p.outcome.spans(s)}
	default:
		return nil
	}
}
