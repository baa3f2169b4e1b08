package views

import "joltui/feed"

// Intent is what the user asked a view for and only the root model can do: the
// views know no client. It is one of the types below; nil is none.
type Intent interface{ intent() }

type (
	// Subscribe asks for topics.
	Subscribe struct{ Topics []string }
	// Unsubscribe gives a topic up; one that is not subscribed is forgotten.
	Unsubscribe struct{ Topic string }
	// Publish sends data to a topic, or what a template makes of it.
	Publish struct {
		Topic, Data string
		Template    bool
	}
	// Filter sets the filter of the streams; empty text takes it away.
	Filter struct{ Text string }
	// Open goes to the stream of the selected topic.
	Open struct{}
	// Inspect shows one message whole.
	Inspect struct{ Entry feed.Entry }
	// Step asks the inspector's owner for the message so many after the one on
	// show, or before it.
	Step struct{ By int }
	// Leave gives the focus back to where it was.
	Leave struct{}
)

func (Subscribe) intent()   {}
func (Unsubscribe) intent() {}
func (Publish) intent()     {}
func (Filter) intent()      {}
func (Open) intent()        {}
func (Inspect) intent()     {}
func (Step) intent()        {}
func (Leave) intent()       {}
