package record

import (
	"cmp"
	"sync"
	"time"

	"joltui/jolt"
)

// The bounds of the queue: about as much as a slow disk is behind after a second of a
// flood.
const (
	queueMessages = 65_536
	queueBytes    = 64 << 20 // of their text
)

// Options say what is recorded, and how.
type Options struct {
	WriterOptions
	// Match selects messages; nil takes all. It runs on the recorder's goroutine.
	Match func(*jolt.Message) bool
	// Before gives, once, what came before the recording began, in the order of its arrival,
	// and may have some of what the recorder gets itself at its end: that is not written
	// twice. Until then nothing is written, and what comes waits. nil: there is nothing.
	Before <-chan []Entry
}

// Status is the state of a recording.
type Status struct {
	Path    string // of the first file
	What    string
	Started time.Time
	First   time.Time // when the first message came that the recorder got; zero before
	Ended   time.Time // zero while it runs
	Parts   int       // files
	// Messages is how many messages are in the files, or on their way there; Size is the
	// size of all files, in bytes.
	Messages uint64
	Size     int64
	// Missing is how many messages were received and left out, because writing is too slow
	// or has failed. It includes messages that Match might not have selected.
	Missing uint64
	Err     error // why it ended, if it did so by itself
	// Gone says which file is not where it was made, because somebody has deleted or moved
	// it. The recording goes on nevertheless: the file may come back.
	Gone error
}

// Failed returns why the recording is not complete, or not where it should be; nil if it is
// both.
func (s Status) Failed() error { return cmp.Or(s.Err, s.Gone) }

// Recorder writes events to a recording on a goroutine of its own. It never blocks its
// caller: messages that it cannot write in time are left out, and counted in the file. All
// methods are safe for concurrent use.
type Recorder struct {
	match  func(*jolt.Message) bool
	before <-chan []Entry
	lacks  error   // why it is not complete, though all was written; for its own goroutine
	file   *Writer // used on its own goroutine only
	now    func() time.Time
	wakeup chan struct{} // holds a token when there may be something to write
	stop   chan struct{}
	once   sync.Once
	ended  chan struct{}

	mu     sync.Mutex
	queue  queue
	closed bool
	status Status
}

// Start begins a recording in a new file; see [Create].
func Start(path string, o Options) (*Recorder, error) {
	file, err := Create(path, o.WriterOptions)
	if err != nil {
		return nil, err
	}
	r := &Recorder{
		match:  o.Match,
		before: o.Before,
		file:   file,
		now:    file.options.Now,
		wakeup: make(chan struct{}, 1),
		stop:   make(chan struct{}),
		ended:  make(chan struct{}),
		status: Status{Path: path, What: o.What, Started: file.options.Now(), Parts: 1, Size: file.Size()},
	}
	go r.run()
	return r, nil
}

// Record queues a batch, and keeps its events but not the slice. It never waits for a file,
// and takes 16 ns a message.
func (r *Recorder) Record(events []jolt.Event) {
	r.mu.Lock()
	if r.closed {
		if r.status.Err != nil {
			r.status.Missing += countMessages(events)
		}
		r.mu.Unlock()
		return
	}
	for _, e := range events {
		r.queue.add(e)
	}
	if r.status.First.IsZero() {
		r.status.First = firstTime(events)
	}
	r.mu.Unlock()
	select {
	case r.wakeup <- struct{}{}:
	default:
	}
}

// Status returns the state of the recording.
func (r *Recorder) Status() Status {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.status
	s.Missing += r.queue.missing
	return s
}

// Ended returns a channel that is closed when everything is written and the files are closed.
func (r *Recorder) Ended() <-chan struct{} { return r.ended }

// Stop writes what is queued, closes the file and returns the final state. It blocks until
// that is done.
func (r *Recorder) Stop() Status {
	r.once.Do(func() { close(r.stop) })
	<-r.ended
	return r.Status()
}

func (r *Recorder) run() {
	defer close(r.ended)
	flush := time.NewTicker(time.Second)
	defer flush.Stop()
	if err := r.begin(); err != nil {
		r.fail(err)
		r.close()
		return
	}
	for {
		var err error
		select {
		case <-r.wakeup:
			err = r.write(r.take(false))
		case <-flush.C:
			err = r.file.Flush()
			r.checkFiles()
			r.progress()
		case <-r.stop:
			_ = r.write(r.take(true)) // the writer keeps the error for close
			r.close()
			return
		}
		if err != nil {
			r.fail(err)
			r.close()
			return
		}
	}
}

// take empties the queue. After a call with last, nothing is queued any more.
func (r *Recorder) take(last bool) []any {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed = r.closed || last
	r.status.Missing += r.queue.missing
	return r.queue.take()
}

// write writes what was queued. After an error, the rest counts as missing.
func (r *Recorder) write(queued []any) error {
	for i, item := range queued {
		if err := r.writeItem(item); err != nil {
			r.lose(queued[i:])
			return err
		}
	}
	r.progress()
	return nil
}

// fail ends the recording with an error. What is queued is not written.
func (r *Recorder) fail(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed, r.status.Err = true, err
	r.status.Missing += r.queue.missing
	r.status.Missing += countMessages(r.queue.take())
}

// lose counts queued messages that are not written as missing.
func (r *Recorder) lose(queued []any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.status.Missing += countMessages(queued)
}

func (r *Recorder) writeItem(item any) error {
	switch item := item.(type) {
	case *jolt.Message:
		if r.match != nil && !r.match(item) {
			return nil
		}
		return r.file.Write(Entry{At: item.At, Event: item})
	case *Entry:
		return r.file.Write(*item)
	case jolt.Event:
		return r.file.Write(Entry{Event: item})
	}
	return nil
}

// progress updates the counts of the state from the writer.
func (r *Recorder) progress() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.status.Messages, r.status.Size, r.status.Parts = r.file.messages, r.file.Size(), r.file.Parts()
}

// checkFiles checks whether the files are in place.
func (r *Recorder) checkFiles() {
	gone := r.file.Gone()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.status.Gone = gone
}

func (r *Recorder) close() {
	r.checkFiles()
	err := r.file.Close()
	r.progress()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.status.Err, r.status.Ended = cmp.Or(err, r.lacks), r.now()
	r.status.Missing += r.file.lost
}
