package feed

import (
	"cmp"
	"joltui/internal/printable"
	"slices"
	"strings"
	"time"
)

// The bounds of a watch.
const (
	maxPoints = 600 // seconds with values
	maxWords  = 200 // different strings that are counted
	maxWord   = 128 // bytes of a value's text
)

// Watch is a watched field of messages: statistics of its values. It belongs to its [Feed],
// and is read on the same goroutine.
type Watch struct {
	field  Field
	reader reader
	stats  WatchStats
	last   value
	words  map[string]uint64
	points []Point // the last maxPoints of them count
	alert  alert
}

// WatchStats is what a watch has counted. Each message since the watch began was evaluated
// or skipped; each that was evaluated has values, lacks the field, or could not be read. An
// expression may give several values for one message, of which the first 100 count.
type WatchStats struct {
	Evaluated, Skipped uint64 // messages
	Missing            uint64 // evaluated messages without the field, or with null
	Unreadable         uint64 // evaluated messages that are no JSON, or that the expression fails on

	Numbers, Words, Others uint64  // values, by their kind
	Min, Max, Mean         float64 // of Numbers, if there are any
	UnknownWords           uint64  // Words that are in no WordCount: there were too many different ones

	LastAt time.Time // when the latest value came; zero if none did
}

// Values returns how many values there were.
func (s WatchStats) Values() uint64 { return s.Numbers + s.Words + s.Others }

// Sampled returns the share of messages that were evaluated, from 0 to 1.
func (s WatchStats) Sampled() float64 {
	if s.Skipped == 0 {
		return 1
	}
	return float64(s.Evaluated) / float64(s.Evaluated+s.Skipped)
}

// Point is what a watch saw in one second.
type Point struct {
	At             time.Time // the second
	Values         uint64
	Numbers        uint64
	Min, Max, Mean float64 // of Numbers, if there are any
}

// WordCount says how often a word came. The text is JSON, and cut if it is long.
type WordCount struct {
	Text  string // untrusted
	Count uint64
}

// Field returns the field that is watched.
func (w *Watch) Field() Field { return w.field }

// Stats returns what was counted so far.
func (w *Watch) Stats() WatchStats { return w.stats }

// Last returns the latest value as JSON, untrusted; an object or array is not written out.
// Before the first value it is "".
func (w *Watch) Last() string { return w.last.text }

// LastKind returns the kind of the latest value.
func (w *Watch) LastKind() ValueKind { return w.last.kind }

// Points returns the seconds in which there were values, oldest first, the last
// 600 of them. The slice is valid until the feed changes.
func (w *Watch) Points() []Point { return w.points[max(len(w.points)-maxPoints, 0):] }

// Words returns how often each word came, the most frequent first.
func (w *Watch) Words() []WordCount {
	counts := make([]WordCount, 0, len(w.words))
	for text, n := range w.words {
		counts = append(counts, WordCount{text, n})
	}
	slices.SortFunc(counts, func(a, b WordCount) int {
		if c := cmp.Compare(b.Count, a.Count); c != 0 {
			return c
		}
		return strings.Compare(a.Text, b.Text)
	})
	return counts
}

// Reset forgets what was counted. An alert stays as it is.
func (w *Watch) Reset() {
	w.stats = WatchStats{LastAt: w.stats.LastAt}
	w.words, w.points = nil, nil
}

// evaluate counts the values of a message. It uses scratch for them, and returns it to be
// used again.
func (w *Watch) evaluate(at time.Time, data string, scratch []value) []value {
	values, err := w.reader.read(scratch[:0], data)
	w.stats.Evaluated++
	switch {
	case err != nil && len(values) == 0:
		w.stats.Unreadable++
	case len(values) == 0:
		w.stats.Missing++
	}
	for i := range values {
		w.book(at, &values[i])
	}
	return values
}

func (w *Watch) book(at time.Time, v *value) {
	w.stats.LastAt = at
	if w.last.text != v.text { // most fields hardly change: no copy for those
		w.last.text = strings.Clone(shorten(v.text))
	}
	w.last.kind, w.last.number = v.kind, v.number
	w.last.numeric = v.numeric && len(v.text) <= maxWord // one that was cut is another number
	p := w.point(at)
	p.Values++
	switch s := &w.stats; v.kind {
	case NumberValue:
		s.Numbers++
		s.Min, s.Max, s.Mean = spread(s.Numbers, s.Min, s.Max, s.Mean, v.number)
		p.Numbers++
		p.Min, p.Max, p.Mean = spread(p.Numbers, p.Min, p.Max, p.Mean, v.number)
	case WordValue:
		s.Words++
		w.countWord(shorten(v.text))
	default:
		s.Others++
	}
	w.alert.value(at, v)
}

// spread returns minimum, maximum and mean with the n-th number x. The mean is a running
// one, since a sum of large numbers could be infinite.
func spread(n uint64, low, high, mean, x float64) (newLow, newHigh, newMean float64) {
	if n == 1 {
		return x, x, x
	}
	return min(low, x), max(high, x), mean + (x/float64(n) - mean/float64(n))
}

func (w *Watch) countWord(text string) {
	n, known := w.words[text]
	switch {
	case known:
		w.words[text] = n + 1
	case len(w.words) >= maxWords:
		w.stats.UnknownWords++
	default:
		if w.words == nil {
			w.words = make(map[string]uint64)
		}
		w.words[strings.Clone(text)] = 1
	}
}

// point returns the point of the second that at is in. If the clock was set back, it is the
// latest point.
func (w *Watch) point(at time.Time) *Point {
	second := at.Truncate(time.Second)
	if n := len(w.points); n > 0 && !second.After(w.points[n-1].At) {
		return &w.points[n-1]
	}
	if len(w.points) >= 2*maxPoints {
		w.points = append(w.points[:0], w.points[len(w.points)-maxPoints+1:]...)
	}
	w.points = append(w.points, Point{At: second})
	return &w.points[len(w.points)-1]
}

// shorten cuts the text of a value.
func shorten(text string) string {
	if len(text) <= maxWord {
		return text
	}
	return printable.Clip(text, maxWord-len("…")) + "…"
}

// longestForQuery is the longest payload, in bytes, on which an expression is evaluated: it
// takes some 10 ms. Longer ones are skipped.
const longestForQuery = 256 << 10

// tooLong reports whether evaluating a payload would block the dashboard for too long.
func (w *Watch) tooLong(data string) bool {
	return !w.isPath() && len(data) > longestForQuery
}

// isPath reports whether the field is a plain path, found without decoding the payload.
func (w *Watch) isPath() bool {
	_, plain := w.reader.(jsonPath)
	return plain
}
