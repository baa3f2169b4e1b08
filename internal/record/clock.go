package record

import (
	"strconv"
	"time"
)

// Speed is how fast a recording is played: 2 to the power of it, and at SpeedMax as fast as
// possible.
type Speed int

// The bounds of a speed. The zero Speed is that of the recording.
const (
	SpeedMin Speed = -3 // 1/8
	SpeedOwn Speed = 0
	SpeedMax Speed = 7 // beyond 64 times
)

// String writes ¼×, 8×, or max.
func (s Speed) String() string {
	switch {
	case s >= SpeedMax:
		return "max"
	case s < 0:
		return [...]string{"½×", "¼×", "⅛×"}[-max(s, SpeedMin)-1]
	default:
		return strconv.Itoa(1<<s) + "×"
	}
}

// scale returns how much of the recording is played in d.
func (s Speed) scale(d time.Duration) time.Duration {
	if s < 0 {
		return d >> -s
	}
	return d << s
}

// unscale returns how long it takes to play d of the recording.
func (s Speed) unscale(d time.Duration) time.Duration { return (-s).scale(d) }

// clock is the clock of a recording that is played.
type clock struct {
	at    time.Time // in the recording, when it was set
	wall  time.Time // the wall time at which it was set; zero while it is stopped
	speed Speed
}

// now returns the time in the recording. At full speed it is the time of the latest entry
// that was played.
func (c *clock) now(wall time.Time) time.Time {
	if c.wall.IsZero() || c.speed == SpeedMax {
		return c.at
	}
	return c.at.Add(c.speed.scale(wall.Sub(c.wall)))
}

// start starts the clock, at a speed.
func (c *clock) start(wall time.Time, s Speed) { *c = clock{c.now(wall), wall, s} }

// stop stops the clock.
func (c *clock) stop(wall time.Time) { *c = clock{at: c.now(wall), speed: c.speed} }

// set sets the time in the recording.
func (c *clock) set(at, wall time.Time) {
	c.at = at
	if !c.wall.IsZero() {
		c.wall = wall
	}
}
