package dashboard

import "runtime/debug"

// heapPercent is how much garbage a dashboard lets pile up, in percent of what it
// holds. Under a flood it has 51 MiB with 70 and up to 61 with Go's 100, which is
// the most that it may have; a message takes a tenth more processor time.
const heapPercent = 70

// keepHeapSmall has garbage collected earlier, unless the user decides that.
func keepHeapSmall(t Terminal) {
	if t.Getenv("GOGC") == "" {
		debug.SetGCPercent(heapPercent)
	}
}
