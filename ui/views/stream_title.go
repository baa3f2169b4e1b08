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

// title says what the stream shows, in at most so many cells. Where they are few,
// the rate gives way first, then the words for the marks, and then the expression
// of the filter.
func (s *Stream) title(f *feed.Feed, width int) []Span {
	name, rate := "all topics", f.Rate()
	if s.topic != "" {
		name, rate = printable.Prefix(s.topic, max(width, 0)), 0
		if t := f.Topic(s.topic); t != nil {
			rate = t.Rate()
		}
	}
	spans := []Span{{s.styles.Strong, name}}
	room := func() int { return width - spansWidth(spans) }
	add := func(separator string, p Paint, text string, keep int) {
		if room := room() - Width(separator) - keep; text != "" && room > 2 {
			text, _ = Cut(text, room)
			spans = append(spans, Span{s.styles.Border, separator}, Span{p, text})
		}
	}
	filter, found, short := s.filterWords(), s.foundWords(" hits"), s.foundWords("")
	need := func(atMost int) int { // for the filter, shortened to that, and what it found
		if filter == "" {
			return 0
		}
		return Width(between) + min(Width(filter), atMost) + Width(" "+short)
	}
	part := func(text string) int {
		if text == "" {
			return 0
		}
		return Width(between + text)
	}
	marks, words := s.markWords(), Rate(rate)
	if room() < need(usualFilter)+part(marks) {
		marks = s.markCount()
	}
	if filter == "" || room() >= need(usualFilter)+part(words)+part(marks) {
		add(between, s.styles.Text, words, 0)
	}
	add(between, s.styles.Warn, marks, 0)
	if room() < need(leastFilter) {
		short = ""
	}
	add(between, s.styles.Match, filter, Width(" "+short))
	if room() < Width(" "+found) {
		found = short
	}
	add(" ", s.styles.Dim, found, 0)
	return spans
}

// between separates the parts of a title.
const between = " ─ "

// How many cells of a filter are worth more than the rate, and than the number of
// hits.
const (
	usualFilter = 40
	leastFilter = 8
)

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
