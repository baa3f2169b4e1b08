package stream

import "time"

// flood notices that a stream shows other rows in each frame. They are then drawn in one
// colour: nobody can read them, and colours make a frame three times as long, which a slow
// line would have to carry before the answer to a key.
type flood struct {
	on   bool
	next uint64    // the position after the last row of the latest frame
	at   time.Time // when the latest frame began that had none of the rows before it
}

// floodEnds is how long after such a frame colours come back.
const floodEnds = 300 * time.Millisecond

// see takes note of a frame of so many rows, which end before next. A single burst is no
// flood: the second frame without a row of the one before it begins one.
func (f *flood) see(next uint64, height int, following bool, now time.Time) {
	lately := now.Sub(f.at) < floodEnds && !f.at.IsZero()
	afresh := f.next > 0 && next >= f.next+uint64(height)
	f.next = next
	f.on = following && lately && (afresh || f.on)
	if afresh && following {
		f.at = now
	}
}
