package keys

import (
	"joltui/internal/feed"
	"joltui/ui/views/kit"

	tea "github.com/charmbracelet/bubbletea"
)

// Mover is a pane with a cursor, or one that scrolls.
type Mover interface {
	// Move moves the cursor, or scrolls.
	Move(by kit.Move, f *feed.Feed) kit.Intent
}

// Moves returns the actions that move, which all panes have in common, and their keys, which
// all panes share.
func Moves() (Set[Mover], *kit.MoveKeys) {
	set := Set[Mover]{
		{Name: "move.up", Key: Bind("k ↑", "up", "k", "up"), Run: moveBy(kit.Up)},
		{Name: "move.down", Key: Bind("j ↓", "down", "j", "down"), Run: moveBy(kit.Down)},
		{Name: "move.pageup", Key: Bind("pgup", "page up", "pgup"), Run: moveBy(kit.PageUp)},
		{Name: "move.pagedown", Key: Bind("pgdn", "page down", "pgdown"), Run: moveBy(kit.PageDown)},
		{Name: "move.halfup", Key: Bind("ctrl+u", "half a page up", "ctrl+u"), Run: moveBy(kit.HalfUp)},
		{Name: "move.halfdown", Key: Bind("ctrl+d", "half a page down", "ctrl+d"), Run: moveBy(kit.HalfDown)},
		{Name: "move.top", Key: Bind("g home", "first", "g", "home"), Run: moveBy(kit.Top)},
		{Name: "move.bottom", Key: Bind("G end", "last, and follow", "G", "end"), Run: moveBy(kit.Bottom)},
	}
	var k kit.MoveKeys
	for i := range set {
		set[i].Where, set[i].Group = move(), "Move"
		k[i] = &set[i].Key
	}
	return set, &k
}

func moveBy(by kit.Move) func(Mover, *feed.Feed) kit.Intent {
	return func(m Mover, f *feed.Feed) kit.Intent { return m.Move(by, f) }
}

// Update does what a key means to p: one of its actions, or else a move. What means nothing
// to it asks for nothing.
func Update[P Mover](p P, actions Set[P], moves *kit.MoveKeys, msg tea.KeyMsg, f *feed.Feed) kit.Intent {
	if in, done := actions.Press(p, msg, f); done {
		return in
	}
	if by, ok := moves.Pressed(msg); ok {
		return p.Move(by, f)
	}
	return nil
}
