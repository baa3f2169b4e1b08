package record

import (
	"context"
	"time"

	"joltui/jolt"
)

// session is a run of a player.
type session struct {
	*Player
	cursor cursor
	emit   func(Stretch)
	drawn  time.Time // when the latest stretch that is not partial was emitted
}

// doNext does the next thing that the player has to do, and waits if there is none.
func (s *session) doNext(ctx context.Context) {
	target, steps, playing := s.todo()
	switch {
	case target != nil:
		s.seek(ctx, target)
	case steps > 0:
		s.step()
	case playing:
		s.play(ctx)
	default:
		s.wait(ctx, nil)
	}
}

func (s *session) todo() (target *Target, steps int, playing bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	steps, s.steps = s.steps, max(s.steps-1, 0)
	return s.target, steps, s.playing && !s.ended
}

// play plays what is due, and waits until the next entry is.
func (s *session) play(ctx context.Context) {
	if s.cursor.ended() {
		s.end()
		return
	}
	limit, speed := s.limit()
	scenes := s.cursor.play(limit)
	more := s.cursor.due(limit)
	if len(scenes) > 0 {
		s.emitStretch(Stretch{Scenes: scenes}, more)
	}
	if more || s.cursor.ended() {
		return
	}
	pause := speed.unscale(s.cursor.next.At.Sub(s.Now()))
	if len(scenes) > 0 {
		pause = max(pause, frame)
	}
	s.wait(ctx, &pause)
}

// limit returns the time until which entries are due, and the speed at which it advances.
func (s *session) limit() (time.Time, Speed) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.speed == SpeedMax {
		return endOfTime(), s.speed
	}
	return s.clock.now(time.Now()), s.speed
}

// endOfTime returns a time after any that a line can have.
func endOfTime() time.Time { return time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC) }

// emitStretch emits a stretch. While more follow at once, most of them are partial.
func (s *session) emitStretch(piece Stretch, more bool) {
	now := time.Now()
	piece.Partial = more && now.Sub(s.drawn) < frame
	if !piece.Partial {
		s.drawn = now
	}
	s.mu.Lock()
	s.messages = s.cursor.messages()
	if n := len(piece.Scenes); n > 0 && (s.speed == SpeedMax || s.clock.wall.IsZero()) {
		s.clock.set(piece.Scenes[n-1].At, now)
	}
	s.mu.Unlock()
	s.emit(piece)
}

// messages returns how many messages were read, without the one read ahead.
func (c *cursor) messages() uint64 {
	n := c.reader.Position().Messages
	if _, ok := c.next.Event.(*jolt.Message); ok && c.err == nil {
		n--
	}
	return n
}

// step plays the next message, and other entries before it.
func (s *session) step() {
	var scenes []Scene
	for message := false; !message && !s.cursor.ended(); {
		_, message = s.cursor.next.Event.(*jolt.Message)
		message = message && s.cursor.err == nil
		scenes = s.cursor.step(scenes)
	}
	if len(scenes) == 0 {
		s.end()
		return
	}
	s.emitStretch(Stretch{Scenes: scenes}, false)
}

// end emits, once, that the recording is over.
func (s *session) end() {
	_, last, _ := s.index.Extent()
	s.mu.Lock()
	over := s.ended
	s.ended, s.playing = true, false
	s.clock.stop(time.Now())
	if last.After(s.clock.at) {
		s.clock.at = last
	}
	s.mu.Unlock()
	if !over {
		s.emit(Stretch{Ended: true})
	}
}

// wait returns after a pause, nil for none, or when the player is asked for something.
func (s *session) wait(ctx context.Context, pause *time.Duration) {
	var due <-chan time.Time
	if pause != nil {
		timer := time.NewTimer(*pause)
		defer timer.Stop()
		due = timer.C
	}
	select {
	case <-ctx.Done():
	case <-s.wakeup:
	case <-due:
	}
}

// seek waits for the index, and goes to a target.
func (s *session) seek(ctx context.Context, target *Target) {
	select {
	case <-s.index.Ready():
	case <-s.wakeup: // perhaps another target
		return
	case <-ctx.Done():
		return
	}
	to := s.resolve(*target)
	from, mark := s.index.Before(to, lead)
	ahead := !to.Before(s.Now()) && s.cursor.messages()+lead >= mark.Messages
	if !ahead {
		s.cursor.jump(from)
		s.emit(Stretch{Reset: true, Partial: true})
	}
	s.runTo(ctx, to)
	s.request(func() {
		s.clock.at = to
		s.ended = false
		if s.target == target {
			s.target = nil
		}
	})
}

// resolve returns the time of a target, within the recording.
func (s *session) resolve(t Target) time.Time {
	first, last, _ := s.index.Extent()
	to := t.At
	if to.IsZero() {
		to = first.Add(time.Duration(t.Share * float64(last.Sub(first))))
	}
	if to.Before(first) {
		return first
	}
	if to.After(last) {
		return last
	}
	return to
}

// runTo plays everything before a time without pauses.
func (s *session) runTo(ctx context.Context, to time.Time) {
	s.mu.Lock()
	s.clock.stop(time.Now())
	s.mu.Unlock()
	for ctx.Err() == nil {
		scenes := s.cursor.play(to.Add(-1))
		more := s.cursor.due(to.Add(-1))
		s.emitStretch(Stretch{Scenes: scenes}, more)
		if !more {
			return
		}
	}
}
