package broker

import (
	"cmp"
	"runtime/debug"
	"runtime/metrics"
	"slices"
	"sync/atomic"
	"time"

	"joltui/jolt"
)

const (
	// memoryLooks is how often the memory is looked at. A connection can take some 50
	// MB in that time, from a network that brings 4 Gbit/s.
	memoryLooks = 100 * time.Millisecond
	// topicBytes is about what a subscription takes beside the topic's name.
	topicBytes = 250
	// worthReturning is how much is let go of before the system is given memory back.
	worthReturning = 32 << 20
	// returnEvery is how often that is done at most: it collects garbage in all of the
	// memory.
	returnEvery = 10 * time.Second
	// shedEvery is how long what was let go of is given to be gone, before more is.
	shedEvery = time.Second
	// linesShare is the part of the memory that lines may have which are longer than
	// what is usually read at a time. Four hundred of them can come in a tenth of a second.
	linesShare = 4
)

// memory sees to it that the broker refuses what it has no memory for, rather than
// be killed by the system with all connections. It asks the runtime how much there
// is, so that nothing has to be counted where messages pass.
type memory struct {
	b     *Broker
	limit uint64
	used  func() uint64 // by the process, without what was given back
	full  atomic.Bool
	let   atomic.Int64 // bytes let go of since they were given back to the system
	lines atomic.Int64 // bytes that long lines have
	// Of the goroutine that watches: when it last let go of clients, and of memory.
	shedAt, returnedAt time.Time
}

func newMemory(b *Broker) *memory {
	m := &memory{b: b, limit: uint64(b.cfg.Limits.MemoryBytes), used: memoryUsed}
	if b.cfg.memoryUsed != nil {
		m.used = b.cfg.memoryUsed
	}
	return m
}

// memoryUsed is what the system has given to the runtime and not got back, but for
// the part that is free.
func memoryUsed() uint64 {
	samples := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"},
		{Name: "/memory/classes/heap/stacks:bytes"}}
	metrics.Read(samples)
	return samples[0].Value.Uint64() + samples[1].Value.Uint64()
}

func memoryFull() *refusal {
	return refuse(jolt.CodeBusy, "the broker's memory is full: try again later")
}

// freed notes what a session let go of.
func (m *memory) freed(bytes int) { m.let.Add(int64(bytes)) }

// watch looks until the broker has read all that it will.
func (m *memory) watch() {
	tick := time.NewTicker(memoryLooks)
	defer tick.Stop()
	for {
		select {
		case <-m.b.quiet:
			return
		case <-tick.C:
			m.look()
		}
	}
}

// reserve takes so many bytes for long lines, or gives them back if they are negative.
// It reports whether there are as many.
func (m *memory) reserve(bytes int) bool {
	if m.lines.Add(int64(bytes)) <= int64(m.limit)/linesShare || bytes < 0 {
		return true
	}
	m.lines.Add(-int64(bytes))
	return false
}

// look refuses newcomers while too much is used, and lets go of those who hold most.
func (m *memory) look() {
	used := m.used()
	if used > m.limit && time.Since(m.shedAt) >= shedEvery {
		debug.FreeOSMemory() // some of it may be garbage
		used = m.used()
	}
	over := used > m.limit
	if m.full.Swap(over) != over && over {
		m.b.episodes.Warn("memory", "the memory is full: clients are refused, and those that hold most are disconnected",
			"bytes", used, "limit", m.limit)
	}
	switch {
	case over && time.Since(m.shedAt) >= shedEvery:
		m.shedAt = time.Now()
		m.shed(used - m.limit + m.limit/10)
	case !over && m.let.Load() > worthReturning && time.Since(m.returnedAt) >= returnEvery:
		m.let.Store(0)
		m.returnedAt = time.Now()
		debug.FreeOSMemory()
	}
}

// shed disconnects those who hold most, until that makes up for so many bytes.
func (m *memory) shed(bytes uint64) {
	sessions := m.b.everySession()
	held := make(map[*session]int, len(sessions))
	for _, s := range sessions {
		held[s] = s.footprint()
	}
	slices.SortFunc(sessions, func(a, b *session) int { return cmp.Compare(held[b], held[a]) })
	for _, s := range sessions {
		if held[s] < 4*firstReadBytes || bytes == 0 { // the rest has next to nothing
			return
		}
		bytes -= min(bytes, uint64(held[s]))
		if s.end.Load() == nil {
			m.b.episodes.Warn("shed", "disconnected for its memory", "remote", s.peer().remote, "user", s.peer().user, "bytes", held[s])
			s.expel(memoryFull())
		}
	}
}

// footprint is about how many bytes of memory the session holds.
func (s *session) footprint() int {
	return int(s.in.held.Load()+s.topicBytes.Load()) + s.out.held()
}

// held is how many bytes the queue has.
func (o *outbox) held() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.backlog
}

// mayKeep returns why the session may not have a further topic, or nil.
func (s *session) mayKeep() *refusal {
	if n := len(s.topics.All); n >= s.b.cfg.Limits.Topics {
		return refuse(jolt.CodeTooManyTopics, "subscribed to %d topics, the limit for a connection", n)
	}
	if s.b.memory.full.Load() {
		return memoryFull()
	}
	return nil
}
