package views

import (
	"time"

	"joltui/internal/human"
	"joltui/internal/record"
)

// recordFailed is the badge that says that a recording did not end as it should have.
const recordFailed = " ✗ REC FAILED "

// recording is the badge that says that what comes is written down.
func (s *Status) recording(b *bar, r record.Status, now time.Time) {
	sign := " ● REC "
	if r.Gone != nil {
		sign = " ✗ REC FILE GONE "
	}
	words := sign + human.Bytes(uint64(max(r.Size, 0))) + " " + human.Whole(now.Sub(r.Started))
	if r.Missing > 0 {
		words += " −" + human.Count(r.Missing)
	}
	b.right(95, Span{s.styles.Badge, words + " "})
}
