package ui

import (
	"fmt"
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/ui/views/stream"
)

// splitStep is how far a key moves a border, in cells.
const splitStep = 2

// layoutKey changes which regions are shown, and how large.
func (m *Model) layoutKey(msg tea.KeyMsg) (cmd tea.Cmd, done bool) {
	k := &m.keys
	switch {
	case key.Matches(msg, k.Layout):
		m.setLayout((m.kind + 1) % (LayoutTiles + 1))
	case key.Matches(msg, k.NarrowTopics):
		m.moveTopicsSplit(m.layout.Topics.W - splitStep)
	case key.Matches(msg, k.WidenTopics):
		m.moveTopicsSplit(m.layout.Topics.W + splitStep)
	case key.Matches(msg, k.LowerLog):
		m.moveLogSplit(m.layout.Log.H - 1)
	case key.Matches(msg, k.RaiseLog):
		m.moveLogSplit(m.layout.Log.H + 1)
	default:
		return nil, false
	}
	return nil, true
}

// setLayout changes the kind of layout, and stays at the topic. In one that leaves
// the topics out, keys go to the stream.
func (m *Model) setLayout(kind LayoutKind) {
	topic := m.currentTopic()
	m.kind, m.full, m.solo = kind, false, false
	m.placeStreams()
	m.tile = max(m.streamOf(topic), 0)
	if kind != LayoutAll && m.focus == RegionTopics {
		m.focus = RegionStream
	}
	words := "layout: " + kind.String()
	if m.w < wideWidth || m.h < wideHeight {
		words += fmt.Sprintf(", in a window from %d×%d on", wideWidth, wideHeight)
	}
	m.mention(words)
}

// moveTopicsSplit gives the topics so many cells of the width, as far as that
// leaves a stream readable.
func (m *Model) moveTopicsSplit(width int) {
	if m.layout.Topics.W == 0 || m.layout.Topics == m.layout.Body {
		m.mention("there is no border of the topics here")
		return
	}
	m.splits.Topics = float64(topicsWidth(m.w, float64(width)/float64(m.w))) / float64(m.w)
}

// moveLogSplit gives the log so many cells of the height, as far as that leaves
// a stream readable.
func (m *Model) moveLogSplit(height int) {
	if m.layout.Log.H == 0 || m.layout.Log == m.layout.Body {
		m.mention("there is no border of the log here")
		return
	}
	h := m.layout.Body.H
	m.splits.Log = float64(logHeight(h, float64(height)/float64(h))) / float64(h)
}

// streamOf is the place of the stream of a topic among the streams; -1 is none.
func (m *Model) streamOf(topic string) int {
	return slices.IndexFunc(m.streams, func(s *stream.Pane) bool { return s.Topic() == topic })
}

// tiledTopics are the topics to be shown side by side: those that the user has
// marked, and all that are subscribed where the layout is for them.
func (m *Model) tiledTopics() []string {
	tiled := m.topics.Tiled()
	if m.kind != LayoutTiles {
		return tiled
	}
	all := slices.Clone(tiled)
	for _, t := range m.feed.Topics() {
		if t.State == feed.TopicSubscribed && !slices.Contains(tiled, t.Name) {
			all = append(all, t.Name)
		}
	}
	return all
}
