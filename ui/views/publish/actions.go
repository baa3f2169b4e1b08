package publish

import (
	"joltui/internal/feed"
	"joltui/ui/keys"
	"joltui/ui/views/kit"
)

// Actions returns the actions of the publish box. noEditor and noFiles say why there is no
// editor, and no file, and are empty where there are.
func Actions(noEditor, noFiles string) keys.Set[*Box] {
	place := Place()
	on := func(why string) func(*Box) bool { return func(*Box) bool { return why == "" } }
	return keys.Set[*Box]{
		{Name: "publish.send", Where: place, Key: keys.Bind("enter", "send", "enter", "ctrl+s"), Run: keys.Plain((*Box).send)},
		{Name: "publish.newline", Where: place, Key: keys.Bind("alt+enter", "new line", "alt+enter"), Run: keys.Do((*Box).newLine), When: (*Box).onPayload},
		{Name: "publish.older", Where: place, Key: keys.Bind("↑", "older, on the first line", "up"), Run: keys.Do((*Box).older), When: (*Box).onFirstLine},
		{Name: "publish.newer", Where: place, Key: keys.Bind("↓", "newer, on the last line", "down"), Run: keys.Do((*Box).newer), When: (*Box).onLastLine},
		{Name: "publish.switch", Where: place, Key: keys.Bind("tab", "topic or payload", "tab", "shift+tab"), Run: keys.Do((*Box).switchField)},
		{Name: "publish.search", Where: place, Key: keys.Bind("ctrl+r", "search history", "ctrl+r"), Run: keys.Do((*Box).beginSearch)},
		{Name: "publish.editor", Where: place, Key: keys.Bind("ctrl+e", "editor", "ctrl+e"), On: on(noEditor), Off: noEditor, Run: ask(EditDraft{})},
		{Name: "publish.load", Where: place, Key: keys.Bind("ctrl+o", "load a file", "ctrl+o"), On: on(noFiles), Off: noFiles, Run: ask(AskFile{})},
		{Name: "publish.format", Where: place, Key: keys.Bind("ctrl+l", "format JSON", "ctrl+l"), Run: keys.Do((*Box).format)},
		{Name: "publish.template", Where: place, Key: keys.Bind("ctrl+t", "template on or off", "ctrl+t"), Run: keys.Do((*Box).toggleTemplate)},
		{Name: "publish.repeat", Where: place, Key: keys.Bind("ctrl+x", "repeat, or stop", "ctrl+x"), Run: keys.Plain((*Box).askRepeat)},
		{Name: "publish.leave", Where: place, Key: keys.Bind("esc", "leave, draft kept", "esc"), Run: keys.Leave[*Box]},
	}
}

// Place returns where these actions work.
func Place() keys.Place { return keys.Box("Publish box") }

// ask makes an action of an intent.
func ask(in kit.Intent) func(*Box, *feed.Feed) kit.Intent {
	return func(*Box, *feed.Feed) kit.Intent { return in }
}

func (p *Box) newLine()        { p.insert(&p.payload, []rune{'\n'}) }
func (p *Box) older()          { p.recall(p.history.older) }
func (p *Box) newer()          { p.recall(p.history.newer) }
func (p *Box) toggleTemplate() { p.template = !p.template }
func (p *Box) beginSearch()    { p.search = newHistorySearch(p.history.messages) }

// onPayload reports whether the cursor is in the payload.
func (p *Box) onPayload() bool   { return !p.onTopic }
func (p *Box) onFirstLine() bool { return !p.onTopic && p.payload.OnFirstLine() }
func (p *Box) onLastLine() bool  { return !p.onTopic && p.payload.OnLastLine() }
