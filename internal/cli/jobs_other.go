//go:build !unix

package cli

import (
	"context"
	"os"

	tea "github.com/charmbracelet/bubbletea"
)

// watchJobs does nothing where no shell stops programs.
func watchJobs(context.Context, func(func()), func() bool, func(tea.Msg)) {}

// notifyContinue does nothing there either.
func notifyContinue(chan<- os.Signal) {}
