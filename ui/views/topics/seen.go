package topics

import (
	"time"

	"joltui/ui/views/kit"
)

// lastSeen is when the user last saw the messages of each topic.
type lastSeen struct {
	all    time.Time            // when all topics were shown
	topics map[string]time.Time // when others were, after that
}

// markSeen records that the user sees the selected topic and those side by side now, or all
// topics.
func (t *Pane) markSeen(now time.Time) {
	name := t.Selected()
	if name == "" && len(t.tiled) == 0 {
		t.seen = lastSeen{all: now}
		return
	}
	if t.seen.topics == nil {
		t.seen.topics = make(map[string]time.Time)
	}
	for _, tile := range t.tiled {
		t.seen.topics[tile] = now
	}
	if name != "" {
		t.seen.topics[name] = now
	}
}

// change is what a sign in front of a row says of its messages. Where a rate is shown, that
// tells of a topic on which messages come now, without flickering.
type change uint8

const (
	unchanged   change = iota
	heardLately        // a message came in the last second, and no rate says so
	heardSince         // messages came since the user last saw the topic; now it is quiet
)

// changed returns what the sign of a row says. The counts of a group may be a second old.
func (t *Pane) changed(r topicRow, now time.Time, rates bool) change {
	if r.node == nil {
		return unchanged
	}
	heard, lately, rate := r.node.sum.heard, 2*time.Second, r.node.sum.rate
	if topic := r.node.topic; topic != nil {
		heard, lately, rate = topic.LastAt, time.Second, topic.Rate()
	}
	looked := t.seen.all
	if after := t.seen.topics[r.node.name]; after.After(looked) && r.node.topic != nil {
		looked = after
	}
	switch recent := now.Sub(heard) < lately; {
	case heard.IsZero():
		return unchanged
	case recent && !rates:
		return heardLately
	case heard.After(looked) && r.node.topic != nil && !recent && (rate == 0 || !rates):
		return heardSince
	default:
		return unchanged
	}
}

// startRow begins a row with the cursor sign, or else with a sign for new messages.
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
