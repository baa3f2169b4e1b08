package intent

import "joltui/internal/feed"

type (

	// Publish sends data to a topic, or what a template makes of it.
	Publish struct {
		Topic, Data string
		Template    bool
	}

	// Inspect shows one message whole.
	Inspect struct{ Entry feed.Entry }
)

func (Publish) Intent() {}

func (Inspect) Intent() {}

// EditMessage puts a message that was received into the publish box.
type Edit struct{ Entry feed.Entry }

func (Edit) Intent() {}

// Diff asks to compare a message with the one before it on its topic.
type Diff struct{ Entry feed.Entry }

func (Diff) Intent() {}

// WatchField asks to watch a JSON field of the messages of a topic; Path is a jq
// path, as .order.amount. An empty Topic is all topics.
type Watch struct{ Topic, Path string }

func (Watch) Intent() {}

// Copy asks to put a text on the clipboard, exactly as it is. What says what it
// is, for the log: "payload of orders.eu".
type Copy struct{ What, Text string }

func (Copy) Intent() {}
