package views

import "github.com/charmbracelet/bubbles/key"

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
