package feed

import (
	"errors"
	"time"

	"joltui/internal/printable"
	"joltui/jolt"
)

// Log is the ledger: a row for each request and for whatever else happened
// that is not a message. It is bounded; the oldest rows go first. It belongs to its [Feed],
// and like it is not safe for concurrent use.
type Log struct {
	max     int
	rows    []Row // the row at pos is rows[pos%max]
	next    uint64
	version uint64
	wrongs  uint64 // how often something went wrong
	totals  Totals
	pending map[uint64]begun // by Ref
	repeats map[uint64]*Repeat

	maxData int    // of data
	data    int    // bytes of payloads in the rows
	cut     uint64 // rows before it had their payloads cut

	publishes latencies
	loopBacks latencies
	loops     loops

	episode dropEpisode

	down  bool   // the latest row about the connection says that it is down
	cause string // the cause in that row
}

// begun is a request without an outcome.
type begun struct {
	op    jolt.Op
	row   uint64 // its position
	many  *Many  // nil: it has a row of its own
	index int    // in many
}

func newLog(rows, data int) *Log {
	return &Log{
		max: rows, maxData: data,
		pending: make(map[uint64]begun), repeats: make(map[uint64]*Repeat), loops: newLoops(),
	}
}

// First returns the position of the oldest row. Positions are absolute, as
// those of a history.
func (l *Log) First() uint64 { return l.next - uint64(len(l.rows)) }

// Next returns the position after the newest row.
func (l *Log) Next() uint64 { return l.next }

// At returns the row at pos, or nil if pos is not in [First, Next). It is valid
// until the log changes, and the caller must not change it.
func (l *Log) At(pos uint64) *Row {
	if pos < l.First() || pos >= l.next {
		return nil
	}
	return &l.rows[pos%uint64(l.max)]
}

// Version changes whenever the rows or the totals do.
func (l *Log) Version() uint64 { return l.version }

// Troubles changes whenever something goes wrong that is in the log: see [RowsWrong].
func (l *Log) Troubles() uint64 { return l.wrongs }

// count counts a row that was added, or has become another, if it tells of a trouble.
func (l *Log) count(row *Row) {
	if row.wrong() {
		l.wrongs++
	}
}

// Totals returns how requests ended.
func (l *Log) Totals() Totals { return l.totals }

// Begin adds a row for a request that is about to be sent. The reply with the
// same Ref completes it in place. A request without a Ref, or whose Ref is
// pending already, adds nothing.
func (l *Log) Begin(r jolt.Request, at time.Time) {
	if _, pending := l.pending[r.Ref]; pending || r.Ref == 0 {
		return
	}
	l.pending[r.Ref] = begun{op: r.Op, row: l.next}
	l.totals.add(r.Op, jolt.Pending)
	l.loops.begin(r, l.next, at)
	l.add(Row{At: at, Kind: RowRequest, Request: boundedRequest(r), Size: len(r.Data)})
}

// Note adds a row with words of the dashboard itself.
func (l *Log) Note(at time.Time, text string) {
	l.add(Row{At: at, Kind: RowNote, Text: printable.Clip(text, maxRowText)})
}

// Fail adds a row that says what the dashboard could not do for its user.
func (l *Log) Fail(at time.Time, text string) {
	l.add(Row{At: at, Kind: RowFailure, Text: printable.Clip(text, maxRowText)})
}

// add appends row, in place of the oldest if there is no room.
func (l *Log) add(row Row) {
	l.data += len(row.Request.Data)
	if len(l.rows) < l.max {
		l.rows = append(l.rows, row)
	} else {
		oldest := &l.rows[l.next%uint64(l.max)]
		l.data -= len(oldest.Request.Data)
		*oldest = row
	}
	l.next++
	l.version++
	l.count(&row)
	l.cutData()
}

// replace puts another row, which goes on with what the row at pos is about, in its place.
func (l *Log) replace(pos uint64, row Row) {
	old := l.At(pos)
	row.At = old.At
	l.data += len(row.Request.Data) - len(old.Request.Data)
	*old = row
	l.version++
	l.count(&row)
	l.cut = min(l.cut, pos)
	l.cutData()
}

// cutData cuts the payloads of the oldest rows until all together are within
// their limit. That of the newest stays.
func (l *Log) cutData() {
	for l.cut = max(l.cut, l.First()); l.data > l.maxData && l.cut+1 < l.next; l.cut++ {
		data := &l.At(l.cut).Request.Data
		l.data -= len(*data)
		*data = printable.Clip(*data, oldRowData)
		l.data += len(*data)
	}
}

// reply completes the row of a request with its outcome, or adds one, unless the reply is
// routine.
func (l *Log) reply(r *jolt.Reply) {
	l.version++
	l.totals.add(r.Request.Op, r.Outcome)
	if r.Request.Op == jolt.OpPublish && (r.Outcome == jolt.Acknowledged || r.Outcome == jolt.Rejected) {
		l.publishes.add(r.Latency())
	}
	request, pending := l.pending[r.Request.Ref]
	if pending {
		delete(l.pending, r.Request.Ref)
		l.totals.remove(request.op, jolt.Pending)
		if request.many != nil {
			if l.countMany(request, r); r.Outcome == jolt.Acknowledged {
				return
			}
			pending = false // it has no row yet
		}
	} else if routine(r) || l.repeated(r) {
		return
	}
	row := l.At(request.row)
	if !pending || row == nil { // never announced, or evicted meanwhile
		l.add(Row{At: r.At, Kind: RowRequest, Request: boundedRequest(r.Request), Size: len(r.Request.Data)})
		row = l.At(l.next - 1)
	}
	row.Outcome, row.Err = r.Outcome, boundedError(r.Err)
	row.Sent, row.Replied, row.Latency = r.Sent, r.At, r.Latency()
	raw := r.Raw()
	row.Reply, row.ReplySize = printable.Clip(raw, maxRowText), len(raw)
	l.count(row)
}

// routine reports whether a reply needs no row: the client made the request on its own, and
// it succeeded.
func routine(r *jolt.Reply) bool {
	return r.Request.Auto && (r.Request.Op == jolt.OpPing || r.Outcome == jolt.Acknowledged)
}

func (l *Log) hint(at time.Time, h Hint, topic string) {
	l.add(Row{At: at, Kind: RowHint, Hint: h, Topic: topic})
}

// stateChange adds a row, except when an attempt begins, or fails for the same cause as the
// one before. If the latest row has the broker's own words for why the connection
// ended, the new row takes its place, since one end is one row. stateChange
// reports whether it did so.
func (l *Log) stateChange(s *jolt.StateChange) (replaced bool) {
	cause := errorText(s.Cause)
	switch s.State {
	case jolt.Connecting:
		return false
	case jolt.Down:
		if l.down && cause == l.cause {
			return false
		}
		l.down, l.cause = true, cause
	default:
		l.down = false
	}
	kept := *s
	kept.Cause = boundedError(s.Cause)
	row := Row{At: s.At, Kind: RowConnection, Event: &kept, Err: kept.Cause}
	if latest := l.At(l.next - 1); latest != nil && announces(latest, s.Cause) {
		*latest = row
		l.version++
		l.count(latest)
		return true
	}
	l.add(row)
	return false
}

// announces reports whether row is an error to no request whose words are cause: a
// broker that ends a connection writes why, and the client then gives those words as
// the cause of the end.
func announces(row *Row, cause error) bool {
	words, ok := row.Event.(*jolt.Unsolicited)
	var said *jolt.BrokerError
	return ok && !words.OK && errors.As(cause, &said) &&
		words.Err == jolt.MaskPasswords(printable.Clip(said.Text, maxRowText), false)
}

func (l *Log) badLine(b *jolt.BadLine) {
	kept := *b
	kept.Raw = jolt.MaskPasswords(printable.Clip(b.Raw, maxRowText), true)
	l.add(Row{At: b.At, Kind: RowBadLine, Event: &kept, Err: b.Err, Size: b.Size})
}

func (l *Log) unknownFrame(u *jolt.UnknownFrame) {
	kept := &jolt.UnknownFrame{At: u.At, Raw: jolt.MaskPasswords(printable.Clip(u.Raw, maxRowText), false)}
	l.add(Row{At: u.At, Kind: RowUnknown, Event: kept, Size: len(u.Raw)})
}

func (l *Log) unsolicited(u *jolt.Unsolicited) {
	kept := *u
	kept.Err = jolt.MaskPasswords(printable.Clip(u.Err, maxRowText), false)
	kept.Raw = jolt.MaskPasswords(printable.Clip(u.Raw, maxRowText), false)
	l.add(Row{At: u.At, Kind: RowUnsolicited, Event: &kept, Size: len(u.Raw)})
}

// dropEpisode is a period in which messages are dropped, with less than a second between two
// of them. It has one row.
type dropEpisode struct {
	begun  bool
	row    uint64
	latest time.Time
}

// dropped counts messages in the row of the episode.
func (l *Log) dropped(now time.Time, topic string, messages, bytes uint64) {
	l.loops.dropped(topic, now)
	row := l.dropRow(now, topic)
	row.Count += messages
	row.Bytes += bytes
	if row.Topic != topic {
		row.Topic = ""
	}
}

// droppedLines counts other lines in the row of the episode.
func (l *Log) droppedLines(now time.Time, n uint64) { l.dropRow(now, "").Lines += n }

// dropRow returns the row of the current episode, or of a new one.
func (l *Log) dropRow(now time.Time, topic string) *Row {
	running := l.episode.begun && now.Sub(l.episode.latest) < time.Second
	row := l.At(l.episode.row)
	if !running || row == nil {
		l.episode = dropEpisode{begun: true, row: l.next}
		l.add(Row{At: now, Kind: RowDropped, Topic: topic})
		row = l.At(l.episode.row)
	}
	l.episode.latest = now
	l.version++
	l.count(row)
	return row
}
