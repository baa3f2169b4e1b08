package topics

import (
	"joltui/internal/human"
	"joltui/ui/views/kit"
)

// title says how many topics there are, which of them are shown, and what is left out of all
// their names.
func (t *Pane) title(c topicColumns, room int) []kit.Span {
	count := human.Count(uint64(len(t.list.topics)))
	if !t.list.filter.on() {
		spans := []kit.Span{t.styles.Strong.Span("Topics"), t.styles.Dim.Span(" " + count)}
		if frame := t.list.names.Frame(c.name); frame != "" && !t.list.tree {
			frame, _ = kit.Cut(frame, max(room-kit.SpansWidth(spans)-1, 0))
			spans = append(spans, t.styles.Text.Span(" "+frame))
		}
		return spans
	}
	spans := []kit.Span{
		t.styles.Strong.Span("Topics"),
		t.styles.Dim.Span(" " + human.Count(uint64(t.list.shown.sum.topics)) + " of " + count + " "),
	}
	filter, _ := kit.Cut(t.list.filter.shown(room), max(room-kit.SpansWidth(spans), 0))
	return append(spans, t.styles.Match.Span(filter))
}

// note says how the list is sorted. In a list by name that is all on screen one sees that,
// and the header of the table says it.
func (t *Pane) note(c topicColumns) []kit.Span {
	words := ""
	if t.list.tree {
		words = "tree"
	}
	if !c.table && (t.list.order != OrderName || t.Long()) {
		if words != "" {
			words += ", "
		}
		words += t.list.order.String() + " " + t.list.order.arrow()
	}
	if words == "" {
		return nil
	}
	return []kit.Span{t.styles.Dim.Span(words)}
}

// Long reports whether there are more rows than the list can show, or a filter leaves some out.
func (t *Pane) Long() bool {
	return t.h > 2 && (t.list.filter.on() || len(t.list.rows) > kit.Rect{W: t.w, H: t.h}.Inner().H-t.headLines())
}
