package ui

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"
)

// The names of actions are in the configurations of users, who bound keys to them:
// none may change or go.
func TestActionNames(t *testing.T) {
	keys := DefaultKeyMap()
	var names []string
	for _, a := range keys.table() {
		names = append(names, a.name)
	}
	slices.Sort(names)
	golden.RequireEqual(t, []byte(strings.Join(names, "\n")+"\n"))
}
