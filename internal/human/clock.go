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

// Whole writes a duration without fractions of a second, which would flicker on a screen
// that is drawn again and again.
func Whole(d time.Duration) string {
	if d < time.Minute {
		return fmt.Sprintf("%d s", max(d, 0)/time.Second)
	}
	return Duration(d)
}
