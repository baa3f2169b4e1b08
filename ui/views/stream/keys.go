package stream

import (
	"github.com/charmbracelet/bubbles/key"

	"joltui/ui/views/kit"
)

// StreamKeys are the keys of a stream.
type Keys struct {
	Move               kit.MoveKeys
	Inspect            key.Binding
	Diff               key.Binding // of the message with the one before it on its topic
	NextHit, PrevHit   key.Binding // of the filter
	Mode               key.Binding // what a filter does to the rest
	Context            key.Binding // rows around hits
	Mark               key.Binding
	NextMark, PrevMark key.Binding
}
