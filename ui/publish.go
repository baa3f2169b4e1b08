package ui

import (
	crand "crypto/rand"
	"fmt"
	"math/rand/v2"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/internal/printable"
	"joltui/internal/template"
	"joltui/jolt"
	"joltui/ui/keys"
	"joltui/ui/layout"
	"joltui/ui/paths"
	"joltui/ui/views/frame"
	"joltui/ui/views/inspect"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
	"joltui/ui/views/publish"
)

// publishing is the feature that publishes, once or again and again.
type publishing struct {
	*desk
	set    keys.Set[*publishing]
	random *rand.ChaCha8
	saving saving
	file   paths.Typed // that is to be loaded
	latest sent
	repeating
}

// sent is a message of the publish box, until the box has told what became of it.
type sent struct {
	message intent.Publish
	row     uint64 // the position of its row in the log
	waits   bool
}

func newPublishing(d *desk) *publishing {
	random := d.options.Random
	if random == nil {
		var seed [32]byte
		crand.Read(seed[:]) // never fails
		random = rand.NewChaCha8(seed)
	}
	return &publishing{desk: d, set: publishingActions(), random: random, saving: saving{history: d.options.History}, file: paths.Typed{Files: d.options.Files}}
}

func publishingActions() keys.Set[*publishing] {
	place := keys.Dashboard()
	return keys.Set[*publishing]{
		{Name: "publish", Group: "Do", Where: place, Key: keys.Bind("p", "publish", "p"), Why: (*publishing).whyNotWrite, Opens: publish.Place(), Run: keys.Do((*publishing).openPublish)},
		{
			Name: "message.edit", Group: "Do", Where: place, Also: []keys.Place{inspect.Place()},
			Key: keys.Bind("e", "edit and resend", "e"), Why: (*publishing).whyNotEdit, Run: keys.Do((*publishing).editCurrent),
		},
		{Name: "repeat.stop", Group: "Do", Where: place, Key: keys.Bind("ctrl+x", "stop repeating", "ctrl+x"), Loses: true, Why: (*publishing).whyNotStop, Run: keys.Do((*publishing).stop)},
	}
}

// openPublish gives the focus to the publish box, unless nothing may be published.
func (b *publishing) openPublish() {
	if b.mayPublish() {
		b.desk.openPublish()
	}
}

func (b *publishing) entries() keys.Table { return b.set.Entries(func() *publishing { return b }) }

func (b *publishing) start() tea.Cmd { return b.loadPast() }

// undo stops the repetition that is under way.
func (b *publishing) undo() bool { return b.stopRepeat() }

func (b *publishing) booking() {}

func (b *publishing) booked() {
	b.watchRepeat()
	b.watchOutcome()
}

// watchOutcome has the box tell what became of the message that it sent.
func (b *publishing) watchOutcome() {
	if !b.latest.waits {
		return
	}
	row := b.feed.Log().At(b.latest.row)
	if row != nil && row.Outcome == jolt.Pending {
		return
	}
	b.latest.waits = false
	if row != nil {
		b.publish.Ended(b.latest.message, row)
	}
}

// tell says how far a repetition is, and how to stop it.
func (b *publishing) tell(info *frame.Info) {
	if b.repetition == nil {
		return
	}
	info.Repeat = b.repetition.counts
	if b.top() == nil {
		info.Keys = append([]key.Binding{b.key("repeat.stop")}, info.Keys...)
	}
}

func (b *publishing) stop() { b.stopRepeat() }

func (b *publishing) whyNotStop(*feed.Feed) string {
	if b.repetition == nil {
		return "nothing is being repeated: {publish}, a message, and then {publish.repeat} repeats it"
	}
	return ""
}

// whyNotWrite says why no message can be written.
func (b *publishing) whyNotWrite(*feed.Feed) string {
	if b.options.ReadOnly {
		return "this dashboard is read-only"
	}
	if b.options.Player != nil {
		return "this is a recording, there is no broker"
	}
	return ""
}

// whyNotEdit says why no message can be put into the publish box.
func (b *publishing) whyNotEdit(f *feed.Feed) string {
	if _, any := b.toEdit(); !any {
		return "go to a message first"
	}
	return b.whyNotWrite(f)
}

func (b *publishing) commands() []command {
	return []command{{name: "publish", usage: "[TOPIC]", does: "write a message", suggest: b.knownTopics, run: b.publishTo}}
}

func (b *publishing) publishTo(topic string) tea.Cmd {
	if b.mayPublish() {
		b.pages.close()
		b.openPublish()
		b.publish.UseTopic(topic)
	}
	return nil
}

// carry carries out the intents that are about publishing.
func (b *publishing) carry(in kit.Intent) (tea.Cmd, bool) {
	switch in := in.(type) {
	case intent.Publish:
		return b.askPublish(in), true
	case publish.AskRepeat:
		b.askRepeat(in.Message)
	case publish.AskFile:
		return b.askFile(), true
	case publish.EditDraft:
		return b.editDraft(), true
	case intent.Edit:
		b.editMessage(in.Entry)
	default:
		return nil, false
	}
	return nil, true
}

// take handles the results of the commands of publishing.
func (b *publishing) take(msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case pastMsg:
		return b.pastLoaded(msg), true
	case savedMsg:
		return b.saved(msg), true
	case repeatedMsg:
		b.repeated(msg)
	case paths.Listed:
		return nil, b.file.Take(msg)
	case loadedMsg:
		b.loaded(msg)
	case editedMsg:
		b.edited(msg)
	default:
		return nil, false
	}
	return nil, true
}

// mayPublish reports whether publishing is allowed, and if not, tells the user.
func (b *publishing) mayPublish() bool {
	why := b.whyNotWrite(b.feed)
	if why != "" {
		b.say("nothing is published here: " + why)
	}
	return why == ""
}

// refuse says why something was not done, in the publish box and in the log.
func (b *publishing) refuse(why string) {
	b.publish.Refuse(why)
	b.fail(why)
}

// askPublish publishes a message, after asking the user if [Options.ConfirmPublish] is set.
func (b *publishing) askPublish(p intent.Publish) tea.Cmd {
	if !b.mayPublish() {
		return nil
	}
	if !b.options.ConfirmPublish {
		return b.publishOnce(p)
	}
	b.confirm.Ask("publish "+publishWords(p)+"?", kit.Do(func() tea.Cmd { return b.publishOnce(p) }))
	return nil
}

// publishWords words the size of a message and its topic.
func publishWords(p intent.Publish) string {
	what := fmt.Sprintf("%d bytes", len(p.Data))
	switch {
	case p.Template:
		what = "what the template makes"
	case len(p.Data) == 1:
		what = "1 byte"
	}
	return what + " to " + printable.Name(p.Topic, 64)
}

// publishOnce publishes a message of the publish box, and keeps it in the history.
func (b *publishing) publishOnce(p intent.Publish) tea.Cmd {
	data, err := b.payloadMaker(p)(b.publish.Number(p))
	if err != nil {
		b.refuse("not published: " + err.Error())
		return nil
	}
	b.publish.Sent(p)
	b.latest = sent{message: p, row: b.feed.Log().Next(), waits: b.client != nil}
	return tea.Batch(
		b.send(jolt.Request{Op: jolt.OpPublish, Topic: p.Topic, Data: data}),
		b.save(p),
	)
}

// payloadMaker returns a function that makes the payload with a number, from 1. It has a
// random source of its own, so that another goroutine can call it.
func (b *publishing) payloadMaker(p intent.Publish) func(number uint64) (string, error) {
	if !p.Template {
		return func(uint64) (string, error) { return p.Data, nil }
	}
	parsed, err := template.Parse(p.Data)
	if err != nil {
		return func(uint64) (string, error) { return "", err }
	}
	var seed [32]byte
	b.random.Read(seed[:])
	source := template.Source{Now: b.options.Now, Random: rand.NewChaCha8(seed)}
	return func(number uint64) (string, error) { return parsed.Execute(number, source) }
}

// toEdit returns the message of the page on top, or the one under the cursor of the stream
// that has the focus.
func (b *publishing) toEdit() (e feed.Entry, any bool) {
	if shown, ok := b.top().(interface{ Entry() feed.Entry }); ok {
		return shown.Entry(), true
	}
	if b.focus == layout.RegionStream {
		if e := b.stream().Current(b.feed); e != nil {
			return *e, true
		}
	}
	return feed.Entry{}, false
}

// editCurrent puts that message into the publish box.
func (b *publishing) editCurrent() {
	if e, any := b.toEdit(); any {
		b.editMessage(e)
	}
}
