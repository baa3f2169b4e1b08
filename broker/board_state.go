package broker

import (
	"context"
	"log/slog"
	"maps"
	"runtime"
	"sync/atomic"
	"time"

	"joltui/internal/system"
)

// tally is how many messages a session has published, and their size. Only its own
// goroutine adds.
type tally struct{ messages, bytes atomic.Uint64 }

func (t *tally) add(messages, bytes int) {
	t.messages.Add(uint64(messages))
	t.bytes.Add(uint64(bytes))
}

// sample is how much had gone in and out at a moment.
type sample struct {
	at                                         time.Time
	messagesIn, messagesOut, bytesIn, bytesOut uint64
}

// since returns the rates between an earlier sample and this one.
func (s sample) since(before sample) system.Rates {
	seconds := s.at.Sub(before.at).Seconds()
	return system.Rates{
		MessagesIn:  system.Rate(s.messagesIn-before.messagesIn, seconds),
		MessagesOut: system.Rate(s.messagesOut-before.messagesOut, seconds),
		BytesIn:     system.Rate(s.bytesIn-before.bytesIn, seconds),
		BytesOut:    system.Rate(s.bytesOut-before.bytesOut, seconds),
	}
}

// tooSoon says that the time between two samples is too short for a rate.
func tooSoon(now, before time.Time) bool { return now.Sub(before) < boardEvery/2 }

// state is what $SYS.broker says, with rates since before, if that is not nil and long
// enough ago, and from when on the next rates are.
func (b *Broker) state(before *sample) (system.Broker, *sample) {
	stats, now := b.Stats(), time.Now()
	counts := sample{now, stats.MessagesIn, stats.MessagesOut, stats.BytesIn, stats.BytesOut}
	refused := stats.Refused
	maps.DeleteFunc(refused, func(_ string, n uint64) bool { return n == 0 })
	var paused time.Duration
	for _, waited := range stats.Delays {
		paused += waited
	}
	s := system.Broker{
		Time: now.UTC().Truncate(time.Millisecond), Name: b.cfg.Name, Version: b.cfg.Version,
		UptimeS:  now.Sub(b.began).Truncate(time.Millisecond).Seconds(),
		Security: b.access.Load() != nil, TLS: b.cfg.TLS != nil,
		Patterns: b.cfg.Patterns, Connections: stats.Connections, Topics: stats.Topics, LoginsPending: stats.LoginsPending,
		MaximumConnections: b.cfg.Limits.Connections,
		MessagesIn:         stats.MessagesIn, MessagesOut: stats.MessagesOut,
		BytesIn: stats.BytesIn, BytesOut: stats.BytesOut,
		Accepted: stats.Accepted, TurnedAway: stats.TurnedAway, SlowConsumers: stats.SlowConsumers,
		LoginFailures: stats.LoginFailures, LoginsRefused: stats.LoginsRefused,
		RequestsRefused: refused, PublishersPaused: paused.Truncate(time.Millisecond).Seconds(),
		LastValues: stats.LastValues, LastValueBytes: stats.LastValueBytes,
		LastValueLimit: b.cfg.Limits.LastValueBytes, LastValuesForgotten: stats.LastValuesForgotten,
		MemoryUsed: stats.Memory, MemoryLimit: b.cfg.Limits.MemoryBytes, Goroutines: runtime.NumGoroutine(),
	}
	if e := stats.Engine; e != nil {
		s.Shared = &system.Shared{Brokers: e.Brokers, OtherUsers: e.OtherUsers}
		s.Unavailable = whyUnready(b.engine)
	}
	if before != nil && tooSoon(now, before.at) {
		return s, before
	}
	if before != nil {
		rates := counts.since(*before)
		s.Rates = &rates
	}
	return s, &counts
}

// whyUnready says why an engine can store nothing now; empty if it can.
func whyUnready(e engine) string {
	if err := e.ready(); err != nil {
		return err.Error()
	}
	return ""
}

// clientTable knows what subscribers were told of clients, and their counts by then.
type clientTable struct {
	told   system.Table[uint64, system.Client]
	counts map[uint64]sample
	total  int
}

func newClientTable() clientTable {
	return clientTable{counts: make(map[uint64]sample),
		told: system.NewTable[uint64](func(c system.Client) int { return 400 + 2*len(c.User) })}
}

// next returns what has changed, and remembers it as told.
func (t *clientTable) next(sessions []*session, most int) (changed []system.Client, gone []uint64) {
	states, counts := make(map[uint64]system.Client, len(sessions)), make(map[uint64]sample, len(sessions))
	for _, s := range sessions {
		state, now := s.state()
		before, ok := t.counts[s.id]
		switch {
		case ok && tooSoon(now.at, before.at):
			now = before
		case ok:
			state.Rates = now.since(before)
		}
		states[s.id], counts[s.id] = state, now
	}
	t.counts, t.total = counts, len(sessions)
	return t.told.Next(states, most)
}

// everySession returns the sessions that there are.
func (b *Broker) everySession() []*session {
	b.mu.Lock()
	defer b.mu.Unlock()
	sessions := make([]*session, 0, len(b.sessions.All))
	for s := range b.sessions.All {
		sessions = append(sessions, s)
	}
	return sessions
}

// sessionOf returns the session that has an id, or nil.
func (b *Broker) sessionOf(id uint64) *session {
	b.mu.Lock()
	defer b.mu.Unlock()
	for s := range b.sessions.All {
		if s.id == id {
			return s
		}
	}
	return nil
}

// state is what $SYS.clients says of a session, but for the rates.
func (s *session) state() (system.Client, sample) {
	now := sample{at: time.Now(), messagesIn: s.published.messages.Load(), bytesIn: s.published.bytes.Load()}
	s.out.mu.Lock()
	now.messagesOut, now.bytesOut = s.out.messages, s.out.bytes
	backlog := s.out.backlog
	s.out.mu.Unlock()
	p := s.peer()
	return system.Client{ID: s.id, Address: p.remote, User: p.user, Since: system.At(s.since),
		Subscriptions: int(s.subscriptions.Load()), Backlog: backlog}, now
}

// event tells of something that has happened to the session.
func (s *session) event(what, reason string) {
	if !s.b.board.eventful.Load() {
		return
	}
	p := s.peer()
	e := system.Event{Event: what, ID: s.id, Address: p.remote, User: p.user, Reason: reason}
	e.LostMessages, e.LostBytes = s.out.lost()
	s.b.board.event(e)
}

// event tells of something that has happened, now.
func (d *board) event(e system.Event) {
	if !d.eventful.Load() {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.events++; d.events > mostEvents {
		return
	}
	e.Time = system.At(time.Now())
	d.tell(d.watchers[system.EventsTopic], system.EventsTopic, e)
}

// eventLog is a handler of log records that tells of those of warn and above.
type eventLog struct {
	slog.Handler
	board *board
	attrs []slog.Attr
}

// Enabled implements [slog.Handler].
func (l eventLog) Enabled(ctx context.Context, level slog.Level) bool {
	return l.Handler.Enabled(ctx, level) || level >= slog.LevelWarn && l.board.eventful.Load()
}

// Handle implements [slog.Handler].
func (l eventLog) Handle(ctx context.Context, r slog.Record) error {
	if r.Level >= slog.LevelWarn && l.board.eventful.Load() {
		e := system.Event{Event: system.Logged, Level: r.Level.String(), Message: r.Message, Attributes: make(map[string]string)}
		note := func(a slog.Attr) bool {
			e.Attributes[a.Key] = a.Value.Resolve().String()
			return true
		}
		for _, a := range l.attrs {
			note(a)
		}
		r.Attrs(note)
		l.board.event(e)
	}
	if !l.Handler.Enabled(ctx, r.Level) {
		return nil
	}
	return l.Handler.Handle(ctx, r)
}

// WithAttrs implements [slog.Handler].
func (l eventLog) WithAttrs(attrs []slog.Attr) slog.Handler {
	l.attrs = append(l.attrs[:len(l.attrs):len(l.attrs)], attrs...)
	l.Handler = l.Handler.WithAttrs(attrs)
	return l
}

// WithGroup implements [slog.Handler]. The broker has no groups.
func (l eventLog) WithGroup(name string) slog.Handler {
	l.Handler = l.Handler.WithGroup(name)
	return l
}
