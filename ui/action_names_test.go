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
	var names []string
	for _, e := range New(Options{}).table {
		names = append(names, e.Name)
	}
	slices.Sort(names)
	golden.RequireEqual(t, []byte(strings.Join(names, "\n")+"\n"))
}
