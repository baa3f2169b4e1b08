package frame

import (
	"time"

	"joltui/internal/human"
	"joltui/internal/record"
	"joltui/ui/views/kit"
)

// recordFailed is the badge that says that a recording did not end as it should have.
const recordFailed = " ✗ REC FAILED "

// recording is the badge that says that what comes is written down.
func (s *Status) recording(b *kit.Bar, r record.Status, now time.Time) {
	sign := " ● REC "
	if r.Gone != nil {
		sign = " ✗ REC FILE GONE "
	}
	words := sign + human.Bytes(uint64(max(r.Size, 0))) + " " + human.Whole(now.Sub(r.Started))
	if r.Missing > 0 {
		words += " −" + human.Count(r.Missing)
	}
	b.Right(95, s.styles.Badge.Span(words+" "))
}
