package views

import "github.com/charmbracelet/bubbles/key"

// MoveKeys move a cursor or scroll. They never change anything else.
type MoveKeys struct {
	Up, Down, PageUp, PageDown, HalfUp, HalfDown, Top, Bottom key.Binding
}

// TopicsKeys are the keys of the topic list.
type TopicsKeys struct {
	Move MoveKeys
	Tile key.Binding // show the topic side by side with others, or no longer
	Open key.Binding // go to the stream of the topic; fold a group
	// Order and Tree change how the list is sorted and grouped.
	Order, Tree  key.Binding
	Fold, Unfold key.Binding // of a group in the tree
	// UnsubscribeAll gives up the topics of a group, or those side by side.
	UnsubscribeAll key.Binding
}

// StreamKeys are the keys of a stream.
type StreamKeys struct {
	Move               MoveKeys
	Inspect            key.Binding
	Diff               key.Binding // of the message with the one before it on its topic
	NextHit, PrevHit   key.Binding // of the filter
	Mode               key.Binding // what a filter does to the rest
	Context            key.Binding // rows around hits
	Mark               key.Binding
	NextMark, PrevMark key.Binding
}

// LogKeys are the keys of the log.
type LogKeys struct {
	Move    MoveKeys
	Details key.Binding // of the row under the cursor
	Outcome key.Binding // the next filter by outcome
	Op      key.Binding // the next filter by operation
}

// LogDetailsKeys are the keys of the details of a row of the log.
type LogDetailsKeys struct {
	Move       MoveKeys
	Prev, Next key.Binding // row
	Leave      key.Binding
}

// HintKeys are the keys that advice in a view names.
type HintKeys struct {
	Subscribe, Unsubscribe key.Binding
}

// PublishKeys are the keys of the publish box.
type PublishKeys struct {
	Send    key.Binding
	NewLine key.Binding
	Older   key.Binding // history, on the first line of the payload
	Newer   key.Binding // history, on the last line of the payload
	Switch  key.Binding // between topic and payload
	Leave   key.Binding // keeps the draft

	Search   key.Binding // the history; the same again: an older hit
	Template key.Binding // on and off
	Repeat   key.Binding // and stop repeating
	Editor   key.Binding // that of the user's environment
	Load     key.Binding // a file
	Format   key.Binding // JSON
	Ask      PromptKeys  // while searching
}
