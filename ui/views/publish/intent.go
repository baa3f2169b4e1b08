package publish

import "joltui/ui/views/intent"

// What the publish box asks for, besides Publish.
type (
	// AskRepeat asks how often a message is to be published, or stops what is being
	// repeated.
	AskRepeat struct{ Message intent.Publish }
	// AskFile asks which file to load.
	AskFile struct{}
	// EditDraft opens the payload in the user's editor.
	EditDraft struct{}
)

func (AskRepeat) Intent() {}
func (AskFile) Intent()   {}
func (EditDraft) Intent() {}
