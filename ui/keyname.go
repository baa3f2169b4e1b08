package ui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"
)

// keyOf is a key that no keyboard has and only one action answers to, whatever
// keys the user has given it. With it actions are called by their names.
func keyOf(action string) tea.KeyMsg {
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(":" + action)}
}

// nameActions lets each action answer to its [keyOf].
func (k *KeyMap) nameActions() {
	for _, a := range k.table() {
		a.key.SetKeys(slices.Concat(a.key.Keys(), []string{keyOf(a.name).String()})...)
	}
	k.shareMoves()
}
