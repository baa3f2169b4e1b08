package ui

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"
)

// The configurations of users have the names of actions to which they bound keys: no name
// may change or be removed.
func TestActionNames(t *testing.T) {
	var names []string
	for _, e := range New(Options{}).table {
		names = append(names, e.Name)
	}
	slices.Sort(names)
	golden.RequireEqual(t, []byte(strings.Join(names, "\n")+"\n"))
}
