package feed

import (
	"fmt"
	"slices"
	"time"

	"joltui/jolt"
)

// MaxWatches is how many fields can be watched at a time.
const MaxWatches = 64

// How many of the messages held a new watch evaluates at the beginning: fewer for an
// expression, which takes twenty times as long as a path.
const (
	pathBacklog       = 1000
	expressionBacklog = 100
)

// Watches are the watched fields. They belong to their [Feed].
type Watches struct {
	list    []*Watch
	sampler sampler
	scratch []value
	log     *Log
	begun   uint64 // alerts
	seen    Entry  // the message that is being evaluated; its text is not kept
}

// All returns the watches in the order in which they were made. The caller must
// not change the slice; it stays as it is when watches come or go.
func (s *Watches) All() []*Watch { return s.list }

// Find returns the watch of a field; nil if there is none.
func (s *Watches) Find(field Field) *Watch {
	i := slices.IndexFunc(s.list, func(w *Watch) bool { return w.field.equal(field) })
	if i < 0 {
		return nil
	}
	return s.list[i]
}

// Watches returns the watched fields.
func (f *Feed) Watches() *Watches { return &f.watches }

// Watch adds a watch for a field, or returns the one that there is. It begins with the
// newest 1,000 messages held, or 100 if the field is more than a path. The error says what
// is wrong with the path, or that there are too many watches.
func (f *Feed) Watch(field Field) (*Watch, error) {
	if w := f.watches.Find(field); w != nil {
		return w, nil
	}
	if len(f.watches.list) >= MaxWatches {
		return nil, fmt.Errorf("%d fields are watched already: remove one first", MaxWatches)
	}
	reader, err := compile(field.Path)
	if err != nil {
		return nil, err
	}
	w := &Watch{field: field, reader: reader}
	w.alert.owner, w.alert.watches = w, &f.watches
	f.watches.list = append(slices.Clone(f.watches.list), w)
	f.assignWatches()
	f.lookBack(w)
	return w, nil
}

// Unwatch removes a watch. An alert that is on ends.
func (f *Feed) Unwatch(w *Watch) {
	i := slices.Index(f.watches.list, w)
	if i < 0 {
		return
	}
	w.alert.withdraw(f.now)
	f.watches.list = slices.Delete(slices.Clone(f.watches.list), i, i+1)
	f.assignWatches()
}

// SetThreshold sets the threshold of a watch; the zero one removes it. Alerts are rows of
// the log. The latest value is compared at once.
func (f *Feed) SetThreshold(w *Watch, t Threshold) {
	f.watches.seen = f.latestOf(w)
	w.alert.set(t, f.now)
	f.watches.seen = Entry{}
}

// latestOf returns the message with the latest value of a watch, if it is still held and not
// far back.
func (f *Feed) latestOf(w *Watch) Entry {
	const far = 1000
	rows := f.all.Window()
	for pos := rows.Next(); pos > rows.Next()-min(far, uint64(rows.Len())); pos-- {
		e := rows.At(pos - 1)
		if e.Gap == nil && e.At.Equal(w.stats.LastAt) && w.field.matches(e.Topic) {
			return *e
		}
	}
	return Entry{}
}

// assignWatches tells each topic which watches read it.
func (f *Feed) assignWatches() {
	for _, t := range f.topics {
		f.assignWatchesOf(t)
	}
}

func (f *Feed) assignWatchesOf(t *Topic) {
	t.watches = nil
	for _, w := range f.watches.list {
		if w.field.matches(t.Name) {
			t.watches = append(t.watches, w)
		}
	}
}

// lookBack evaluates messages that are held, as far as the sampler has time.
func (f *Feed) lookBack(w *Watch) {
	history := &f.all
	if name, single := w.field.oneName(); single {
		t := f.topics[name]
		if t == nil {
			return
		}
		history = &t.history
	}
	backlog := uint64(pathBacklog)
	if !w.isPath() {
		backlog = expressionBacklog
	}
	rows := history.Window()
	defer func() { f.watches.seen = Entry{} }()
	for pos := rows.Next() - min(backlog, uint64(rows.Len())); pos < rows.Next(); pos++ {
		e := rows.At(pos)
		if !f.watches.sampler.hasTime() {
			return
		}
		if e.Gap != nil || len(e.Data) < e.Size || !w.field.matches(e.Topic) {
			continue
		}
		f.watches.seen = *e
		f.watches.evaluate(w, e.At, e.Data)
	}
}

// observe passes a message to the watches that read its topic.
// The message will have the arrival number seq.
func (s *Watches) observe(readers []*Watch, m *jolt.Message, seq uint64) {
	if len(readers) == 0 {
		return
	}
	if !s.sampler.take() {
		for _, w := range readers {
			w.stats.Skipped++
		}
		return
	}
	s.seen = Entry{Seq: seq, At: m.At, Topic: m.Topic, Data: m.Data}
	for _, w := range readers {
		s.evaluate(w, m.At, m.Data)
	}
	s.seen = Entry{}
}

// evaluate passes a message to one watch, which skips it if no time is left.
func (s *Watches) evaluate(w *Watch, at time.Time, data string) {
	if w.tooLong(data) || !s.sampler.hasTime() {
		w.stats.Skipped++
		return
	}
	started := s.sampler.start()
	s.scratch = w.evaluate(at, data, s.scratch)
	s.sampler.stop(started)
}

// dropped counts messages that were dropped before they got here as skipped.
func (s *Watches) dropped(readers []*Watch, messages uint64) {
	for _, w := range readers {
		w.stats.Skipped += messages
	}
}

// tick lets alerts begin and end that depend on time alone.
func (s *Watches) tick(now time.Time) {
	for _, w := range s.list {
		w.alert.tick(now)
	}
}

// Alerting returns how many watches have an alert now.
func (s *Watches) Alerting() int {
	n := 0
	for _, w := range s.list {
		if w.alert.on() {
			n++
		}
	}
	return n
}

// AlertsBegun returns how many alerts there have been so far, including those that have
// ended.
func (s *Watches) AlertsBegun() uint64 { return s.begun }
