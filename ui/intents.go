package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"joltui/ui/views"
)

// do carries out what a view asked for.
func (m *Model) do(intent views.Intent) tea.Cmd {
	switch in := intent.(type) {
	case views.Subscribe:
		return m.subscribeList(in)
	case views.Unsubscribe:
		return m.unsubscribe(in.Topic)
	case views.UnsubscribeAll:
		return m.unsubscribeAll(in.Topics)
	case views.Filter:
		m.filterBy(in)
	case views.Look:
		m.look(func(o *views.StreamOptions) { *o = in.Options })
	case views.Resume:
		m.resume()
	case views.Open:
		m.open()
	case views.Inspect:
		return m.inspect(in.Entry)
	case views.Step:
		return m.inspectOther(in.By)
	case views.SaveGroup:
		return m.saveGroup(in.Name)
	case views.Details:
		m.push(m.details)
		m.details.Open(m.feed, in.Row)
	case views.RecordWhat:
		m.recordWhere(in.Screen)
	case views.RecordTo:
		return m.startRecording(in.Path, in.Screen)
	case views.Seek:
		m.options.Player.Seek(in.Target)
	case views.AskWireFilter:
		m.askWireFilter()
	case views.WireFilter:
		m.setWireFilter(in.Text)
	case views.AskHelp:
		m.prompt.Ask(m.help.Question())
	case views.FindHelp:
		m.help.Find(in.Text)
	case views.RunCommand:
		return m.runCommand(in)
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
	case views.UseProfile, views.TestProfile, views.AskProfile, views.AddProfile, views.EditProfiles:
		return m.profileIntent(in)
	case views.Leave:
		m.leave()
	default:
		return m.publishIntent(intent)
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
