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

// title says what the stream shows, in at most so many cells. The filter gives
// way first.
func (s *Stream) title(f *feed.Feed, width int) []Span {
	name, rate := "all topics", f.Rate()
	if s.topic != "" {
		name, rate = printable.Prefix(s.topic, max(width, 0)), 0
		if t := f.Topic(s.topic); t != nil {
			rate = t.Rate()
		}
	}
	spans := []Span{{s.styles.Strong, name}}
	add := func(separator string, p Paint, text string) {
		if room := width - spansWidth(spans) - Width(separator); text != "" && room > 2 {
			text, _ = Cut(text, room)
			spans = append(spans, Span{s.styles.Border, separator}, Span{p, text})
		}
	}
	add(" ─ ", s.styles.Text, Rate(rate))
	add(" ─ ", s.styles.Warn, s.markWords())
	add(" ─ ", s.styles.Match, s.filterWords())
	found := s.foundWords(" hits")
	if spansWidth(spans)+1+Width(found) > width {
		found = s.foundWords("")
	}
	add(" ", s.styles.Dim, found)
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
