package views

import (
	"fmt"

	"joltui/feed"
	"joltui/printable"
)

// note answers the latest key, and says what the user would see if the stream
// were not frozen.
func (s *Stream) note() []Span {
	var spans []Span
	if s.said != "" {
		spans = append(spans, Span{s.styles.Badge, " " + s.said + " "})
	}
	if !s.source.frozen {
		return spans
	}
	words := "▼ " + Count(s.source.waiting()) + " new"
	if s.source.paused {
		words = "paused " + words
	}
	if len(spans) > 0 {
		words = " " + words
	}
	return append(spans, Span{s.styles.Warn, words})
}

// streamTitle is what a stream says of itself. Parts may be missing.
type streamTitle struct{ name, rate, marks, filter, found string }

// between separates the parts of a title.
const between = " ─ "

// width is how many cells the title takes.
func (t *streamTitle) width() int {
	n := Width(t.name)
	for _, part := range []string{t.rate, t.marks, t.filter} {
		if part != "" {
			n += Width(between + part)
		}
	}
	if t.found != "" {
		n += Width(" " + t.found)
	}
	return n
}

// title says what the stream shows, in at most so many cells. Where they are few,
// the rate gives way first, then words, and then the expression of the filter.
func (s *Stream) title(f *feed.Feed, width int) []Span {
	t := streamTitle{"all topics", Rate(f.Rate()), s.markWords(), s.filterWords(), s.foundWords(" hits")}
	if s.topic != "" {
		t.name, t.rate = printable.Prefix(s.topic, max(width, 0)), ""
		if topic := f.Topic(s.topic); topic != nil {
			t.rate = Rate(topic.Rate())
		}
	}
	if t.width() > width {
		t.found = s.foundWords("")
	}
	if t.width() > width {
		t.rate = ""
	}
	if t.width() > width {
		t.marks = s.markCount()
	}
	const least = 8 // cells of a filter are more use than the number of hits
	if over := t.width() - width; over > 0 {
		if rest := Width(t.filter) - over; rest >= least {
			t.filter, _ = Cut(t.filter, rest)
		} else {
			t.found = ""
		}
	}
	return s.titleSpans(t, width)
}

func (s *Stream) titleSpans(t streamTitle, width int) []Span {
	spans := []Span{{s.styles.Strong, t.name}}
	add := func(separator string, p Paint, text string) {
		if room := width - spansWidth(spans) - Width(separator); text != "" && room > 2 {
			text, _ = Cut(text, room)
			spans = append(spans, Span{s.styles.Border, separator}, Span{p, text})
		}
	}
	add(between, s.styles.Text, t.rate)
	add(between, s.styles.Warn, t.marks)
	add(between, s.styles.Match, t.filter)
	add(" ", s.styles.Dim, t.found)
	return spans
}

// filterWords says what the filter does, and shows it as it was typed, a regular
// expression between slashes.
func (s *Stream) filterWords() string {
	if text := s.expression(); text != "" {
		return s.options.Filter.String() + " " + text
	}
	return ""
}

func (s *Stream) expression() string {
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

// foundWords counts the hits, with the word for them if there is room.
func (s *Stream) foundWords(hits string) string {
	x := s.source.index
	if x == nil {
		return ""
	}
	words := Count(uint64(x.Matched())) + " of " + Count(uint64(x.Seen())) + hits
	if s.source.hides() && s.options.Context > 0 {
		words = fmt.Sprintf("±%d ", s.options.Context) + words
	}
	if s.source.more {
		words += ", searching" + Ellipsis
	}
	return words
}
