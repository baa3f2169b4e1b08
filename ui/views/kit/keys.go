package kit

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// Move is a way to move a cursor, or to scroll.
type Move uint8

// The moves.
const (
	Up Move = iota
	Down
	PageUp
	PageDown
	HalfUp
	HalfDown
	Top
	Bottom
	moves // how many there are
)

// MoveKeys are the keys of the moves. All panes share one pointer to them, so that a
// user who gives a move other keys does so for all panes.
type MoveKeys [moves]*key.Binding

// Pressed returns the move that a key means, and whether it means one.
func (k *MoveKeys) Pressed(msg tea.KeyMsg) (m Move, ok bool) {
	for m := range moves {
		if key.Matches(msg, *k[m]) {
			return m, true
		}
	}
	return 0, false
}

// HintKeys are the keys that panes name in their hints.
type HintKeys struct {
	Subscribe, Unsubscribe key.Binding
	// Retry connects anew, and Profiles chooses another profile; disabled where there are none.
	Retry, Profiles key.Binding
}
