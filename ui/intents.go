package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"joltui/ui/views/inspect"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
	"joltui/ui/views/ledger"
	"joltui/ui/views/palette"
	"joltui/ui/views/profiles"
	"joltui/ui/views/stream"
	"joltui/ui/views/topics"
	"joltui/ui/views/watches"
)

// do carries out what a view asked for.
func (m *Model) do(asked kit.Intent) tea.Cmd {
	switch in := asked.(type) {
	case nil:
	case kit.Do:
		return in()
	case kit.Ask:
		m.prompt.Ask(in.Question)
	case topics.UnsubscribeAll:
		return m.unsubscribeAll(in.Topics)
	case stream.Look:
		m.look(func(o *stream.Options) { *o = in.Options })
	case stream.Resume:
		m.resume()
	case topics.Open:
		m.open()
	case intent.Inspect:
		m.inspect(in.Entry)
	case inspect.Step:
		m.inspectOther(in.By)
	case ledger.OpenDetails:
		m.push(m.details)
		m.details.Open(m.feed, in.Row)
	case palette.RunCommand:
		return m.runCommand(in)
	case intent.Diff:
		m.compare(in.Entry)
	case intent.Copy:
		return m.copyText(in)
	case intent.Watch, watches.Unwatch, watches.StartOver, watches.Add, watches.SetThreshold:
		m.watchIntent(in)
	case profiles.Use, profiles.Try, profiles.Add, profiles.Edit:
		return m.profileIntent(in)
	case kit.Leave:
		m.leave()
	default:
		return m.publishIntent(asked)
	}
	return nil
}

// open goes to the stream of the selected topic: its tile, or on its own where
// others are side by side.
func (m *Model) open() {
	m.focus = RegionStream
	m.tile = m.streamOf(m.topics.Selected())
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
