package ui

import (
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/record"
	"joltui/jolt"
	"joltui/ui/views/frame"
	"joltui/ui/views/kit"
	"joltui/ui/views/ledger"
)

// Player plays a recording to the dashboard: a [record.Player], whose stretches
// are sent to the [Model] as they are. No method waits.
type Player interface {
	Status() record.Playing
	Now() time.Time // in the recording
	Pause()
	Step()
	Faster(by int)
	Seek(record.Target)
	SeekBy(time.Duration)
}

// clock is the time that counts: that of the recording where one is played, so
// that rates and ages are what they were.
func (m *Model) clock() time.Time {
	if m.options.Player != nil {
		return m.options.Player.Now()
	}
	return m.options.Now()
}

// playKey controls how a recording is played. Without one its keys are off.
func (m *Model) playKey(msg tea.KeyMsg) (cmd tea.Cmd, done bool) {
	k, p := &m.keys.Replay, m.options.Player
	switch {
	case key.Matches(msg, k.Play):
		p.Pause()
	case key.Matches(msg, k.Step):
		p.Step()
	case key.Matches(msg, k.Faster):
		p.Faster(1)
	case key.Matches(msg, k.Slower):
		p.Faster(-1)
	case key.Matches(msg, k.Back):
		p.SeekBy(-10 * time.Second)
	case key.Matches(msg, k.Ahead):
		p.SeekBy(10 * time.Second)
	case key.Matches(msg, k.FarBack):
		p.SeekBy(-time.Minute)
	case key.Matches(msg, k.FarAhead):
		p.SeekBy(time.Minute)
	case key.Matches(msg, k.GoTo):
		m.prompt.Ask(frame.GoToQuestion(p.Status(), func(t record.Target) kit.Intent {
			p.Seek(t)
			return nil
		}))
	default:
		return nil, false
	}
	return nil, true
}

// played takes a stretch of a recording, second by second, so that rates are
// those that were.
func (m *Model) played(msg tea.Msg) (cmd tea.Cmd, done bool) {
	piece, ok := msg.(record.Stretch)
	if !ok {
		return nil, false
	}
	if piece.Reset {
		m.rewind()
	}
	for _, s := range piece.Scenes {
		m.now = s.At.Truncate(time.Second) // so that a second that comes in two pieces is one
		m.apply(Batch{Events: m.expected(s.Events)})
		m.now = s.At
		if s.Missing.Messages > 0 {
			m.note(human.Count(s.Missing.Messages) + " messages, " + human.Bytes(s.Missing.Bytes) +
				", are not in the recording: they came faster than they could be written")
		}
		if s.Err != nil {
			m.fail("cannot be played: " + s.Err.Error())
		}
	}
	m.now = m.clock()
	if piece.Ended {
		m.note("the recording ends here")
	}
	m.keep = piece.Partial
	return nil, true
}

// expected adds to events that topics are subscribed: each of which the recording
// has messages, from the first on, and again when a connection is made again.
func (m *Model) expected(events []jolt.Event) []jolt.Event {
	all := make([]jolt.Event, 0, len(events)+1)
	heard := make(map[string]bool)
	for _, e := range events {
		switch e := e.(type) {
		case *jolt.Message:
			if m.feed.Topic(e.Topic) == nil && !heard[e.Topic] {
				heard[e.Topic] = true
				all = append(all, subscription(e.Topic, e.At))
			}
		case *jolt.StateChange:
			if e.State == jolt.Up {
				all = append(all, m.subscriptions(e.At)...)
			}
		}
		all = append(all, e)
	}
	return all
}

// subscriptions are the events that the topics of the recording are subscribed.
func (m *Model) subscriptions(at time.Time) []jolt.Event {
	var all []jolt.Event
	for _, t := range m.feed.Topics() {
		if t.Received > 0 {
			all = append(all, subscription(t.Name, at))
		}
	}
	return all
}

// subscription is the event that a topic is subscribed.
func subscription(topic string, at time.Time) jolt.Event {
	return &jolt.Reply{
		At: at, Outcome: jolt.Acknowledged,
		Request: jolt.Request{Op: jolt.OpSubscribe, Topic: topic, Auto: true},
	}
}

// rewind forgets all that was played, because what comes next is from elsewhere
// in the recording. Topics stay known, and watches begin anew.
func (m *Model) rewind() {
	m.now = m.clock()
	known, watches := m.subscriptions(m.now), m.feed.Watches().All()
	m.feed = feed.New(m.options.Limits)
	m.paused, m.pausedAt = false, 0
	m.single = m.newStream(m.single.Topic())
	m.tiles = nil       // arrange makes them anew
	m.remove(m.details) // its row is gone
	m.log = m.newLog()
	m.details = ledger.NewDetails(&m.styles, m.keys.LogDetails, m.log)
	m.apply(Batch{Events: known})
	for _, old := range watches {
		if w, err := m.feed.Watch(old.Field()); err == nil { // it was good before
			m.feed.SetThreshold(w, old.Threshold())
		}
	}
	m.note("went elsewhere in the recording: all counts begin anew")
}

// replay is what the header says of a recording that is played.
func (m *Model) replay() *frame.Replay {
	if m.options.Player == nil {
		return nil
	}
	return &frame.Replay{Name: m.options.Addr, Playing: m.options.Player.Status()}
}

// replayHelp are the keys that the footer shows while a recording is played.
func (m *Model) replayHelp() []key.Binding {
	k := &m.keys.Replay
	return []key.Binding{k.Play, k.Step, k.GoTo, k.Slower, k.Faster, k.Back, k.Ahead, m.keys.Help}
}
