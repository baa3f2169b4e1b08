package load

// maxHoles bounds the memory of a tracker: 16 bytes for each hole.
const maxHoles = 1 << 20

// tracker knows exactly which messages one subscriber has seen. A stream is
// what one publisher sends to one topic: the order of a stream is what a broker
// keeps. Of each stream it holds the next number and the holes before that.
type tracker struct {
	topics  int64
	streams []stream // publisher × topics + topic
	holes   int      // in all streams

	received   int64 // each message counts once
	duplicates int64
	reordered  int64 // came after a later one of its stream; they are received, too
}

type stream struct {
	next   int64 // above all numbers that have come
	misses spans // the numbers below next that have not come
}

func newTracker(publishers, topics int) *tracker {
	return &tracker{topics: int64(topics), streams: make([]stream, publishers*topics)}
}

// saw records a publisher's message and reports whether it is new. Message n of a publisher
// goes to topic n modulo topics, and is number n divided by topics in that stream.
func (t *tracker) saw(publisher int, number int64) bool {
	s := &t.streams[int64(publisher)*t.topics+number%t.topics]
	n := number / t.topics
	holes := len(s.misses)
	switch {
	case n >= s.next:
		s.misses.extend(s.next, n)
		s.next = n + 1
	case s.misses.remove(n):
		t.reordered++
	default:
		t.duplicates++
		return false
	}
	t.holes += len(s.misses) - holes
	t.received++
	return true
}

// lost returns how many of the messages that a publisher has sent have not come. It does not
// count those that are excused, which are given by topic, as numbers in their streams.
func (t *tracker) lost(publisher int, sent int64, excused []spans) (lost int64) {
	for topic := range t.topics {
		s := t.streams[int64(publisher)*t.topics+topic]
		end := (sent - topic + t.topics - 1) / t.topics
		misses := append(spans(nil), s.misses...)
		misses.extend(s.next, end)
		lost += misses.overlap(spans{{0, end}}) - misses.overlap(excused[topic])
	}
	return lost
}
