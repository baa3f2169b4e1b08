package views

import "joltui/internal/feed"

type (
	// UnsubscribeAll gives several topics up.
	UnsubscribeAll struct{ Topics []string }
	// Publish sends data to a topic, or what a template makes of it.
	Publish struct {
		Topic, Data string
		Template    bool
	}
	// Look changes how the streams show messages.
	Look struct{ Options StreamOptions }
	// Resume ends a pause at the newest message.
	Resume struct{}
	// Open goes to the stream of the selected topic.
	Open struct{}
	// Inspect shows one message whole.
	Inspect struct{ Entry feed.Entry }
	// Step asks the inspector's owner for the message so many after the one on
	// show, or before it.
	Step struct{ By int }
	// Details shows all that is known of a row of the log, by its position.
	Details struct{ Row uint64 }
)

func (Look) intent()           {}
func (Resume) intent()         {}
func (UnsubscribeAll) intent() {}
func (Publish) intent()        {}
func (Open) intent()           {}
func (Inspect) intent()        {}
func (Step) intent()           {}
func (Details) intent()        {}
