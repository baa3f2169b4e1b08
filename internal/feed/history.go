package feed

import (
	"slices"
	"time"
	"unsafe"
)

// Entry is one line of a stream: a message, or a gap between messages. Entries
// are never changed after they were added to a history.
type Entry struct {
	// Seq is the arrival number over all topics, from 1. A gap has one too, the
	// same in every history.
	Seq   uint64
	At    time.Time
	Topic string
	Data  string
	Size  int  // payload bytes as received; > len(Data) when it was cut
	Gap   *Gap // not nil: a separator, not a message
}

const entryBytes = int(unsafe.Sizeof(Entry{}))

// cost returns the bytes that count against the limits; see [Limits].
func (e *Entry) cost() int { return entryBytes + len(e.Topic) + len(e.Data) }

// Rows is a stretch of a stream as a pane draws it. Positions are absolute: they grow with
// the stream, and the position of an evicted entry is never used again.
type Rows interface {
	// First returns the position of the oldest entry.
	First() uint64
	// Next returns the position after the newest entry.
	Next() uint64
	// At returns the entry at pos, or nil if pos is not in [First, Next).
	At(pos uint64) *Entry
}

// chunkLen is how many positions a chunk covers. Chunks are aligned: number n
// covers the positions from n*chunkLen.
const chunkLen = 256

// chunk holds the entries of its positions from first on. It is only appended
// to.
type chunk struct {
	first   uint64
	entries []Entry
	// Of the entries that the history still holds; windows do not use it.
	bytes int // their cost
	gaps  int
}

// end is the position after the newest entry.
func (c *chunk) end() uint64 { return c.first + uint64(len(c.entries)) }

// History is the newest part of a stream, bounded by its owner. It is written
// by its [Feed] only.
type History struct {
	// chunks is replaced, never changed in place: windows share it.
	chunks      []*chunk
	first, next uint64
	bytes       int // cost of the entries held
	dead        int // cost of the evicted entries that the oldest chunk still holds
}

// Len returns how many entries the history holds.
func (h *History) Len() int { return int(h.next - h.first) }

// Bytes returns what the entries take of the byte limits; see [Limits].
func (h *History) Bytes() int { return h.bytes }

// Window returns the history as it is now. It costs no allocation.
func (h *History) Window() Window { return Window{h.chunks, h.first, h.next} }

// push appends a copy of e.
func (h *History) push(e *Entry) {
	if h.next%chunkLen == 0 || len(h.chunks) == 0 {
		h.extend()
	}
	c := h.chunks[len(h.chunks)-1]
	c.entries = append(c.entries, *e)
	h.next++
	cost := e.cost()
	h.bytes += cost
	c.bytes += cost
	if e.Gap != nil {
		c.gaps++
	}
}

// replaceNewest puts e, which costs the same, in the place of the newest entry.
func (h *History) replaceNewest(e *Entry) {
	last := len(h.chunks) - 1
	c := *h.chunks[last]
	c.entries = append(make([]Entry, 0, cap(c.entries)), c.entries...)
	c.entries[len(c.entries)-1] = *e
	h.chunks = slices.Clone(h.chunks)
	h.chunks[last] = &c
}

// extend adds an empty chunk, with room in proportion to what is held: there
// may be thousands of topics with a few entries each.
func (h *History) extend() {
	room := min(max(h.Len(), 4), chunkLen)
	c := &chunk{first: h.next, entries: make([]Entry, 0, room)}
	h.chunks = slices.Concat(h.chunks, []*chunk{c})
}

// evict drops the n oldest entries, and returns how many of them were messages. The history
// must hold n. It reads the entries of one chunk at most: reading each entry that a flood
// replaces took a sixth of the time of Apply, because they are no longer in the processor's
// cache.
func (h *History) evict(n int) (messages int) {
	whole := 0
	for n > 0 {
		c := h.chunks[whole]
		held := int(c.end() - h.first)
		if n < held {
			break
		}
		n -= held
		messages += held - c.gaps
		h.first, h.bytes, h.dead = c.end(), h.bytes-c.bytes, 0
		whole++
	}
	if whole > 0 {
		h.chunks = append([]*chunk(nil), h.chunks[whole:]...)
	}
	for ; n > 0; n-- {
		messages += h.evictFromChunk()
	}
	if h.dead > h.bytes {
		h.compact()
	}
	return messages
}

// evictFromChunk drops the oldest entry, which is not the last of its chunk,
// and returns 1 if it was a message.
func (h *History) evictFromChunk() (messages int) {
	c := h.chunks[0]
	e := &c.entries[h.first-c.first]
	h.first++
	cost := e.cost()
	h.bytes -= cost
	c.bytes -= cost
	h.dead += cost
	if e.Gap != nil {
		c.gaps--
		return 0
	}
	return 1
}

// compact replaces the oldest chunk by one without its evicted entries, so that these do not
// take more memory than what is held. A window still has the old chunk.
func (h *History) compact() {
	oldest := *h.chunks[0]
	oldest.entries = append([]Entry(nil), oldest.entries[h.first-oldest.first:]...)
	oldest.first = h.first
	h.chunks = slices.Clone(h.chunks)
	h.chunks[0] = &oldest
	h.dead = 0
}

// skip advances by n positions, as if n entries had been pushed and evicted. The history
// must be empty.
func (h *History) skip(n int) {
	h.chunks, h.dead = nil, 0
	h.next += uint64(n)
	h.first = h.next
}

// Window is an immutable part of a history. It stays as it is while the history
// goes on, and keeps the memory of its entries. The zero Window is empty.
type Window struct {
	chunks      []*chunk
	first, next uint64
}

var _ Rows = Window{}

// First returns the position of the oldest entry.
func (w Window) First() uint64 { return w.first }

// Next returns the position after the newest entry.
func (w Window) Next() uint64 { return w.next }

// Len returns how many entries there are.
func (w Window) Len() int { return int(w.next - w.first) }

// At returns the entry at pos, or nil if pos is not in [First, Next). The
// caller must not change it.
func (w Window) At(pos uint64) *Entry {
	if pos < w.first || pos >= w.next {
		return nil
	}
	c := w.chunks[pos/chunkLen-w.first/chunkLen]
	return &c.entries[pos-c.first]
}
