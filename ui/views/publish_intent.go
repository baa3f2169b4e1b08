package views

import "joltui/internal/feed"

// What the publish box asks for, besides Publish.
type (
	// AskRepeat asks how often a message is to be published, or stops what is being
	// repeated.
	AskRepeat struct{ Message Publish }
	// Repeat publishes a message as planned; see [repeat.Parse].
	Repeat struct {
		Message Publish
		Plan    string
	}
	// AskFile asks which file to load.
	AskFile struct{}
	// LoadFile makes a file the payload.
	LoadFile struct{ Path string }
	// ListFolder is asked for while a path is typed that may be completed.
	ListFolder struct{ Path string }
	// EditDraft opens the payload in the user's editor.
	EditDraft struct{}
	// EditMessage puts a message that was received into the publish box.
	EditMessage struct{ Entry feed.Entry }
	// Confirmed is what the user has said yes to.
	Confirmed struct{ Do Intent }
)

func (AskRepeat) intent()   {}
func (Repeat) intent()      {}
func (AskFile) intent()     {}
func (LoadFile) intent()    {}
func (ListFolder) intent()  {}
func (EditDraft) intent()   {}
func (EditMessage) intent() {}
func (Confirmed) intent()   {}
