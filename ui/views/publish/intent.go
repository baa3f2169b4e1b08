package publish

import "joltui/ui/views/intent"

// The intents of the publish box, besides [intent.Publish].
type (
	// AskRepeat asks the user how often to publish a message, or stops the repetition
	// that is under way.
	AskRepeat struct{ Message intent.Publish }
	// AskFile asks the user which file to load.
	AskFile struct{}
	// EditDraft asks to open the payload in the user's editor.
	EditDraft struct{}
)

// Intent implements [kit.Intent].
func (AskRepeat) Intent() {}

// Intent implements [kit.Intent].
func (AskFile) Intent() {}

// Intent implements [kit.Intent].
func (EditDraft) Intent() {}
