package trace

import (
	"sync"
	"sync/atomic"
	"time"
	"unsafe"

	"joltui/jolt"
)

// The bounds of a [Trace].
const (
	mostLines = 4_096 // how many lines are kept at least, as far as the bytes allow
	mostBytes = 2 << 20
	mostText  = 16 << 10 // of one line
	// chunkLines is how many lines are evicted together: the bytes may be exceeded by
	// those of one chunk.
	chunkLines = 64
	// budgetMessages is how many messages are kept in a period: more than an eye can follow.
	// At 0.46 µs each these 8,000/s take 0.4 % of a core; two million would take all of
	// it.
	budgetMessages = 512
	budgetPeriod   = 64 * time.Millisecond
)

// Trace keeps the newest lines that went over the connection, as they were: all that was
// sent, and of those received all but topic messages. Messages are kept only while somebody
// watches, and no more than an eye can follow; a line in their place says how many were
// left out. While nobody watches, a message takes 7 ns. Lines are copies, without
// passwords.
//
// It is safe for concurrent use.
type Trace struct {
	watched atomic.Bool
	skipped atomic.Uint64 // messages since the newest line

	mu     sync.Mutex
	chunks [][]Line // each is only appended to, so what was read of it stays
	first  uint64   // position of the oldest line
	next   uint64   // position after the newest
	bytes  int
	period time.Time // when the current period began
	budget int       // how many more messages are kept in it
	since  time.Time // when somebody began to watch
}

// Line is a line that went over the connection, or stands for messages that were left
// out.
type Line struct {
	At   time.Time
	Kind Kind
	Sent bool
	Text string // without passwords, and cut to a bounded length
	Size int    // of the line as it was, in bytes
	Cut  int    // bytes of it that Text does not have
	// Op, Topic and User are those of a request, also of the one that a reply
	// answers; Op is 0 for a reply that answers none. Topic is also that of a
	// message.
	Op          jolt.Op
	Topic, User string
	Data        int    // length of the payload, in bytes
	Words       string // the broker's, of an error
	Err         error  // why a line could not be read
	LeftOut     uint64 // LeftOut: how many messages
}

// Kind says what a line is.
type Kind uint8

// The kinds of line. LeftOut is no line, but messages that were not kept.
const (
	Request Kind = iota
	Message
	OK
	Error
	Unknown
	Unreadable
	LeftOut
)

const lineBytes = int(unsafe.Sizeof(Line{}))

// New returns a Trace that nobody watches.
func New() *Trace { return &Trace{} }

// Watch sets whether somebody watches, so that messages are kept.
func (t *Trace) Watch(on bool, now time.Time) {
	if t.watched.Swap(on) == on || !on {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.since = now
}

// Add adds a line; it is made for [jolt.Config.Trace].
func (t *Trace) Add(l jolt.TraceLine) {
	if l.Frame.Kind == jolt.FrameMessage && !t.admits(&l) {
		t.skipped.Add(1)
		return
	}
	line := newLine(&l)
	t.mu.Lock()
	defer t.mu.Unlock()
	if n := t.skipped.Swap(0); n > 0 {
		t.add(Line{Kind: LeftOut, LeftOut: n})
	}
	t.add(line)
}

// admits reports whether a message is to be kept.
func (t *Trace) admits(l *jolt.TraceLine) bool {
	if !t.watched.Load() {
		return false
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if since := l.At.Sub(t.period); since >= budgetPeriod || since < 0 {
		t.period, t.budget = l.At, budgetMessages
	}
	t.budget--
	return t.budget >= 0
}

// add appends a line, and evicts the oldest if there is no room. The mutex must be held.
func (t *Trace) add(l Line) {
	last := len(t.chunks) - 1
	if last < 0 || len(t.chunks[last]) == chunkLines {
		t.chunks = append(t.chunks, make([]Line, 0, chunkLines))
		last++
	}
	t.chunks[last] = append(t.chunks[last], l)
	t.next++
	t.bytes += l.cost()
	for last > 0 && (t.bytes > mostBytes || t.next-t.first >= mostLines+chunkLines) {
		for i := range t.chunks[0] {
			t.bytes -= t.chunks[0][i].cost()
		}
		t.first += chunkLines
		t.chunks = t.chunks[1:]
		last--
	}
}

// cost returns the bytes of a line that count against the limit.
func (l *Line) cost() int {
	return lineBytes + len(l.Text) + len(l.Topic) + len(l.User) + len(l.Words)
}

// Lines returns the lines that are kept now. It takes little time: they are shared.
func (t *Trace) Lines() Lines {
	t.mu.Lock()
	defer t.mu.Unlock()
	lines := Lines{
		Since:  t.since,
		chunks: append([][]Line(nil), t.chunks...),
		first:  t.first,
		next:   t.next,
	}
	if n := t.skipped.Load(); n > 0 {
		lines.leftOut = Line{Kind: LeftOut, LeftOut: n}
		lines.next++
	}
	return lines
}

// Lines are the lines that a [Trace] kept at some moment. Positions are absolute, as
// those of a [History].
type Lines struct {
	// Since is when somebody began to watch: messages before that are left out.
	// It is zero while nobody has.
	Since       time.Time
	chunks      [][]Line
	first, next uint64
	leftOut     Line // the last line, if there is any in it
}

// First returns the position of the oldest line.
func (l *Lines) First() uint64 { return l.first }

// Next returns the position after the newest line.
func (l *Lines) Next() uint64 { return l.next }

// At returns the line at pos, or nil if pos is not in [First, Next). The caller
// must not change it.
func (l *Lines) At(pos uint64) *Line {
	if pos < l.first || pos >= l.next {
		return nil
	}
	if pos == l.next-1 && l.leftOut.LeftOut > 0 {
		return &l.leftOut
	}
	at := pos - l.first // the oldest chunk is whole, or the only one
	return &l.chunks[at/chunkLines][at%chunkLines]
}
