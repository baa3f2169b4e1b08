package feed

import (
	"sync"
	"sync/atomic"
	"time"
	"unsafe"

	"joltui/jolt"
)

// The bounds of a [Wire].
const (
	wireLines = 4_096 // how many lines are kept at least, as far as the bytes allow
	wireBytes = 2 << 20
	wireText  = 16 << 10 // of one line
	// wireChunk is how many lines are evicted together: the bytes may be exceeded by
	// those of one chunk.
	wireChunk = 64
	// wireBudget is how many messages are kept in a period: more than an eye can follow.
	// At 0.46 µs each these 8,000/s take 0.4 % of a core; two million would take all of
	// it.
	wireBudget = 512
	wirePeriod = 64 * time.Millisecond
)

// Wire keeps the newest lines that went over the connection, as they were: all that was
// sent, and of those received all but topic messages. Messages are kept only while somebody
// watches, and no more than an eye can follow; a line in their place says how many were
// left out. While nobody watches, a message takes 7 ns. Lines are copies, without
// passwords.
//
// Unlike a [Feed] it is safe for concurrent use.
type Wire struct {
	watched atomic.Bool
	skipped atomic.Uint64 // messages since the newest line

	mu     sync.Mutex
	chunks [][]WireLine // each is only appended to, so what was read of it stays
	first  uint64       // position of the oldest line
	next   uint64       // position after the newest
	bytes  int
	period time.Time // when the current period began
	budget int       // how many more messages are kept in it
	since  time.Time // when somebody began to watch
}

// WireLine is a line that went over the connection, or stands for messages that were left
// out.
type WireLine struct {
	At   time.Time
	Kind WireKind
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
	LeftOut     uint64 // WireLeftOut: how many messages
}

// WireKind says what a line is.
type WireKind uint8

// The kinds of line. WireLeftOut is no line, but messages that were not kept.
const (
	WireRequest WireKind = iota
	WireMessage
	WireOK
	WireError
	WireUnknown
	WireUnreadable
	WireLeftOut
)

const wireLineBytes = int(unsafe.Sizeof(WireLine{}))

// NewWire returns a Wire that nobody watches.
func NewWire() *Wire { return &Wire{} }

// Watch sets whether somebody watches, so that messages are kept.
func (w *Wire) Watch(on bool, now time.Time) {
	if w.watched.Swap(on) == on || !on {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.since = now
}

// Trace adds a line; it is made for [jolt.Config.Trace].
func (w *Wire) Trace(l jolt.TraceLine) {
	if l.Frame.Kind == jolt.FrameMessage && !w.admits(&l) {
		w.skipped.Add(1)
		return
	}
	line := newWireLine(&l)
	w.mu.Lock()
	defer w.mu.Unlock()
	if n := w.skipped.Swap(0); n > 0 {
		w.add(WireLine{Kind: WireLeftOut, LeftOut: n})
	}
	w.add(line)
}

// admits reports whether a message is to be kept.
func (w *Wire) admits(l *jolt.TraceLine) bool {
	if !w.watched.Load() {
		return false
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if since := l.At.Sub(w.period); since >= wirePeriod || since < 0 {
		w.period, w.budget = l.At, wireBudget
	}
	w.budget--
	return w.budget >= 0
}

// add appends a line, and evicts the oldest if there is no room. The mutex must be held.
func (w *Wire) add(l WireLine) {
	last := len(w.chunks) - 1
	if last < 0 || len(w.chunks[last]) == wireChunk {
		w.chunks = append(w.chunks, make([]WireLine, 0, wireChunk))
		last++
	}
	w.chunks[last] = append(w.chunks[last], l)
	w.next++
	w.bytes += l.cost()
	for last > 0 && (w.bytes > wireBytes || w.next-w.first >= wireLines+wireChunk) {
		for i := range w.chunks[0] {
			w.bytes -= w.chunks[0][i].cost()
		}
		w.first += wireChunk
		w.chunks = w.chunks[1:]
		last--
	}
}

// cost returns the bytes of a line that count against the limit.
func (l *WireLine) cost() int {
	return wireLineBytes + len(l.Text) + len(l.Topic) + len(l.User) + len(l.Words)
}

// Lines returns the lines that are kept now. It takes little time: they are shared.
func (w *Wire) Lines() WireLines {
	w.mu.Lock()
	defer w.mu.Unlock()
	lines := WireLines{
		Since:  w.since,
		chunks: append([][]WireLine(nil), w.chunks...),
		first:  w.first,
		next:   w.next,
	}
	if n := w.skipped.Load(); n > 0 {
		lines.leftOut = WireLine{Kind: WireLeftOut, LeftOut: n}
		lines.next++
	}
	return lines
}

// WireLines are the lines that a [Wire] kept at some moment. Positions are absolute, as
// those of a [History].
type WireLines struct {
	// Since is when somebody began to watch: messages before that are left out.
	// It is zero while nobody has.
	Since       time.Time
	chunks      [][]WireLine
	first, next uint64
	leftOut     WireLine // the last line, if there is any in it
}

// First returns the position of the oldest line.
func (l *WireLines) First() uint64 { return l.first }

// Next returns the position after the newest line.
func (l *WireLines) Next() uint64 { return l.next }

// At returns the line at pos, or nil if pos is not in [First, Next). The caller
// must not change it.
func (l *WireLines) At(pos uint64) *WireLine {
	if pos < l.first || pos >= l.next {
		return nil
	}
	if pos == l.next-1 && l.leftOut.LeftOut > 0 {
		return &l.leftOut
	}
	at := pos - l.first // the oldest chunk is whole, or the only one
	return &l.chunks[at/wireChunk][at%wireChunk]
}
