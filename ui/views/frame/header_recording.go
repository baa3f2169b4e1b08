package frame

import (
	"time"

	"joltui/internal/human"
	"joltui/ui/views/kit"
)

// recordFailed is the badge of a recording that ended with an error.
const recordFailed = " ✗ REC FAILED "

// recording draws the badge of a recording that is being made.
func (s *Status) recording(b *kit.Bar, info Info, now time.Time) {
	r := info.Recording
	sign := " ● REC "
	if r.Gone != nil {
		sign = " ✗ REC FILE GONE "
	}
	words := sign + human.Bytes(uint64(max(r.Size, 0))) + " " + human.Whole(now.Sub(r.Started))
	if info.RecordingFor > 0 {
		words += " of " + human.Whole(info.RecordingFor)
	}
	if r.Missing > 0 {
		words += " −" + human.Count(r.Missing)
	}
	b.Right(95, s.styles.Badge.Span(words+" "))
}
