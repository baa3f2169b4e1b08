package stream

import (
	"errors"
	"fmt"
	"time"
)

// errMissed says that the stream may have what did not come: it is asked again.
var errMissed = errors.New("a block did not come")

// cursor is where a reader stands in the stream. It knows by numbers and ids whether
// something is missing, and does no I/O.
type cursor struct {
	keep    time.Duration // for so long the stream keeps a block
	seq     uint64        // of the last block that was taken
	id      string        // of that block; empty if it is not known
	created time.Time     // the stream
	touched time.Time     // when the stream was heard of last
	unsure  bool          // it is not known yet whether what the stream has next comes after it
	shown   bool          // the stream still has that block: it has to come before the next does
}

// begin is told what the stream has before its blocks come from the number that is
// returned on. A hole says why what comes next is not what came after the last block.
func (c *cursor) begin(s state, now time.Time) (from uint64, hole string) {
	hole = c.hole(s, now)
	if hole != "" {
		*c = cursor{keep: c.keep, seq: s.last, created: s.created}
	}
	c.touched, c.unsure, c.shown = now, true, s.first <= c.seq
	return max(c.seq, 1), hole
}

func (c *cursor) hole(s state, now time.Time) string {
	away := now.Sub(c.touched)
	switch {
	case !s.created.Equal(c.created):
		return "the stream was made anew"
	case s.last < c.seq:
		return fmt.Sprintf("the stream has lost blocks %d to %d", s.last+1, c.seq)
	case s.first > c.seq+1:
		return fmt.Sprintf("the stream no longer has blocks %d to %d", c.seq+1, s.first-1)
	case away >= c.keep && (s.first > c.seq || c.id == ""):
		return fmt.Sprintf("the stream was out of reach for %v, and keeps what it has for %v", away.Round(time.Second), c.keep)
	}
	return ""
}

// next is what to do with a block.
type next int

const (
	take next = iota // it comes next
	skip             // it was taken before
)

// accept decides on a block. After an error the following begins anew.
func (c *cursor) accept(b stored, now time.Time) (next, error) {
	switch {
	case b.seq == c.seq && c.unsure && c.id != "" && b.id != c.id:
		c.created = time.Time{} // another stream, whatever it says: begin finds a hole
		return skip, errMissed
	case b.seq < c.seq && c.unsure, // the stream has become shorter since it was asked
		b.seq > c.seq+1, b.seq > c.seq && c.unsure && c.shown:
		return skip, errMissed
	}
	c.touched, c.unsure = now, false
	if b.seq <= c.seq {
		if b.seq == c.seq {
			c.id = b.id
		}
		return skip, nil
	}
	c.seq, c.id = b.seq, b.id
	return take, nil
}

// beat is told that blocks up to last have been sent, and nothing since.
func (c *cursor) beat(last uint64, now time.Time) error {
	if last > c.seq || last+1 < c.seq && c.unsure {
		return errMissed
	}
	c.touched = now
	return nil
}
