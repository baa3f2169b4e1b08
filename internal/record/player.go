package record

import (
	"context"
	"sync"
	"time"
)

const (
	// frame is how long a player waits at least between two stretches that are
	// not partial.
	frame = 16 * time.Millisecond
	// lead is how many messages are played before the time that was jumped to,
	// so that there is something to read: as many as a dashboard holds.
	lead = 10_000
)

// Player plays a recording. All methods are safe for concurrent use, and none but
// Scan and Run waits for anything.
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
	messages uint64 // played, of the recording
}

// Target is where in a recording to go: to At, or if that is zero to a share of
// the time that the recording takes.
type Target struct {
	At    time.Time
	Share float64 // from 0 to 1
}

// Playing is how a player stands.
type Playing struct {
	At          time.Time // in the recording
	First, Last time.Time // of the recording; as far as it is known while Indexed is below 1
	Messages    uint64    // before here
	Total       uint64
	Indexed     float64 // how much of the recording is known, from 0 to 1
	Speed       Speed
	Paused      bool
	Ended       bool // nothing is left to play
	Seeking     bool // on the way to another time
}

// NewPlayer returns a player at the beginning of a set. It does nothing until Run
// runs, and knows little of the recording until Scan has.
func NewPlayer(s *Set) (*Player, error) {
	r := s.Read(Position{})
	defer r.Close()
	text, err := r.line()
	if err != nil {
		return nil, err
	}
	p := &Player{set: s, index: NewIndex(s), wakeup: make(chan struct{}, 1), playing: true}
	p.clock.at, _ = glance(text)
	return p, nil
}

// Now returns the time in the recording.
func (p *Player) Now() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.clock.now(time.Now())
}

// Status returns how it stands.
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

// Pause stops playing, or goes on. At the end it begins again.
func (p *Player) Pause() {
	p.ask(func() {
		p.playing = !p.playing
		if p.ended && p.playing {
			p.target = &Target{}
		}
	})
}

// Step stops playing and plays the next message.
func (p *Player) Step() {
	p.ask(func() {
		p.playing = false
		p.steps++
	})
}

// Faster doubles the speed so many times; a negative number halves it.
func (p *Player) Faster(by int) {
	p.ask(func() { p.speed = min(max(p.speed+Speed(by), SpeedMin), SpeedMax) })
}

// Seek goes elsewhere. What is played from there on begins with a reset, and with
// some messages before that time, unless it is only a little ahead.
func (p *Player) Seek(t Target) { p.ask(func() { p.target = &t }) }

// SeekBy goes so far ahead, or back.
func (p *Player) SeekBy(d time.Duration) {
	p.ask(func() {
		from := p.clock.now(time.Now())
		if p.target != nil && !p.target.At.IsZero() {
			from = p.target.At // of a key that was pressed just before
		}
		p.target = &Target{At: from.Add(d)}
	})
}

// ask changes what is to be done, and has it done.
func (p *Player) ask(change func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change()
	now := time.Now()
	if p.playing && !p.ended && p.target == nil {
		p.clock.run(now, p.speed)
	} else {
		p.clock.stand(now)
	}
	select {
	case p.wakeup <- struct{}{}:
	default:
	}
}

// Scan finds out where in the recording which time is. It returns when it has read
// all of it, or ctx ends. Until then, a seek waits.
func (p *Player) Scan(ctx context.Context) error { return p.index.Build(ctx, p.set) }

// Run plays until ctx ends. It hands what it plays to emit, from one goroutine,
// and goes on when that returns.
func (p *Player) Run(ctx context.Context, emit func(Stretch)) {
	s := session{Player: p, cursor: cursor{set: p.set}, emit: emit}
	defer s.cursor.close()
	s.cursor.jump(Position{})
	p.ask(func() {})
	for ctx.Err() == nil {
		s.turn(ctx)
	}
}
