package ui

import (
	crand "crypto/rand"
	"fmt"
	"math/rand/v2"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/printable"
	"joltui/internal/template"
	"joltui/jolt"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
	"joltui/ui/views/publish"
)

// publishing is what the dashboard needs to publish.
type publishing struct {
	confirm *kit.Confirm
	random  *rand.ChaCha8
	saving  saving
	folder  folder // that a path is being typed in
	repeating
}

func (m *Model) newPublishing() publishing {
	random := m.options.Random
	if random == nil {
		var seed [32]byte
		crand.Read(seed[:]) // never fails
		random = rand.NewChaCha8(seed)
	}
	return publishing{
		confirm: kit.NewConfirm(&m.styles, m.keys.Confirm),
		random:  random,
		saving:  saving{history: m.options.History},
	}
}

// publishKey does what works on the dashboard: a received message is edited, and
// what is being repeated is stopped.
func (m *Model) publishKey(msg tea.KeyMsg) (cmd tea.Cmd, done bool) {
	switch {
	case key.Matches(msg, m.keys.EditMessage):
		return m.editCurrent(), true
	case key.Matches(msg, m.keys.StopRepeat):
		if !m.stopRepeat() {
			m.note("nothing is being repeated: " + m.keys.Publish.Help().Key + ", a message, and then " +
				m.keys.PublishBox.Repeat.Help().Key + " repeats it")
		}
	case key.Matches(msg, m.keys.Back) && m.stopRepeat():
	default:
		return nil, false
	}
	return nil, true
}

// publishIntent does what the publish box, or something else about publishing,
// asks for.
func (m *Model) publishIntent(asked kit.Intent) tea.Cmd {
	switch in := asked.(type) {
	case intent.Publish:
		return m.askPublish(in)
	case publish.AskRepeat:
		m.askRepeat(in.Message)
	case publish.AskFile:
		return m.askFile()
	case publish.EditDraft:
		return m.editDraft()
	case intent.Edit:
		return m.editMessage(in.Entry)
	}
	return nil
}

// publishOutcome takes what came of a command of these files.
func (m *Model) publishOutcome(msg tea.Msg) (cmd tea.Cmd, done bool) {
	switch msg := msg.(type) {
	case pastMsg:
		return m.pastLoaded(msg), true
	case savedMsg:
		return m.saved(msg), true
	case repeatedMsg:
		m.repeated(msg)
	case listedMsg:
		m.folder = msg.folder
	case loadedMsg:
		m.loaded(msg)
	case editedMsg:
		m.edited(msg)
	default:
		return nil, false
	}
	return nil, true
}

// mayPublish reports whether anything may be published, and says why not.
func (m *Model) mayPublish() bool {
	if m.options.ReadOnly {
		m.refuse("not published: this dashboard is read-only")
	}
	return !m.options.ReadOnly
}

// refuse says why something was not done, where the user looks and in the log.
func (m *Model) refuse(why string) {
	m.publish.Refuse(why)
	m.fail(why)
}

// askPublish publishes a message, once the user has said yes where that is wanted.
func (m *Model) askPublish(p intent.Publish) tea.Cmd {
	if !m.mayPublish() {
		return nil
	}
	if !m.options.ConfirmPublish {
		return m.publishOnce(p)
	}
	m.confirm.Ask("publish "+inWords(p)+"?", kit.Do(func() tea.Cmd { return m.publishOnce(p) }))
	return nil
}

// inWords says what a message is and where it goes.
func inWords(p intent.Publish) string {
	what := fmt.Sprintf("%d bytes", len(p.Data))
	switch {
	case p.Template:
		what = "what the template makes"
	case len(p.Data) == 1:
		what = "1 byte"
	}
	return what + " to " + printable.Prefix(p.Topic, 64)
}

// publishOnce sends a message of the publish box.
func (m *Model) publishOnce(p intent.Publish) tea.Cmd {
	data, err := m.maker(p)(m.publish.Number(p))
	if err != nil {
		m.refuse("not published: " + err.Error())
		return nil
	}
	m.publish.Sent(p)
	return tea.Batch(
		m.send(jolt.Request{Op: jolt.OpPublish, Topic: p.Topic, Data: data}),
		m.save(p),
	)
}

// maker returns what makes the payload with that number. It has a random source of
// its own, so that it can be used by another goroutine.
func (m *Model) maker(p intent.Publish) func(number uint64) (string, error) {
	if !p.Template {
		return func(uint64) (string, error) { return p.Data, nil }
	}
	parsed, err := template.Parse(p.Data)
	if err != nil {
		return func(uint64) (string, error) { return "", err }
	}
	var seed [32]byte
	m.random.Read(seed[:])
	source := template.Source{Now: m.options.Now, Random: rand.NewChaCha8(seed)}
	return func(number uint64) (string, error) { return parsed.Execute(number, source) }
}

// editCurrent edits the message under the cursor of the stream that has the focus.
func (m *Model) editCurrent() tea.Cmd {
	if m.focus == RegionStream {
		if e := m.streams[m.tile].Current(m.feed); e != nil {
			return m.editMessage(*e)
		}
	}
	m.note("nothing to edit: go to a message first")
	return nil
}
