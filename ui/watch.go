package ui

import (
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/internal/printable"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
	"joltui/ui/views/watches"
)

// How long the watches may take for a batch. Under a flood batches follow one
// another without a pause, so that it is a share of the time between them.
const (
	watchShare = 5                      // one part in so many
	watchTime  = 4 * time.Millisecond   // of a frame of 16 ms, at most
	watchLeast = 100 * time.Microsecond // or nothing would ever be seen
)

// allowWatches gives the watches their time for the next batch.
func (m *Model) allowWatches() {
	share := m.now.Sub(m.batchAt) / watchShare
	m.batchAt = m.now
	m.allow(min(max(share, watchLeast), watchTime))
}

func (m *Model) allow(d time.Duration) { m.feed.Watches().Allow(d, m.options.Now) }

// watchKey opens the page of watched fields.
func (m *Model) watchKey(msg tea.KeyMsg) (cmd tea.Cmd, done bool) {
	if !key.Matches(msg, m.keys.Watches) {
		return nil, false
	}
	m.push(m.watches)
	return nil, true
}

// watchIntent does what is asked of the watches.
func (m *Model) watchIntent(asked kit.Intent) {
	switch in := asked.(type) {
	case watches.Add:
		topic := m.currentTopic()
		m.prompt.Ask(watches.Question(topic, m.knownPaths(topic), func(f feed.Field) kit.Intent {
			m.watch(f)
			return nil
		}))
	case intent.Watch:
		field := feed.Field{Path: in.Path}
		if in.Topic != "" {
			field.Topics = []string{in.Topic}
		}
		m.watch(field)
	case watches.Unwatch:
		m.feed.Unwatch(in.Watch)
	case watches.StartOver:
		in.Watch.Reset()
	case watches.SetThreshold:
		m.feed.SetThreshold(in.Watch, in.Threshold)
	}
}

// watch looks at a field, and shows it.
func (m *Model) watch(field feed.Field) {
	m.allow(watchTime)
	w, err := m.feed.Watch(field)
	if err != nil {
		m.say("cannot watch " + printable.Line(field.String()) + ": " + err.Error())
		return
	}
	m.watches.Select(w, m.feed)
	m.push(m.watches)
}

// knownPaths are the fields of the latest message on a topic, "" for any topic.
func (m *Model) knownPaths(topic string) []string {
	history := m.feed.All()
	if topic != "" {
		t := m.feed.Topic(topic)
		if t == nil {
			return nil
		}
		history = t.History()
	}
	rows := history.Window()
	if rows.Len() == 0 {
		return nil
	}
	return feed.FieldPaths(rows.At(rows.Next() - 1).Data)
}

// ring rings the bell once for all alerts that began since the last time.
func (m *Model) ring() tea.Cmd {
	begun := m.feed.Watches().AlertsBegun()
	if begun == m.rung {
		return nil
	}
	m.rung = begun
	bell := m.options.Bell
	if bell == nil {
		return nil
	}
	return func() tea.Msg {
		bell()
		return nil
	}
}
