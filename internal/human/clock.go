package human

import (
	"fmt"
	"time"
)

// In says when something will be: "now", "in 3 s".
func In(d time.Duration) string {
	if d <= 0 {
		return "now"
	}
	return "in " + Whole(d+time.Second-1)
}

// Whole writes a duration without the fractions of a second that would flicker in a
// clock.
func Whole(d time.Duration) string {
	if d < time.Minute {
		return fmt.Sprintf("%d s", max(d, 0)/time.Second)
	}
	return Duration(d)
}
