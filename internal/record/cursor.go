package record

import (
	"errors"
	"io"
	"time"

	"joltui/jolt"
)

// mostEvents bounds the events of a stretch: as many as a dashboard gets from a client at
// once in a flood.
const mostEvents = 4096

// Stretch is a piece of a recording that was played.
type Stretch struct {
	// Reset means that it does not follow on the one before: the player jumped.
	Reset  bool
	Scenes []Scene
	// Partial promises another stretch within 16 ms; a dashboard need not draw before
	// that.
	Partial bool
	// Ended means that the recording is over.
	Ended bool
}

// Scene is what happened within one second of a recording.
type Scene struct {
	At     time.Time // of the latest event
	Events []jolt.Event
	// Missing messages came after the events, and were not recorded.
	Missing Missing
	// Err is a [*LineError], of a line after the events, or why reading ended.
	Err error
}

// cursor reads ahead by one entry.
type cursor struct {
	set    *Set
	reader *Reader
	next   Entry
	err    error // in place of next; io.EOF at the end
	last   error // the latest error that was reported
}

func (c *cursor) jump(to Position) {
	c.close()
	c.reader = c.set.Read(to)
	c.err, c.last = nil, nil
	c.advance()
}

// advance reads the next entry. Of consecutive lines that are wrong, only the first is
// reported. A set that cannot be read any further has ended.
func (c *cursor) advance() {
	var line *LineError
	wrong := errors.As(c.err, &line)
	for {
		c.next, c.err = c.reader.Next()
		if c.err == nil || !errors.As(c.err, &line) || !wrong {
			return
		}
	}
}

func (c *cursor) close() {
	if c.reader != nil {
		c.reader.Close()
	}
}

// ended reports whether there is nothing left.
func (c *cursor) ended() bool { return errors.Is(c.err, io.EOF) }

// due reports whether the time of the next entry is not after limit. An error is due at
// once.
func (c *cursor) due(limit time.Time) bool {
	if c.err != nil {
		return !c.ended()
	}
	return !c.next.At.After(limit)
}

// play reads the entries that are due at limit, but no more events than a stretch takes.
func (c *cursor) play(limit time.Time) (scenes []Scene) {
	for n := 0; n < mostEvents && c.due(limit); n++ {
		scenes = c.step(scenes)
	}
	return scenes
}

// step adds one entry to the last of the scenes, or to a new one.
func (c *cursor) step(scenes []Scene) []Scene {
	at := c.next.At
	if c.err != nil && len(scenes) > 0 {
		at = scenes[len(scenes)-1].At
	}
	if len(scenes) == 0 || !scenes[len(scenes)-1].open(at) {
		scenes = append(scenes, Scene{})
	}
	s := &scenes[len(scenes)-1]
	s.At = at
	switch {
	case c.err != nil:
		s.Err = c.err
	case c.next.Event != nil:
		s.Events = append(s.Events, c.next.Event)
	default:
		s.Missing = c.next.Missing
	}
	var line *LineError
	if c.err != nil && !errors.As(c.err, &line) {
		c.err = io.EOF // it can be read no further
		return scenes
	}
	c.advance()
	return scenes
}

// open reports whether an entry of a time belongs to this scene.
func (s *Scene) open(at time.Time) bool {
	return s.Err == nil && s.Missing == Missing{} && !at.Before(s.At) && at.Truncate(time.Second).Equal(s.At.Truncate(time.Second))
}
