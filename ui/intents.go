package ui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/feed"
	"joltui/jolt"
	"joltui/ui/views"
)

// do carries out what a view asked for.
func (m *Model) do(intent views.Intent) tea.Cmd {
	switch in := intent.(type) {
	case views.Subscribe:
		return m.subscribe(in.Topics)
	case views.Unsubscribe:
		return m.unsubscribe(in.Topic)
	case views.Filter:
		m.setFilter(in.Text)
	case views.Open:
		m.open()
	case views.Inspect:
		return m.inspect(in.Entry)
	case views.Step:
		return m.inspectOther(in.By)
	case views.AskSearch:
		m.prompt.Ask(m.inspector.SearchQuestion())
	case views.Search:
		m.inspector.Search(in.Text)
		return work(m.inspector)
	case views.Diff:
		return m.compare(in.Entry)
	case views.Copy:
		return m.copyText(in)
	case views.WatchField, views.Watch, views.Unwatch, views.StartOver,
		views.AskWatch, views.AskThreshold, views.SetThreshold:
		m.watchIntent(in)
	case views.Leave:
		m.leave()
	default:
		return m.publishIntent(intent)
	}
	return nil
}

// subscribe asks for topics. A single one is what the user wants to see next.
func (m *Model) subscribe(topics []string) tea.Cmd {
	var requests []jolt.Request
	for _, topic := range topics {
		requests = append(requests, jolt.Request{Op: jolt.OpSubscribe, Topic: topic})
		if m.client != nil {
			m.feed.Want(topic, m.now)
		}
	}
	if len(topics) == 1 && m.feed.Topic(topics[0]) != nil {
		m.topics.Select(topics[0])
	}
	return m.send(requests...)
}

// unsubscribe gives a topic up. One that the broker does not know us to have is
// forgotten; the client must not ask for it again either.
func (m *Model) unsubscribe(topic string) tea.Cmd {
	t := m.feed.Topic(topic)
	if t == nil {
		m.note("nothing to unsubscribe: select a topic first")
		return nil
	}
	offline := m.feed.Connection().State != jolt.Up
	switch {
	case t.State == feed.TopicIdle, t.State == feed.TopicRejected,
		t.State == feed.TopicPending && offline && t.Received == 0:
		m.feed.Forget(topic)
		return m.forget(topic)
	default:
		return m.send(jolt.Request{Op: jolt.OpUnsubscribe, Topic: topic})
	}
}

// setFilter filters all streams. A text that is no filter changes nothing: the
// prompt says what is wrong with it.
func (m *Model) setFilter(text string) {
	f, err := feed.ParseFilter(text)
	if err != nil {
		return
	}
	m.filter = f
	m.eachStream(func(s *views.Stream) { s.SetFilter(f) })
}

// open goes to the stream of the selected topic: its tile, or on its own where
// others are side by side.
func (m *Model) open() {
	m.focus = RegionStream
	selected := m.topics.Selected()
	m.tile = slices.IndexFunc(m.streams, func(s *views.Stream) bool { return s.Topic() == selected })
	if m.tile < 0 {
		m.tile, m.solo = 0, true
	}
}

// leave closes what is on top, or gives the focus back.
func (m *Model) leave() {
	if m.top() != nil {
		m.pop()
		return
	}
	if m.focus == RegionPublish {
		m.publish.Blur()
		m.focus = m.back
	}
}

func (m *Model) note(text string) { m.feed.Log().Note(m.now, text) }
