package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"joltui/ui/views"
)

// do carries out what a view asked for.
func (m *Model) do(asked views.Intent) tea.Cmd {
	switch in := asked.(type) {
	case nil:
	case views.Do:
		return in()
	case views.Ask:
		m.prompt.Ask(in.Question)
	case views.UnsubscribeAll:
		return m.unsubscribeAll(in.Topics)
	case views.Look:
		m.look(func(o *views.StreamOptions) { *o = in.Options })
	case views.Resume:
		m.resume()
	case views.Open:
		m.open()
	case views.Inspect:
		m.inspect(in.Entry)
	case views.Step:
		m.inspectOther(in.By)
	case views.Details:
		m.push(m.details)
		m.details.Open(m.feed, in.Row)
	case views.RunCommand:
		return m.runCommand(in)
	case views.Diff:
		m.compare(in.Entry)
	case views.Copy:
		return m.copyText(in)
	case views.WatchField, views.Unwatch, views.StartOver, views.AskWatch, views.SetThreshold:
		m.watchIntent(in)
	case views.UseProfile, views.TestProfile, views.AskProfile, views.EditProfiles:
		return m.profileIntent(in)
	case views.Leave:
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
