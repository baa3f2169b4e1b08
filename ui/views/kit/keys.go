package kit

import "github.com/charmbracelet/bubbles/key"

// MoveKeys move a cursor or scroll. They never change anything else.
type MoveKeys struct {
	Up, Down, PageUp, PageDown, HalfUp, HalfDown, Top, Bottom key.Binding
}

// HintKeys are the keys that advice in a view names.
type HintKeys struct {
	Subscribe, Unsubscribe key.Binding
}
