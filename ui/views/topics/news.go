package topics

import (
	"time"

	"joltui/ui/views/kit"
)

// topicLooks remember when the user last saw the messages of topics.
type topicLooks struct {
	all   time.Time
	after map[string]time.Time // those seen after that
}

// look notes what the user sees as of now: the streams of the topics that are
// selected or side by side, or all of them.
func (t *Pane) look(now time.Time) {
	name := t.Selected()
	if name == "" && len(t.tiled) == 0 {
		t.looks = topicLooks{all: now}
		return
	}
	if t.looks.after == nil {
		t.looks.after = make(map[string]time.Time)
	}
	for _, tile := range t.tiled {
		t.looks.after[tile] = now
	}
	if name != "" {
		t.looks.after[name] = now
	}
}

// change says what is new about a row.
type change uint8

const (
	unchanged   change = iota
	heardLately        // in the last second
	heardSince         // since the user looked
)

// changed says what is new about a row. The messages of a group are those of a
// second ago.
func (t *Pane) changed(r topicRow, now time.Time) change {
	if r.node == nil {
		return unchanged
	}
	heard, lately := r.node.sum.heard, 2*time.Second
	if r.node.topic != nil {
		heard, lately = r.node.topic.LastAt, time.Second
	}
	looked := t.looks.all
	if after := t.looks.after[r.node.name]; after.After(looked) && r.node.topic != nil {
		looked = after
	}
	switch {
	case heard.IsZero():
		return unchanged
	case now.Sub(heard) < lately:
		return heardLately
	case heard.After(looked) && r.node.topic != nil:
		return heardSince
	default:
		return unchanged
	}
}

// startRow begins a row with the cursor, or else with what is new about it.
func (t *Pane) startRow(w int, selected bool, c change) *kit.Line {
	switch {
	case !selected && c == heardLately:
		return kit.NewLine(w, kit.Paint{}).Put(t.styles.OK, "*")
	case !selected && c == heardSince:
		return kit.NewLine(w, kit.Paint{}).Put(t.styles.Warn, "+")
	default:
		return kit.StartRow(t.styles, w, selected)
	}
}
