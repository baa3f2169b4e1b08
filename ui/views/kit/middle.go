package kit

import "github.com/charmbracelet/x/ansi"

// Middle replaces the middle of printable text with an ellipsis where it is wider than room
// cells: of a sentence the beginning says what it is about, and the end what to do.
func Middle(text string, room int) string {
	if Width(text) <= room || room < 3 {
		text, _ = Cut(text, max(room, 0))
		return text
	}
	end := ansi.TruncateLeft(text, max(Width(text)-room/2, 0), "")
	return Head(text, room-1-Width(end)) + Ellipsis + end
}

// Fit cuts the middle of the widest of spans, and then of others, so that all of them fit
// into room cells.
func Fit(spans []Span, room int) []Span {
	const least = 8 // cells of a span that are of use
	out := append([]Span(nil), spans...)
	for over := SpansWidth(out) - room; over > 0; over = SpansWidth(out) - room {
		widest := 0
		for i := range out {
			if Width(out[i].Text) > Width(out[widest].Text) {
				widest = i
			}
		}
		was := Width(out[widest].Text)
		if was <= least {
			return out // whoever draws them cuts the end
		}
		out[widest].Text = Middle(out[widest].Text, max(was-over, least))
	}
	return out
}
