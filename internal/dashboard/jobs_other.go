//go:build !unix

package dashboard

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"
)

// watchJobs does nothing where no shell stops programs.
func watchJobs(context.Context, func(func()), func() bool, func(tea.Msg)) {}
