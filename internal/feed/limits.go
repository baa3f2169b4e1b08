package feed

// Limits bound what a [Feed] keeps in memory. Counters are never bounded. A
// field that is not positive means its default.
//
// Bytes of a history are its payloads, their topic names, and a fixed cost for
// each entry, so that the limits hold for empty payloads too.
type Limits struct {
	// TopicMessages is how many entries the history of one topic holds: 10,000.
	TopicMessages int
	// AllMessages is how many entries the history of all topics holds: 10,000.
	AllMessages int
	// TopicBytes bounds the histories of all topics together: 24 MiB. Beyond
	// it the heaviest topics give up their oldest entries.
	TopicBytes int
	// AllBytes bounds the history of all topics: 8 MiB.
	AllBytes int
	// Finds is how many messages are kept that the filter has found, beside the
	// histories: 10,000.
	Finds int
	// FindBytes bounds these messages: 8 MiB. What a history holds, too, shares its
	// payload with it.
	FindBytes int
	// PinBytes bounds the messages that are pinned, with the one before each: 8 MiB.
	PinBytes int
	// Body is the longest payload kept whole, in bytes: 4 MiB.
	Body int
	// LogRows is how many rows the log holds: 5,000.
	LogRows int
	// LogData bounds the published payloads in the log, in bytes: 4 MiB. Beyond
	// it those of the oldest rows are cut.
	LogData int
	// Topics is how many topics are remembered: 10,000. Beyond it those go
	// that are not subscribed and were silent for longest.
	Topics int
}

// maxNameBytes bounds the names of topics nobody asked for. A broker may send
// any number of them, each as long as a line.
const maxNameBytes = 4 << 20

// withDefaults returns l with every field set.
func (l Limits) withDefaults() Limits {
	return Limits{
		TopicMessages: positive(l.TopicMessages, 10_000),
		AllMessages:   positive(l.AllMessages, 10_000),
		TopicBytes:    positive(l.TopicBytes, 24<<20),
		AllBytes:      positive(l.AllBytes, 8<<20),
		Finds:         positive(l.Finds, 10_000),
		FindBytes:     positive(l.FindBytes, 8<<20),
		PinBytes:      positive(l.PinBytes, 8<<20),
		Body:          positive(l.Body, 4<<20),
		LogRows:       positive(l.LogRows, 5_000),
		LogData:       positive(l.LogData, 4<<20),
		Topics:        positive(l.Topics, 10_000),
	}
}

func positive(n, otherwise int) int {
	if n <= 0 {
		return otherwise
	}
	return n
}

// withRoom returns the size to shrink to once a limit is exceeded: a little below it, so
// that one search for what to remove serves many additions.
func withRoom(limit int) int { return limit - max(1, limit/16) }
