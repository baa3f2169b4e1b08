package intent

import "joltui/internal/feed"

// Publish asks to send Data to a topic. If Template is set, Data is a template, and what it
// makes is sent.
type Publish struct {
	Topic, Data string
	Template    bool
}

// Inspect asks to show one message whole.
type Inspect struct{ Entry feed.Entry }

// Edit asks to put a received message into the publish box.
type Edit struct{ Entry feed.Entry }

// Diff asks to compare a message with Before; if that is nil, with the one before it on its
// topic, or the latest one that has the same key.
type Diff struct {
	Entry  feed.Entry
	Before *feed.Entry
}

// Watch asks to watch a JSON field of the messages of a topic; Path is a jq path, as
// .order.amount. An empty Topic is all topics.
type Watch struct{ Topic, Path string }

// Copy asks to put a text on the clipboard, exactly as it is. What names it in the log, as
// in "payload of orders.eu". Where Text is empty, Why says why there is nothing to copy, if
// What is not simply empty.
type Copy struct{ What, Text, Why string }

// Intent implements [kit.Intent].
func (Publish) Intent() {}

// Intent implements [kit.Intent].
func (Inspect) Intent() {}

// Intent implements [kit.Intent].
func (Edit) Intent() {}

// Intent implements [kit.Intent].
func (Diff) Intent() {}

// Intent implements [kit.Intent].
func (Watch) Intent() {}

// Intent implements [kit.Intent].
func (Copy) Intent() {}
