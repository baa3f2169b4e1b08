package record

import (
	"context"
	"sync"
	"time"
)

const (
	// frame is the least time between two stretches that are not partial.
	frame = 16 * time.Millisecond
	// lead is how many messages before the target of a jump are played, so that the
	// dashboard is not empty: as many as it holds.
	lead = 10_000
)

// Player plays a recording. All methods are safe for concurrent use, and none but Scan and
// Run blocks.
type Player struct {
	set    *Set
	index  *Index
	wakeup chan struct{} // holds a token when something was asked for

	mu       sync.Mutex
	clock    clock
	speed    Speed
	playing  bool
	ended    bool
	steps    int
	target   *Target
	messages uint64 // how many of the recording were played
}

// Target is a position in a recording: the time At, or if that is zero, a share of its
// duration.
type Target struct {
	At    time.Time
	Share float64 // from 0 to 1
}

// Playing is the state of a player.
type Playing struct {
	At          time.Time // in the recording
	First, Last time.Time // of the recording; while Indexed is below 1, of the part that is known
	Messages    uint64    // how many come before At
	Total       uint64
	Indexed     float64 // how much of the recording is known, from 0 to 1
	Speed       Speed
	Paused      bool
	Ended       bool // nothing is left to play
	Seeking     bool // it is going to another time
}

// NewPlayer returns a player at the beginning of a set. It plays nothing until Run runs, and
// knows little of the recording until Scan has read it.
func NewPlayer(s *Set) (*Player, error) {
	r := s.Read(Position{})
	defer r.Close()
	text, err := r.line()
	if err != nil {
		return nil, err
	}
	p := &Player{set: s, index: NewIndex(s), wakeup: make(chan struct{}, 1), playing: true}
	p.clock.at, _ = lineTime(text)
	return p, nil
}

// Now returns the time in the recording.
func (p *Player) Now() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.clock.now(time.Now())
}

// Status returns the state of the player.
func (p *Player) Status() Playing {
	first, last, total := p.index.Extent()
	p.mu.Lock()
	defer p.mu.Unlock()
	return Playing{
		At: p.clock.now(time.Now()), First: first, Last: last,
		Messages: p.messages, Total: total, Indexed: p.index.Progress(),
		Speed: p.speed, Paused: !p.playing, Ended: p.ended, Seeking: p.target != nil,
	}
}

// Density divides what Scan has read of the recording so far, from First to Last of the status,
// into n slices of the same duration, and returns what is in each; nil while nothing is known.
func (p *Player) Density(n int) []Slice { return p.index.Density(n) }

// Pause stops playing, or goes on. At the end of the recording it begins again.
func (p *Player) Pause() {
	p.request(func() {
		p.playing = !p.playing
		if p.ended && p.playing {
			p.target = &Target{}
		}
	})
}

// Step stops playing and plays the next message.
func (p *Player) Step() {
	p.request(func() {
		p.playing = false
		p.steps++
	})
}

// Faster doubles the speed by times, or halves it if by is negative.
func (p *Player) Faster(by int) {
	p.request(func() { p.speed = min(max(p.speed+Speed(by), SpeedMin), SpeedMax) })
}

// Seek goes to a target. Unless that is only a little ahead, the next stretch is a reset, and
// begins with some messages before the target.
func (p *Player) Seek(t Target) { p.request(func() { p.target = &t }) }

// SeekBy goes ahead by a duration, or back if it is negative.
func (p *Player) SeekBy(d time.Duration) {
	p.request(func() {
		from := p.clock.now(time.Now())
		if p.target != nil && !p.target.At.IsZero() {
			from = p.target.At // of a seek that is not done yet
		}
		p.target = &Target{At: from.Add(d)}
	})
}

// request changes what the player has to do, and wakes Run up.
func (p *Player) request(change func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change()
	now := time.Now()
	if p.playing && !p.ended && p.target == nil {
		p.clock.start(now, p.speed)
	} else {
		p.clock.stop(now)
	}
	select {
	case p.wakeup <- struct{}{}:
	default:
	}
}

// Scan builds the index of the recording. It returns when it has read all of it, or when ctx
// ends. A seek waits for it.
func (p *Player) Scan(ctx context.Context) error { return p.index.Build(ctx, p.set) }

// Run plays until ctx ends. It calls emit with each stretch, on its own goroutine, and goes
// on when emit returns.
func (p *Player) Run(ctx context.Context, emit func(Stretch)) {
	s := session{Player: p, cursor: cursor{set: p.set}, emit: emit}
	defer s.cursor.close()
	s.cursor.jump(Position{})
	p.request(func() {})
	for ctx.Err() == nil {
		s.doNext(ctx)
	}
}
