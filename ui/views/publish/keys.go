package publish

import (
	"github.com/charmbracelet/bubbles/key"

	"joltui/ui/views/kit"
)

// PublishKeys are the keys of the publish box.
type Keys struct {
	Send    key.Binding
	NewLine key.Binding
	Older   key.Binding // history, on the first line of the payload
	Newer   key.Binding // history, on the last line of the payload
	Switch  key.Binding // between topic and payload
	Leave   key.Binding // keeps the draft

	Search   key.Binding    // the history; the same again: an older hit
	Template key.Binding    // on and off
	Repeat   key.Binding    // and stop repeating
	Editor   key.Binding    // that of the user's environment
	Load     key.Binding    // a file
	Format   key.Binding    // JSON
	Ask      kit.PromptKeys // while searching
}
