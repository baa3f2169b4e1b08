package topics

import (
	"github.com/charmbracelet/bubbles/key"

	"joltui/ui/views/kit"
)

// TopicsKeys are the keys of the topic list.
type Keys struct {
	Move kit.MoveKeys
	Tile key.Binding // show the topic side by side with others, or no longer
	Open key.Binding // go to the stream of the topic; fold a group
	// Order and Tree change how the list is sorted and grouped.
	Order, Tree  key.Binding
	Fold, Unfold key.Binding // of a group in the tree
	// UnsubscribeAll gives up the topics of a group, or those side by side.
	UnsubscribeAll key.Binding
}
