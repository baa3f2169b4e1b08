package ledger

import (
	"github.com/charmbracelet/bubbles/key"

	"joltui/ui/views/kit"
)

// LogKeys are the keys of the log.
type Keys struct {
	Move    kit.MoveKeys
	Details key.Binding // of the row under the cursor
	Outcome key.Binding // the next filter by outcome
	Op      key.Binding // the next filter by operation
}

// LogDetailsKeys are the keys of the details of a row of the log.
type DetailsKeys struct {
	Move       kit.MoveKeys
	Prev, Next key.Binding // row
	Leave      key.Binding
}
