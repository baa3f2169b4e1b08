//go:build !windows

package clipboard

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"joltui/internal/inherit"
)

// System returns the function that writes to the clipboard of this machine, or nil if there
// is no program for that. The function starts the program, which is killed when the context
// ends.
func System() func(ctx context.Context, text string) error {
	for _, helper := range helpers() {
		if _, err := exec.LookPath(helper[0]); err == nil {
			return func(ctx context.Context, text string) error { return feedTo(ctx, helper, text) }
		}
	}
	return nil
}

// helpers returns the programs that put a text from stdin on the clipboard, the best first,
// each with its arguments.
func helpers() [][]string {
	if runtime.GOOS == "darwin" {
		return [][]string{{"pbcopy"}}
	}
	all := [][]string{
		{"xclip", "-in", "-selection", "clipboard"},
		{"xsel", "--input", "--clipboard"},
		{"termux-clipboard-set"},
		{"clip.exe"}, // in WSL: the clipboard of Windows
	}
	if os.Getenv("WAYLAND_DISPLAY") != "" {
		all = append([][]string{{"wl-copy"}}, all...)
	}
	return all
}

// feedTo runs a program with a text on stdin. Some programs leave a child that serves the
// clipboard from then on; it lives on after the program has ended by itself.
func feedTo(ctx context.Context, command []string, text string) error {
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Stdin = strings.NewReader(text)
	cmd.WaitDelay = 100 * time.Millisecond // for a child that keeps the pipe open
	killAll(cmd)
	inherit.Nothing()
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w", command[0], err)
	}
	return nil
}
