package views

import "joltui/internal/feed"

// Intent is what the user asked a view for and only the root model can do: the
// views know no client. It is one of the types below; nil is none.
type Intent interface{ intent() }

type (
	// Subscribe asks for topics, and for those that files list.
	Subscribe struct{ Topics, Files []string }
	// Unsubscribe gives a topic up; one that is not subscribed is forgotten.
	Unsubscribe struct{ Topic string }
	// UnsubscribeAll gives several topics up.
	UnsubscribeAll struct{ Topics []string }
	// Publish sends data to a topic, or what a template makes of it.
	Publish struct {
		Topic, Data string
		Template    bool
	}
	// Filter sets the filter of the streams; empty text takes it away. One that is
	// being typed is tried.
	Filter struct {
		Text   string
		Typing bool
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
	// Leave gives the focus back to where it was.
	Leave struct{}
)

func (Look) intent()           {}
func (Resume) intent()         {}
func (Subscribe) intent()      {}
func (Unsubscribe) intent()    {}
func (UnsubscribeAll) intent() {}
func (Publish) intent()        {}
func (Filter) intent()         {}
func (Open) intent()           {}
func (Inspect) intent()        {}
func (Step) intent()           {}
func (Details) intent()        {}
func (Leave) intent()          {}
