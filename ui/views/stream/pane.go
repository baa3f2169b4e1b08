package stream

import (
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/ui/keys"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
)

// TimeMode is how a stream shows when a message arrived.
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

// Options are how a stream shows its messages.
type Options struct {
	Wrap    bool // long payloads take several lines
	Times   TimeMode
	Filter  FilterMode
	Context int  // rows shown before and after each hit, where the filter hides others
	Plain   bool // JSON has one colour
}

// Pane shows the messages of one topic or of all. It follows the newest one until it is
// paused or scrolled up; then it shows a snapshot, in which nothing moves. The time to draw
// it depends on the size of the screen alone.
type Pane struct {
	styles  *kit.Styles
	actions keys.Set[*Pane]
	moves   *kit.MoveKeys
	hints   kit.HintKeys
	w, h    int
	focused bool
	options Options
	topic   string // "" is all topics, or several
	several *Several
	names   kit.Names     // of the topics in the rows
	named   []*feed.Topic // those that names was made of
	cursor  kit.List
	source  source
	// topicWidth only grows, so that columns do not move as rows come.
	topicWidth int
	topicRoom  int // how wide it may be
	shown      shownRows
	tabular    tabular

	cursorLine keptLine      // where the cursor was drawn
	kept       *keptLine     // where a row must be drawn next; nil: anywhere
	wanted     *cursorPlace  // where the cursor goes once the search has come that far
	typing     *filterTyping // nil while no filter is typed, or the stream follows
	said       string        // the answer to the latest key, shown until the next
	// atEnd is where the key before has found no further hit, nowAtEnd where this one has.
	atEnd, nowAtEnd hitEnd
	followed        bool // the stream followed when it was paused
}

// New returns a stream of all topics that follows the newest message.
func New(s *kit.Styles, a keys.Set[*Pane], m *kit.MoveKeys) *Pane {
	return &Pane{styles: s, actions: a, moves: m, cursor: kit.NewFollowing(), source: source{now: time.Now, share: 1}}
}

// SetClock sets the clock that bounds the time of a search; by default it is time.Now.
func (s *Pane) SetClock(now func() time.Time) { s.source.now = now }

// SetSearchShare sets how many streams share the time for searching.
func (s *Pane) SetSearchShare(streams int) { s.source.share = max(streams, 1) }

// Search evaluates the filter on further messages, for a few milliseconds, and reports
// whether there are more left. Update and View do the same.
func (s *Pane) Search(f *feed.Feed) (more bool) {
	s.sync(f)
	return s.source.more || s.source.moreFinds
}

// SetTopic shows another topic from its newest message on; "" is all topics.
func (s *Pane) SetTopic(topic string) {
	if topic != s.topic || s.several != nil {
		s.topic, s.several = topic, nil
		s.reset(nil)
	}
}

// reset shows a history from its newest entry on.
func (s *Pane) reset(h *feed.History) {
	s.source.of = feed.Only(s.topic)
	s.source.setHistory(h)
	s.cursor = kit.NewFollowing()
	s.topicWidth, s.named, s.shown = 0, nil, shownRows{}
	s.tabular = tabular{book: s.tabular.book}
	s.kept, s.wanted, s.typing = nil, nil, nil
}

// Topic returns the topic that is shown; "" is all topics.
func (s *Pane) Topic() string { return s.topic }

// SetSize sets the outer size in cells.
func (s *Pane) SetSize(w, h int) { s.w, s.h = w, h }

// SetFocus sets whether the pane has the focus.
func (s *Pane) SetFocus(on bool) { s.focused = on }

// SetOptions sets how messages are shown. The cursor stays on its message and on its line
// of the screen.
func (s *Pane) SetOptions(o Options) {
	if o == s.options {
		return
	}
	s.keepCursorPlace(func() {
		s.options = o
		s.source.setMode(o.Filter, o.Context)
	})
}

// SetHintKeys sets the keys that hints name.
func (s *Pane) SetHintKeys(k kit.HintKeys) { s.hints = k }

// Current returns the message under the cursor, or nil if there is none.
func (s *Pane) Current(f *feed.Feed) *feed.Entry {
	if e := s.look(f).At(s.cursor.At()); e != nil && e.Gap == nil {
		return e
	}
	return nil
}

// Step moves the cursor by so many rows, further if it would be on a gap, and returns the
// message there. If there is none, the cursor stays and Step returns nil.
func (s *Pane) Step(by int, f *feed.Feed) *feed.Entry {
	rows := s.sync(f)
	if by == 0 {
		return s.Current(f)
	}
	pos := s.cursor.At() + uint64(by)
	for e := rows.At(pos); e != nil; e = rows.At(pos) {
		if e.Gap == nil {
			s.cursor.GoTo(pos)
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

// hold ends following: the cursor stays where it is while messages come.
func (s *Pane) hold() {
	s.cursor.Hold()
	s.wanted = nil
	s.source.hold(true)
}

// Update runs the action or the move of a key. Its answer, such as why there is nothing to
// do, is shown until the next key.
func (s *Pane) Update(msg tea.KeyMsg, f *feed.Feed) kit.Intent {
	s.said, s.atEnd, s.nowAtEnd = "", s.nowAtEnd, endNone
	return keys.Update(s, s.actions, s.moves, msg, f)
}

// Move moves the cursor. At the end of a paused stream it ends the pause.
func (s *Pane) Move(by kit.Move, f *feed.Feed) kit.Intent {
	if by == kit.Bottom && s.source.paused {
		return Resume{}
	}
	s.sync(f)
	s.cursor.Move(by)
	s.wanted = nil
	s.source.hold(!s.cursor.Following())
	return nil
}

// Inspect asks to show the message under the cursor whole.
func (s *Pane) Inspect(f *feed.Feed) kit.Intent {
	e := s.Current(f)
	if e == nil {
		return nil
	}
	s.hold()
	return intent.Inspect{Entry: *e}
}

func (s *Pane) diff(f *feed.Feed) kit.Intent {
	e := s.Current(f)
	if e == nil {
		return nil
	}
	s.hold()
	return intent.Diff{Entry: *e}
}

// sync brings the stream up to date with the feed, goes on with the search, and returns the
// rows to show.
func (s *Pane) sync(f *feed.Feed) feed.Rows {
	if !s.attach(f) {
		s.source.advance()
	}
	return s.rows()
}

// look returns the rows without a search: what is asked many times for one frame, such as
// what the footer offers, must not take the time of a search each time.
func (s *Pane) look(f *feed.Feed) feed.Rows {
	s.attach(f)
	return s.rows()
}

// attach goes on to another history, and reports whether it is one: of another topic, or of
// one that was forgotten and came back.
func (s *Pane) attach(f *feed.Feed) bool {
	s.source.keep(f)
	h := s.historyOf(f)
	if h == s.source.history {
		return false
	}
	s.reset(h)
	if s.several != nil {
		s.source.of = f.GatheredTopics()
	}
	return true
}

// rows returns the rows to show, with the cursor and the columns settled among them.
func (s *Pane) rows() feed.Rows {
	s.source.collect()
	if s.wanted != nil {
		s.goTo(*s.wanted)
	}
	rows := s.source.rows()
	s.cursor.SetRows(rows.First(), rows.Next())
	s.chooseColumns(rows)
	return rows
}

// ShortHelp lists the keys that matter most here.
func (s *Pane) ShortHelp() []key.Binding {
	help := s.actions.Keys("stream.inspect")
	if s.source.index != nil {
		help = append(help, s.actions.Keys("stream.hit.next", "stream.mode")...)
	}
	if !s.cursor.Following() {
		help = append(help, *s.moves[kit.Bottom])
	}
	return append(help, s.actions.Key("stream.diff"))
}
