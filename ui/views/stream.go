package views

import (
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/feed"
)

// TimeMode is how a stream shows when a message came.
type TimeMode uint8

// The time modes.
const (
	TimeAbsolute TimeMode = iota // the time of day to the millisecond
	TimeRelative                 // how long ago
	TimeDelta                    // how long after the row before
	TimeNone
)

// String names the mode.
func (m TimeMode) String() string {
	switch m {
	case TimeAbsolute:
		return "absolute"
	case TimeRelative:
		return "relative"
	case TimeDelta:
		return "delta"
	default:
		return "none"
	}
}

// StreamOptions are how a stream shows its messages.
type StreamOptions struct {
	Wrap  bool // long payloads go on in further lines
	Times TimeMode
}

// Stream shows the messages of one topic or of all. It follows the newest one
// until it is paused or scrolled up; then it shows a frozen window, in which
// nothing moves. What it costs depends on the size of the screen alone.
type Stream struct {
	styles  *Styles
	keys    StreamKeys
	hints   HintKeys
	w, h    int
	focused bool
	options StreamOptions
	topic   string // "" is all topics
	cursor  cursor
	source  source
	// topicWidth only grows, so that columns do not jump as rows go by.
	topicWidth int
}

// NewStream returns a stream of all topics that follows the newest message.
func NewStream(s *Styles, k StreamKeys) *Stream {
	return &Stream{styles: s, keys: k, cursor: cursor{follow: true}, source: source{now: time.Now, share: 1}}
}

// SetClock sets what a search is timed by, which is time.Now until then.
func (s *Stream) SetClock(now func() time.Time) { s.source.now = now }

// SetSearchShare says how many streams share the time for searching.
func (s *Stream) SetSearchShare(streams int) { s.source.share = max(streams, 1) }

// Search goes on with what the filter has not evaluated yet, for as long as there
// is time, and reports whether that was not enough. Update and View do the same.
func (s *Stream) Search(f *feed.Feed) (more bool) {
	s.sync(f)
	return s.source.more
}

// SetTopic shows another topic from its newest message on; "" is all topics.
func (s *Stream) SetTopic(topic string) {
	if topic != s.topic {
		s.topic = topic
		s.reset(nil)
	}
}

// reset starts anew on a history.
func (s *Stream) reset(h *feed.History) {
	s.source.show(h)
	s.cursor = cursor{follow: true}
	s.topicWidth = 0
}

// Topic is the topic on show; "" is all topics.
func (s *Stream) Topic() string { return s.topic }

// SetSize sets the outer size in cells.
func (s *Stream) SetSize(w, h int) { s.w, s.h = w, h }

// SetFocus says whether keys come here.
func (s *Stream) SetFocus(on bool) { s.focused = on }

// SetOptions changes how messages are shown.
func (s *Stream) SetOptions(o StreamOptions) { s.options = o }

// SetHintKeys sets the keys that advice names.
func (s *Stream) SetHintKeys(k HintKeys) { s.hints = k }

// SetFilter shows only what f matches, also of a frozen window. The cursor
// stays on its message, or goes to the nearest one that is left.
func (s *Stream) SetFilter(f feed.Filter) {
	if f.String() != s.source.filter.String() {
		s.keepPlace(func() { s.source.setFilter(f) })
	}
}

// SetPaused freezes the stream as it is, or lets it go on where it was
// following the newest message.
func (s *Stream) SetPaused(on bool) {
	s.keepPlace(func() { s.source.pause(on) })
}

// keepPlace makes a change that may give the rows other positions.
func (s *Stream) keepPlace(change func()) {
	before := s.source.rows().At(s.cursor.pos)
	change()
	after := s.source.rows().At(s.cursor.pos)
	if before == nil || after != nil && after.Seq == before.Seq {
		return
	}
	s.cursor.pos = s.source.find(before.Seq)
	s.cursor.top = place{row: s.cursor.pos}
}

// Waiting is how many entries arrived since the stream was frozen, whether or
// not they match the filter; 0 while it is not frozen.
func (s *Stream) Waiting(f *feed.Feed) uint64 {
	s.sync(f)
	return s.source.waiting()
}

// Current is the message under the cursor; nil where there is none.
func (s *Stream) Current(f *feed.Feed) *feed.Entry {
	if e := s.sync(f).At(s.cursor.pos); e != nil && e.Gap == nil {
		return e
	}
	return nil
}

// Step moves the cursor by so many rows, to the nearest message beyond any gap,
// and returns that message. Where there is none, it stays and returns nil.
func (s *Stream) Step(by int, f *feed.Feed) *feed.Entry {
	rows := s.sync(f)
	if by == 0 {
		return s.Current(f)
	}
	pos := s.cursor.pos + uint64(by)
	for e := rows.At(pos); e != nil; e = rows.At(pos) {
		if e.Gap == nil {
			s.cursor.pos = pos
			s.hold()
			return e
		}
		if by < 0 {
			pos--
		} else {
			pos++
		}
	}
	return nil
}

// hold keeps the cursor where it is while messages come.
func (s *Stream) hold() {
	s.cursor.follow = false
	s.keepPlace(func() { s.source.hold(true) })
}

// Update moves the cursor, and asks for the message under it.
func (s *Stream) Update(msg tea.KeyMsg, f *feed.Feed) Intent {
	rows := s.sync(f)
	switch e := s.Current(f); {
	case key.Matches(msg, s.keys.Inspect) && e != nil:
		s.hold()
		return Inspect{Entry: *e}
	case key.Matches(msg, s.keys.Diff) && e != nil:
		s.hold()
		return Diff{Entry: *e}
	}
	if s.cursor.move(s.keys.Move, msg, rows.First(), rows.Next()) {
		s.keepPlace(func() { s.source.hold(!s.cursor.follow) })
	}
	return nil
}

// sync finds the history of the topic, which is another one when the topic was
// forgotten and came back, and returns the rows to be shown.
func (s *Stream) sync(f *feed.Feed) feed.Rows {
	h := f.All()
	if s.topic != "" {
		h = nil
		if t := f.Topic(s.topic); t != nil {
			h = t.History()
		}
	}
	if h != s.source.history {
		s.reset(h)
	} else {
		s.source.advance()
	}
	rows := s.source.rows()
	if s.cursor.follow && rows.Next() > rows.First() {
		s.cursor.pos = rows.Next() - 1
	}
	return rows
}

// ShortHelp lists the keys that matter most here.
func (s *Stream) ShortHelp() []key.Binding {
	return []key.Binding{s.keys.Inspect, s.keys.Move.Bottom}
}
