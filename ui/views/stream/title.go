package stream

import (
	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/ui/views/kit"
)

// header returns the panel with title and note. The answer to the latest key is part of
// the note, or replaces the title where there is no room for both.
func (s *Pane) header(f *feed.Feed) kit.Panel {
	p := kit.Panel{Note: s.note(), Focused: s.focused}
	if s.said == "" {
		p.Title = s.title(f, p.TitleRoom(s.w))
		return p
	}
	said := s.styles.Badge.Span(" " + s.said + " ")
	with := p
	with.Note = append([]kit.Span{said, kit.Paint{}.Span(" ")}, p.Note...)
	if room := with.TitleRoom(s.w); room >= minTitle {
		with.Title = s.title(f, room)
		return with
	}
	p.Title = []kit.Span{said}
	return p
}

// minTitle is the least number of cells of a title that are of use.
const minTitle = 8

// note says, of a frozen stream, how many messages have come since, and how many of them are
// hits, as far as that is known. In a narrow stream the sign alone says that it is frozen.
func (s *Pane) note() []kit.Span {
	if !s.source.frozen {
		return nil
	}
	waiting := s.source.waiting()
	words, wide := "▼ "+human.Count(waiting)+" new", s.w >= 70
	if hits, _ := s.source.newerHits(); wide && hits > 0 {
		words += ", " + human.Counted(uint64(hits), "hit")
	}
	switch {
	case s.source.paused:
		words = "paused " + words
	case waiting == 0:
		words = s.frozenWords()
	case wide:
		words = "frozen " + words
	}
	return []kit.Span{s.styles.Warn.Span(words)}
}

// streamTitle is the parts of the title of a stream. Each may be empty.
type streamTitle struct{ name, frame, rate, marks, filter, found string }

// between separates the parts of a title.
const between = " ─ "

// width returns how many cells the title takes.
func (t *streamTitle) width() int {
	n := kit.Width(t.name)
	if t.frame != "" {
		n += kit.Width(" " + t.frame)
	}
	for _, part := range []string{t.rate, t.marks, t.filter} {
		if part != "" {
			n += kit.Width(between + part)
		}
	}
	if t.found != "" {
		n += kit.Width(" " + t.found)
	}
	return n
}

// title says what the stream shows, in at most width cells. In a narrow stream words are
// shortened and the rate is left out first; then the filter is cut.
func (s *Pane) title(f *feed.Feed, width int) []kit.Span {
	t := streamTitle{frame: s.frameWords(), marks: s.markWords(), filter: s.filterWords(), found: s.foundWords(true)}
	name, rate := s.severalTitle(f, width)
	if t.name = name; rate >= 0 {
		t.rate = human.Rate(rate)
	}
	if t.width() > width {
		t.found = s.foundWords(false)
	}
	if t.width() > width {
		t.frame = ""
	}
	if t.width() > width {
		t.rate = ""
	}
	if t.width() > width {
		t.marks = s.markCount()
	}
	if t.width() > width {
		t.found = s.foundCount()
	}
	least := 8 // so many cells of a filter are more useful than the number of hits
	if s.onHit() > 0 && t.width() > width {
		least = 5 // which hit this is, somebody has just asked
		t.filter = s.expression()
	}
	if over := t.width() - width; over > 0 {
		if rest := kit.Width(t.filter) - over; rest >= least {
			t.filter, _ = kit.Cut(t.filter, rest)
		} else {
			t.found = ""
		}
	}
	return s.titleSpans(t, width)
}

func (s *Pane) titleSpans(t streamTitle, width int) []kit.Span {
	name := kit.Middle(t.name, width) // names of topics differ at their ends
	spans := []kit.Span{s.styles.Strong.Span(name)}
	add := func(separator string, p kit.Paint, text string) {
		if room := width - kit.SpansWidth(spans) - kit.Width(separator); text != "" && room > 2 {
			text, _ = kit.Cut(text, room)
			spans = append(spans, s.styles.Border.Span(separator), p.Span(text))
		}
	}
	add(" ", s.styles.Text, t.frame)
	add(between, s.styles.Text, t.rate)
	add(between, s.styles.Warn, t.marks)
	add(between, s.styles.Match, t.filter)
	add(" ", s.styles.Dim, t.found)
	return spans
}

// filterWords says what the filter does, and shows it as it was typed, a regular
// expression between slashes.
func (s *Pane) filterWords() string {
	if text := s.expression(); text != "" {
		return s.options.Filter.String() + " " + text
	}
	return ""
}

func (s *Pane) expression() string {
	text := s.source.filter.String()
	switch {
	case text == "":
		return ""
	case feed.IsJQ(text):
		return printable.Prefix(text, s.w)
	case text[0] == '!':
		return "!/" + printable.Prefix(text[1:], s.w) + "/"
	default:
		return "/" + printable.Prefix(text, s.w) + "/"
	}
}
