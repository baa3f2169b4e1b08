package kit

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// press is the message of a key of moves. Package kittest, which has all keys, imports
// this one.
func press(name string) tea.KeyMsg {
	named := map[string]tea.KeyType{
		"pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "ctrl+u": tea.KeyCtrlU, "ctrl+d": tea.KeyCtrlD, "end": tea.KeyEnd,
	}
	if t, ok := named[name]; ok {
		return tea.KeyMsg{Type: t}
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(name)}
}

func moves() MoveKeys {
	bind := func(keys ...string) key.Binding { return key.NewBinding(key.WithKeys(keys...)) }
	return MoveKeys{
		Up: bind("k"), Down: bind("j"), PageUp: bind("pgup"), PageDown: bind("pgdown"),
		HalfUp: bind("ctrl+u"), HalfDown: bind("ctrl+d"), Top: bind("g"), Bottom: bind("G", "end"),
	}
}
