package views

import "joltui/internal/feed"

// What the publish box asks for, besides Publish.
type (
	// AskRepeat asks how often a message is to be published, or stops what is being
	// repeated.
	AskRepeat struct{ Message Publish }
	// AskFile asks which file to load.
	AskFile struct{}
	// EditDraft opens the payload in the user's editor.
	EditDraft struct{}
	// EditMessage puts a message that was received into the publish box.
	EditMessage struct{ Entry feed.Entry }
)

func (AskRepeat) intent()   {}
func (AskFile) intent()     {}
func (EditDraft) intent()   {}
func (EditMessage) intent() {}
